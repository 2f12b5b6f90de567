import { AppError } from '../../base/errors.js';
import { postStatuses } from '../../contract/post.js';
import type { PostStatus } from '../../contract/post.js';
import { isDuplicate } from './connection.js';
import type { Session } from './connection.js';
import type { MongoLog } from './log.js';
import type { Counts, LogRow } from './schema.js';

const pageSize = 1_000;

export interface Counters {
  /** Makes the counters of a new store. */
  prepare(): Promise<void>;
  /** Takes up what the log says after the place the counters stand at. */
  fold(): Promise<void>;
  read(workspace?: string): Promise<Record<PostStatus, number>>;
  /** Adds posts that came without events, see `Transfer`. */
  add(counts: Counts): Promise<void>;
  /** Counts anew what is there. */
  recount(): Promise<void>;
  /** The first of `count` numbers that nobody else was given. */
  numbers(count: number): Promise<number>;
}

interface State {
  seq: number;
  counts: Counts;
}

/**
 * How many posts stand in each status: a fold of the log, so that every change counts exactly once whatever breaks off in
 * between. The counters' document says up to where it has read, and is replaced only by whoever read on from just there.
 */
export function mongoCounters({ models }: Session, log: Pick<MongoLog, 'rows'>): Counters {
  let known: State | undefined;

  async function stored(): Promise<State> {
    const row = await models.counters.findById('posts').lean();
    return row ? { seq: row.seq, counts: row.counts ?? {} } : { seq: 0, counts: {} };
  }

  async function ahead(from: State): Promise<State> {
    let state = from;
    for (;;) {
      const rows = await log.rows(state.seq, pageSize);
      if (rows.length === 0) return state;
      state = apply(state, rows);
    }
  }

  /** Changes the counts at the place the counters stand at. */
  async function change(how: (counts: Counts) => Counts): Promise<void> {
    for (;;) {
      const { seq, counts } = await stored();
      const { matchedCount } = await models.counters.updateOne(
        { _id: 'posts', seq },
        { $set: { counts: how({ ...counts }) } },
      );
      known = undefined;
      if (matchedCount === 1) return;
    }
  }

  return {
    async prepare() {
      for (const _id of ['n', 'posts'])
        try {
          if (!(await models.counters.findById(_id).lean())) await models.counters.create({ _id, seq: 0, counts: {} });
        } catch (error) {
          // Another process that starts at the same moment made it.
          if (!isDuplicate(error)) throw error;
        }
    },
    async fold() {
      for (;;) {
        const before = known ?? (await stored());
        const { seq, counts } = await ahead(before);
        if (seq === before.seq) return;
        const { matchedCount } = await models.counters.updateOne(
          { _id: 'posts', seq: before.seq },
          { $set: { seq, counts } },
        );
        known = matchedCount === 1 ? { seq, counts } : undefined;
        if (known) return;
      }
    },
    async read(workspace) {
      const { counts } = await ahead(await stored());
      const sums = Object.fromEntries(postStatuses.map((status) => [status, 0])) as Record<PostStatus, number>;
      for (const [name, count] of Object.entries(counts)) {
        const [of, status] = name.split(' ') as [string, PostStatus];
        if (workspace === undefined || of === workspace) sums[status] += count;
      }
      return sums;
    },
    async add(more) {
      await change((counts) => {
        for (const [name, count] of Object.entries(more)) counts[name] = (counts[name] ?? 0) + count;
        return counts;
      });
    },
    async recount() {
      const counts: Counts = {};
      for (let after = ''; ;) {
        const rows = await models.posts
          .find({ _id: { $gt: after } }, { workspace: 1, status: 1 })
          .sort({ _id: 1 })
          .limit(pageSize)
          .lean();
        for (const { workspace, status } of rows)
          if (status !== undefined) counts[`${workspace} ${status}`] = (counts[`${workspace} ${status}`] ?? 0) + 1;
        const last = rows.at(-1);
        if (!last) break;
        after = last._id;
      }
      await change(() => counts);
    },
    async numbers(count) {
      const row = await models.counters
        .findOneAndUpdate({ _id: 'n' }, { $inc: { seq: count } }, { returnDocument: 'after' })
        .lean();
      if (!row) throw new AppError('internal', { detail: 'the counters of the store are gone' });
      return row.seq - count + 1;
    },
  };
}

function apply({ counts: before }: State, rows: LogRow[]): State {
  const counts = { ...before };
  for (const { move, reset } of rows) {
    if (reset !== undefined)
      for (const name of Object.keys(counts)) if (name.startsWith(`${reset} `)) delete counts[name];
    if (move?.from !== undefined) counts[move.from] = (counts[move.from] ?? 0) - 1;
    if (move) counts[move.to] = (counts[move.to] ?? 0) + 1;
  }
  return { seq: rows.at(-1)!._id, counts };
}
