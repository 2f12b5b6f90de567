import type { Session } from './connection.js';
import type { Counters } from './counters.js';
import type { MongoLog } from './log.js';
import type { Entry } from './schema.js';

const pageSize = 200;

export interface Relay {
  /** Appends what a round wrote, counts it, and empties the outboxes. */
  round(round: number, entries: Entry[]): Promise<void>;
  /** The same for every outbox that is not empty: what a process left behind that ended, or lost the connection. */
  sweep(): Promise<void>;
  /** Appends and counts, for entries that lie in no post's outbox. */
  append(entries: Entry[]): Promise<void>;
}

/**
 * Brings what lies in the outboxes into the log. Doing it twice, or by two processes at once, does no harm: an id is appended
 * once, and an outbox is emptied only while it still is the one that was read.
 */
export function mongoRelay({ models }: Session, log: MongoLog, counters: Counters): Relay {
  async function append(entries: Entry[]): Promise<void> {
    const rows = await log.append(entries.toSorted((a, b) => a.round - b.round || a.at - b.at));
    if (rows.length > 0) await counters.fold();
    log.notify(rows);
  }
  const empty = { $set: { outbox: [] }, $unset: { pending: 1 } } as const;
  return {
    append,
    async round(round, entries) {
      if (entries.length === 0) return;
      await append(entries);
      await models.posts.updateMany({ pending: round }, empty);
    },
    async sweep() {
      for (;;) {
        const left = await models.posts
          .find({ pending: { $gt: 0 } }, { outbox: 1, pending: 1 })
          .sort({ pending: 1, n: 1 })
          .limit(pageSize)
          .lean();
        if (left.length === 0) break;
        await append(left.flatMap(({ outbox }) => outbox));
        for (const { _id, pending = 0 } of left) await models.posts.updateOne({ _id, pending }, empty);
      }
      // A process may have ended between appending and counting.
      await counters.fold();
    },
  };
}
