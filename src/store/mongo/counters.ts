import { AppError } from '../../base/errors.js';
import { postStatuses, workspaces } from '../../contract/post.js';
import type { PostStatus } from '../../contract/post.js';
import { isDuplicate } from './connection.js';
import type { Session } from './connection.js';
import type { MongoLog } from './log.js';
import type { Counts, LogRow } from './schema.js';

const pageSize = 1_000;

export interface Counters {
  /** Makes the counters of a new store. */
  prepare(): Promise<void>;
  /** Counts posts that no event tells of, written by `write`; if that breaks off, everything is counted anew at the next start. */
  load(names: string[], write: () => Promise<void>): Promise<void>;
  /** Counts anew where a load broke off. */
  recount(): Promise<void>;
  /** Takes up what the log says after the place the counters stand at. */
  fold(): Promise<void>;
  read(workspace?: string): Promise<Record<PostStatus, number>>;
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

  async function fold(): Promise<void> {
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
  }

  return {
    async load(names, write) {
      await models.counters.updateOne({ _id: 'posts' }, { $set: { recount: true } });
      await write();
      known = undefined;
      await fold();
      const { seq, counts } = await stored();
      for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
      await models.counters.updateOne({ _id: 'posts', seq }, { $set: { counts }, $unset: { recount: 1 } });
    },
    async recount() {
      if (!(await models.counters.findById('posts').lean())?.recount) return;
      await fold();
      const { seq } = await stored();
      const counts: Counts = {};
      for (const workspace of workspaces)
        for (const status of postStatuses) {
          const count = await models.posts.countDocuments({ workspace, status });
          if (count > 0) counts[`${workspace} ${status}`] = count;
        }
      await models.counters.updateOne({ _id: 'posts', seq }, { $set: { counts }, $unset: { recount: 1 } });
      known = undefined;
    },
    async prepare() {
      for (const _id of ['n', 'posts'])
        try {
          if (!(await models.counters.findById(_id).lean())) await models.counters.create({ _id, seq: 0, counts: {} });
        } catch (error) {
          // Another process that starts at the same moment made it.
          if (!isDuplicate(error)) throw error;
        }
    },
    fold,
    async read(workspace) {
      const { counts } = await ahead(await stored());
      const sums = Object.fromEntries(postStatuses.map((status) => [status, 0])) as Record<PostStatus, number>;
      for (const [name, count] of Object.entries(counts)) {
        const [of, status] = name.split(' ') as [string, PostStatus];
        if (workspace === undefined || of === workspace) sums[status] += count;
      }
      return sums;
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
