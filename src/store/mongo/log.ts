import { eventTypes } from '../../contract/event.js';
import type { EventType, LogEvent } from '../../contract/event.js';
import type { Listeners } from '../listeners.js';
import type { EventLog } from '../port.js';
import { isDuplicate } from './connection.js';
import type { Session } from './connection.js';
import type { Entry, LogRow } from './schema.js';

/** Attempts to get a place in the log before somebody else does; every failure means that another append went through. */
const maxAttempts = 100;

export interface MongoLog {
  log: EventLog;
  /**
   * Appends those whose id is new, in this order, and returns the rows that became part of the log. A row's place is its `_id`,
   * always the one after the head, so two processes that append at once cannot leave a gap that a reader passes over: the
   * second finds its place taken and takes the next one.
   */
  append(entries: Entry[]): Promise<LogRow[]>;
  /** Rows after a place, those that only count included. */
  rows(after: number, limit: number): Promise<LogRow[]>;
  /** Tells the listeners what this process appended, unless no reader of the log will see any of it. */
  notify(rows: LogRow[]): void;
  /** Tells them when another process did. */
  look(): Promise<void>;
}

export function mongoLog({ ask, models }: Session, listeners: Listeners): MongoLog {
  /** The head, as far as this process knows. */
  let known = 0;
  /** The head when the listeners were told last. */
  let told = 0;
  const notify = (rows?: LogRow[]) => {
    told = known;
    if (!rows || rows.some(({ type }) => type !== 'count')) listeners.notify();
  };

  async function place(): Promise<number> {
    const [last] = await models.log.find({}, { _id: 1 }).sort({ _id: -1 }).limit(1).lean();
    return last?._id ?? 0;
  }

  /** What of these is not in the log yet. */
  async function fresh(entries: Entry[]): Promise<Omit<LogRow, '_id'>[]> {
    const rows = entries.flatMap((entry) => (counts(entry) ? [entry, countOnly(entry)] : [entry]));
    const there = await models.log.find({ id: { $in: rows.map(({ id }) => id) } }, { id: 1, origin: 1 }).lean();
    return unseen(entries, new Map(there.map(({ id, origin }) => [id, origin])));
  }

  async function append(entries: Entry[]): Promise<LogRow[]> {
    // Most entries are new and most places are free: looked up is only what turns out not to be.
    let waiting = unseen(entries, new Map());
    const appended: LogRow[] = [];
    for (let attempt = 0; waiting.length > 0; attempt++) {
      known ||= await place();
      const rows = waiting.map((row, at) => ({ _id: known + 1 + at, ...row }));
      try {
        await models.log.collection.insertMany(rows as never[], { ordered: true });
        known += rows.length;
        return [...appended, ...rows];
      } catch (error) {
        if (!isDuplicate(error) || attempt > maxAttempts) throw error;
      }
      known = await place();
      // What this attempt got in before it was stopped is ours as well.
      const there = await models.log.find({ _id: { $in: rows.map(({ _id }) => _id) } }).lean();
      const tried = new Map(rows.map(({ _id, id }) => [_id, id]));
      appended.push(...there.filter(({ _id, id }) => tried.get(_id) === id));
      waiting = await fresh(entries);
    }
    return appended;
  }

  return {
    append,
    rows: (after, limit) =>
      models.log
        .find({ _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean(),
    notify,
    async look() {
      known = Math.max(known, await place());
      if (known > told) notify();
    },
    log: {
      read: (after, limit, types) =>
        ask(async () => {
          if (limit < 1 || types?.length === 0) return [];
          const rows = await models.log
            .find({ _id: { $gt: after }, type: { $in: types ?? [...eventTypes] } })
            .sort({ _id: 1 })
            .limit(limit)
            .lean();
          return rows.map(eventOf);
        }),
      head: () =>
        ask(async () => {
          const [last] = await models.log
            .find({ type: { $in: [...eventTypes] } }, { _id: 1 })
            .sort({ _id: -1 })
            .limit(1)
            .lean();
          return last?._id ?? 0;
        }),
      onAppend: (listener) => listeners.add(listener),
      cursor: (consumer) => ask(async () => (await models.consumers.findById(consumer).lean())?.seq ?? 0),
      setCursor: (consumer, seq) =>
        ask(async () => {
          await models.consumers.updateOne({ _id: consumer }, { $set: { seq } }, { upsert: true });
        }),
    },
  };
}

const counts = (entry: Entry) => entry.move !== undefined || entry.reset !== undefined;

/** The same entry without an event: for one whose event the log knows already, from another write. */
export function countOnly(entry: Entry): Entry {
  return { ...entry, id: `count:${entry.origin}`, type: 'count', postId: '', data: '{}' };
}

/** Each id once; a move of counters is kept even where its event is a duplicate. */
function unseen(entries: Entry[], known: Map<string, string>): Omit<LogRow, '_id'>[] {
  const rows: Omit<LogRow, '_id'>[] = [];
  const take = ({ round: _round, at: _at, ...row }: Entry) => {
    known.set(row.id, row.origin);
    rows.push(row);
  };
  for (const entry of entries) {
    const by = known.get(entry.id);
    if (by === undefined) take(entry);
    else if (counts(entry) && by !== entry.origin && !known.has(countOnly(entry).id)) take(countOnly(entry));
  }
  return rows;
}

function eventOf({ _id, id, type, time, postId, data }: LogRow): LogEvent {
  return {
    seq: _id,
    id,
    type: type as EventType,
    at: time,
    postId,
    data: JSON.parse(data) as Record<string, unknown>,
  };
}
