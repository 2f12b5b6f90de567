import { AppError, VersionConflict } from '../../base/errors.js';
import type { NewEvent } from '../../contract/event.js';
import { postStatuses } from '../../contract/post.js';
import type { Post, PostStatus } from '../../contract/post.js';
import { decodeCursor, encodeCursor } from '../cursor.js';
import type { Position } from '../cursor.js';
import { facts, matcher } from '../facts.js';
import type { Facts } from '../facts.js';
import type { PostOrder, Posts, StoredPost } from '../port.js';
import { checkInsert, checkWrite } from '../writes.js';
import type { MemoryLog } from './log.js';

interface Row {
  n: number;
  version: number;
  json: string;
  facts: Facts;
  dedupe: string[];
}

const position = (row: Row): Position => ({ score: row.facts.score, receivedAt: row.facts.receivedAt, n: row.n });

/** Positive when `a` comes before `b` on a page. */
function compare(order: PostOrder, a: Position, b: Position): number {
  return (order === 'priority' ? a.score - b.score : 0) || a.receivedAt - b.receivedAt || a.n - b.n;
}

/** What `Transfer` needs of them. */
export interface MemoryPosts extends Posts {
  stored(): StoredPost[];
  load(posts: StoredPost[]): void;
}

export function memoryPosts(events: MemoryLog): MemoryPosts {
  const rows = new Map<string, Row>();
  const dedupe = new Map<string, string>();
  let inserted = 0;

  const insert = (post: Post, keys: string[]) => {
    rows.set(post.id, {
      n: ++inserted,
      version: post.version,
      json: JSON.stringify(post),
      facts: facts(post),
      dedupe: keys,
    });
    for (const key of keys) dedupe.set(key, post.id);
  };

  return {
    async insertMany(batch) {
      // Everything that can fail comes first: what follows cannot stop half-way.
      const ids = new Set<string>();
      for (const row of batch) {
        checkInsert(row);
        facts(row.post);
      }
      const seen = new Map(dedupe);
      const outcomes = batch.map(({ post, dedupe: keys }) => {
        const first = keys.map((key) => seen.get(key)).find((id) => id !== undefined);
        if (first !== undefined) return { id: first, duplicate: true };
        if (rows.has(post.id) || ids.has(post.id))
          throw new AppError('duplicate', { detail: `There is a post ${post.id} already` });
        ids.add(post.id);
        for (const key of keys) seen.set(key, post.id);
        return { id: post.id, duplicate: false };
      });
      const fresh = batch.filter((_, at) => outcomes[at]?.duplicate === false);
      for (const row of fresh) insert(row.post, row.dedupe);
      events.append(fresh.flatMap((row) => row.events));
      return outcomes;
    },

    async get(id) {
      const row = rows.get(id);
      return row && (JSON.parse(row.json) as Post);
    },

    async getMany(ids) {
      return ids.flatMap((id) => {
        const row = rows.get(id);
        return row ? [JSON.parse(row.json) as Post] : [];
      });
    },

    async save(writes) {
      const versions = new Map<string, number>();
      for (const write of writes) {
        checkWrite(write);
        facts(write.doc);
        const actual = versions.get(write.doc.id) ?? rows.get(write.doc.id)?.version ?? 0;
        if (actual !== write.expectedVersion)
          throw new VersionConflict(`post ${write.doc.id}`, write.expectedVersion, actual);
        versions.set(write.doc.id, write.doc.version);
      }
      const appended: NewEvent[] = [];
      for (const { doc, events: emitted } of writes) {
        const row = rows.get(doc.id);
        if (row) rows.set(doc.id, { ...row, version: doc.version, json: JSON.stringify(doc), facts: facts(doc) });
        else insert(doc, []);
        appended.push(...emitted);
      }
      events.append(appended);
    },

    async page({ filter, order, limit, cursor }) {
      const passes = matcher(filter);
      const after = cursor === undefined ? undefined : decodeCursor(order, cursor);
      const found = [...rows.values()]
        .filter(
          (row) =>
            passes(row.facts, () => (JSON.parse(row.json) as Post).text) &&
            (!after || compare(order, position(row), after) < 0),
        )
        .sort((a, b) => compare(order, position(b), position(a)));
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map((row) => JSON.parse(row.json) as Post),
        ...(last && found.length > limit ? { next: encodeCursor(order, position(last)) } : {}),
      };
    },

    async counts(workspace) {
      const counts = Object.fromEntries(postStatuses.map((status) => [status, 0])) as Record<PostStatus, number>;
      for (const { facts: of } of rows.values())
        if (workspace === undefined || of.workspace === workspace) counts[of.status]++;
      return counts;
    },

    async removeWorkspace(workspace, appended) {
      const gone = new Set<string>();
      for (const [id, row] of rows) {
        if (row.facts.workspace !== workspace) continue;
        gone.add(id);
        rows.delete(id);
        for (const key of row.dedupe) dedupe.delete(key);
      }
      events.forget(gone);
      events.append(appended);
      return gone.size;
    },

    stored: () =>
      [...rows.values()].map(({ json, dedupe }) => ({
        post: JSON.parse(json) as Post,
        dedupe: dedupe.toSorted(byText),
      })),

    load(posts) {
      for (const { post } of posts) facts(post);
      for (const { post, dedupe } of posts) if (!rows.has(post.id)) insert(post, dedupe);
    },
  };
}

const byText = (a: string, b: string) => (a < b ? -1 : 1);
