import { AppError } from '../../base/errors.js';
import type { StoredPost, Transfer } from '../port.js';
import { isDuplicate } from './connection.js';
import type { Session } from './connection.js';
import type { Counters } from './counters.js';
import type { Lane } from './lane.js';
import type { MongoLog } from './log.js';
import { postOf, prepare } from './rows.js';
import type { LogRow, PostRow } from './schema.js';

export interface TransferDeps {
  session: Session;
  lane: Pick<Lane<never>, 'alone'>;
  counters: Counters;
  log: MongoLog;
}

const parsed = (json: string): unknown => JSON.parse(json);
const byText = (a: string, b: string) => (a < b ? -1 : 1);

export function mongoTransfer({ session: { ask, models }, lane, counters, log }: TransferDeps): Transfer {
  async function insert(posts: StoredPost[]): Promise<void> {
    const ready = posts.map(({ post, dedupe }) => ({ ...prepare(post, []), keys: dedupe }));
    const there = await models.posts.find({ _id: { $in: ready.map(({ id }) => id) } }, { _id: 1 }).lean();
    const known = new Set(there.map(({ _id }) => _id));
    const fresh = ready.filter(({ id }) => !known.has(id));
    if (fresh.length === 0) return;
    const first = await counters.numbers(fresh.length);
    const claims = fresh.flatMap(({ id, keys }) => keys.map((key) => ({ _id: JSON.stringify(key), post: id })));
    // What happened to these posts is in the events of the old log: they are counted here, not by events of their own.
    await counters.load(
      fresh.map(({ counter }) => counter),
      async () => {
        if (claims.length > 0)
          await ignoringTaken(models.claims.collection.insertMany(claims as never[], { ordered: false }));
        const rows = fresh.map(({ id, fields }, at): PostRow => ({ _id: id, ...fields, n: first + at, outbox: [] }));
        await models.posts.collection.insertMany(rows as never[], { ordered: false });
      },
    );
  }

  return {
    posts: (after, limit) =>
      ask(async () => {
        const rows = await models.posts
          .find({ _id: { $gt: after }, version: { $gte: 1 } }, { doc: 1 })
          .sort({ _id: 1 })
          .limit(limit)
          .lean();
        const keys = new Map<string, string[]>(rows.map(({ _id }) => [_id, []]));
        for (const { _id, post } of await models.claims.find({ post: { $in: [...keys.keys()] } }).lean())
          keys.get(post)?.push(parsed(_id) as string);
        return rows.map((row) => ({ post: postOf(row)!, dedupe: (keys.get(row._id) ?? []).sort(byText) }));
      }),
    settings: () =>
      ask(async () =>
        (await models.settings.find({}).sort({ _id: 1 }).lean()).map(({ _id, doc }) => ({
          name: _id,
          value: parsed(doc),
        })),
      ),
    cursors: () =>
      ask(async () =>
        (await models.consumers.find({}).sort({ _id: 1 }).lean()).map(({ _id, seq }) => ({ consumer: _id, seq })),
      ),
    load({ posts = [], events = [] }) {
      const rows = events.map(({ seq, id, type, at, postId, data }): LogRow => ({
        _id: seq,
        id,
        type,
        time: at,
        postId,
        data: JSON.stringify(data),
        origin: 'transfer',
      }));
      return ask(() =>
        lane.alone(async () => {
          await insert(posts);
          await log.load(rows, (seq) => new AppError('internal', { detail: `the log has an event ${seq}` }));
          await counters.fold();
        }),
      );
    },
  };
}

async function ignoringTaken(insert: Promise<unknown>): Promise<void> {
  try {
    await insert;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}
