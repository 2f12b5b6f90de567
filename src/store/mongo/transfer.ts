import { AppError } from '../../base/errors.js';
import type { LogEvent } from '../../contract/event.js';
import type { StoredPost, Transfer } from '../port.js';
import type { Session } from './connection.js';
import type { Counters } from './counters.js';
import type { Lane } from './lane.js';
import type { MongoLog } from './log.js';
import type { Item } from './round.js';
import { postOf, prepare } from './rows.js';
import type { Counts } from './schema.js';

const byText = (a: string, b: string) => (a < b ? -1 : 1);

/**
 * Whole contents. What is loaded has no events to count it by, so the counters are told; whoever was killed between a post and
 * its counter is made up for by counting anew before the first events.
 */
export function mongoTransfer(
  { ask, models }: Session,
  lane: Pick<Lane<Item>, 'alone'>,
  counters: Counters,
  log: MongoLog,
): Transfer {
  let recounted = false;

  async function loadPosts(posts: StoredPost[]): Promise<void> {
    const ids = posts.map(({ post }) => post.id);
    const there = new Set((await models.posts.find({ _id: { $in: ids } }, { _id: 1 }).lean()).map(({ _id }) => _id));
    const fresh = posts.filter(({ post }) => !there.has(post.id));
    if (fresh.length === 0) return;
    const claims = fresh.flatMap(({ post, dedupe }) =>
      dedupe.map((key) => ({ _id: JSON.stringify(key), post: post.id })),
    );
    // Of a load that was killed the claims may be there, and mean the same post.
    const held =
      claims.length === 0 ? [] : await models.claims.find({ _id: { $in: claims.map(({ _id }) => _id) } }).lean();
    const known = new Set(held.map(({ _id }) => _id));
    const missing = claims.filter(({ _id }) => !known.has(_id));
    if (missing.length > 0) await models.claims.collection.insertMany(missing as never[]);
    const first = await counters.numbers(fresh.length);
    const counts: Counts = {};
    const docs = fresh.map(({ post }, at) => {
      const { id, counter, fields } = prepare(post, []);
      counts[counter] = (counts[counter] ?? 0) + 1;
      return { _id: id, ...fields, n: first + at, outbox: [] };
    });
    await models.posts.collection.insertMany(docs as never[]);
    await counters.add(counts);
  }

  async function loadEvents(events: LogEvent[]): Promise<void> {
    if (!recounted) await counters.recount();
    recounted = true;
    const ids = events.map(({ id }) => id);
    const known = new Set((await models.log.find({ id: { $in: ids } }, { id: 1 }).lean()).map(({ id }) => id));
    const fresh = events.filter(({ id }) => !known.has(id));
    const [last] = await models.log.find({}, { _id: 1 }).sort({ _id: -1 }).limit(1).lean();
    const early = fresh.find(({ seq }) => seq <= (last?._id ?? 0));
    if (early) throw new AppError('internal', { detail: `the log has an event ${early.seq}` });
    if (fresh.length === 0) return;
    const rows = fresh.map(({ seq, id, type, at, postId, data }) => ({
      _id: seq,
      id,
      type,
      time: at,
      postId,
      data: JSON.stringify(data),
      origin: `load:${id}`,
    }));
    await models.log.collection.insertMany(rows as never[], { ordered: true });
    await log.look();
  }

  return {
    posts: (after, limit) =>
      ask(async () => {
        if (limit < 1) return [];
        const rows = await models.posts
          .find({ _id: { $gt: after }, version: { $gte: 1 } }, { doc: 1 })
          .sort({ _id: 1 })
          .limit(limit)
          .lean();
        const posts = rows.map(postOf).filter((post) => post !== undefined);
        const ids = posts.map(({ id }) => id);
        const claims = ids.length === 0 ? [] : await models.claims.find({ post: { $in: ids } }).lean();
        const keys = Map.groupBy(claims, ({ post }) => post);
        return posts.map((post) => ({
          post,
          dedupe: (keys.get(post.id) ?? []).map(({ _id }) => JSON.parse(_id) as string).sort(byText),
        }));
      }),
    settings: () =>
      ask(async () =>
        (await models.settings.find({}).lean())
          .map(({ _id, doc }) => ({ name: _id, value: JSON.parse(doc) as unknown }))
          .sort((a, b) => byText(a.name, b.name)),
      ),
    cursors: () =>
      ask(async () =>
        (await models.consumers.find({}).lean())
          .map(({ _id, seq }) => ({ consumer: _id, seq }))
          .sort((a, b) => byText(a.consumer, b.consumer)),
      ),
    load: ({ posts = [], events = [] }) =>
      lane.alone(() =>
        ask(async () => {
          await loadPosts(posts);
          if (events.length > 0) await loadEvents(events);
        }),
      ),
  };
}
