import type { Post } from '../../contract/post.js';
import { encodeCursor } from '../cursor.js';
import type { Posts } from '../port.js';
import { checkInsert, checkWrite } from '../writes.js';
import type { Session } from './connection.js';
import type { Counters } from './counters.js';
import type { Lane } from './lane.js';
import { pageQuery } from './page.js';
import type { Removals } from './removal.js';
import type { Item } from './round.js';
import { postOf, prepare } from './rows.js';

export interface PostsDeps {
  session: Session;
  lane: Lane<Item>;
  counters: Counters;
  removals: Removals;
}

export function mongoPosts({ session: { ask, models }, lane, counters, removals }: PostsDeps): Posts {
  return {
    insertMany: (rows) =>
      ask(async () => {
        if (rows.length === 0) return [];
        const ready = rows.map((row) => {
          checkInsert(row);
          // Keys are JSON strings: any text, a NUL or half a surrogate pair included, stays itself.
          return { ...prepare(row.post, row.events), keys: row.dedupe.map((key) => JSON.stringify(key)) };
        });
        return lane.add({ kind: 'insert', rows: ready }, ready.length);
      }),

    get: (id) =>
      ask(async () => {
        const row = await models.posts.findById(id, { doc: 1 }).lean();
        return row ? postOf(row) : undefined;
      }),

    getMany: (ids) =>
      ask(async () => {
        if (ids.length === 0) return [];
        const rows = await models.posts.find({ _id: { $in: [...new Set(ids)] } }, { doc: 1 }).lean();
        const found = new Map(rows.map((row) => [row._id, row]));
        return ids.map((id) => postOf(found.get(id) ?? {})).filter((post): post is Post => post !== undefined);
      }),

    save: (writes) =>
      ask(async () => {
        if (writes.length === 0) return;
        const ready = writes.map((write) => {
          checkWrite(write);
          return { ...prepare(write.doc, write.events), expected: write.expectedVersion };
        });
        await lane.add({ kind: 'save', rows: ready }, ready.length);
      }),

    page: (request) =>
      ask(async () => {
        const query = pageQuery(request);
        if (!query) return { items: [] };
        const rows = await models.posts
          .find(query.filter, { doc: 1, score: 1, receivedAt: 1, n: 1 })
          .sort(query.sort)
          .limit(request.limit + 1)
          .lean();
        const items = rows.slice(0, request.limit);
        const last = items.at(-1);
        return {
          items: items.map((row) => JSON.parse(row.doc) as Post),
          ...(last && rows.length > request.limit ? { next: encodeCursor(request.order, last) } : {}),
        };
      }),

    counts: (workspace) => ask(() => counters.read(workspace)),

    removeWorkspace: (workspace, events) => ask(() => lane.alone(() => removals.remove(workspace, events))),
  };
}
