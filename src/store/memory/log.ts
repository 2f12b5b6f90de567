import { AppError } from '../../base/errors.js';
import type { LogEvent, NewEvent } from '../../contract/event.js';
import type { Listeners } from '../listeners.js';
import type { EventLog } from '../port.js';

export interface MemoryLog {
  log: EventLog;
  /** Appends those whose id is new, as one step; tells the listeners once. */
  append(events: NewEvent[]): void;
  /** Empties the content of every event of these posts. */
  forget(postIds: ReadonlySet<string>): void;
  /** Takes events with the seq they have; those whose id is known stay as they are. */
  load(events: LogEvent[]): void;
  cursors(): { consumer: string; seq: number }[];
}

export function memoryLog(listeners: Listeners): MemoryLog {
  const events: LogEvent[] = [];
  const known = new Set<string>();
  const cursors = new Map<string, number>();
  return {
    append(fresh) {
      const before = events.length;
      for (const event of fresh) {
        if (known.has(event.id)) continue;
        known.add(event.id);
        events.push({ ...structuredClone(event), seq: events.length + 1 });
      }
      if (events.length > before) listeners.notify();
    },
    forget(postIds) {
      // An empty place is passed over.
      events.forEach((event) => {
        if (postIds.has(event.postId)) event.data = {};
      });
    },
    load(given) {
      const fresh = given.filter(({ id }) => !known.has(id));
      for (const event of fresh) {
        if (event.seq <= events.length) throw new AppError('internal', { detail: `the log has an event ${event.seq}` });
        known.add(event.id);
        // Seqs may be missing; the places stay empty.
        events[event.seq - 1] = structuredClone(event);
      }
      if (fresh.length > 0) listeners.notify();
    },
    cursors: () => [...cursors].map(([consumer, seq]) => ({ consumer, seq })),
    log: {
      async read(after, limit, types) {
        const found: LogEvent[] = [];
        // The seq of an event is its place in the array, plus one.
        for (let at = Math.max(0, after); at < events.length && found.length < limit; at++) {
          const event = events[at];
          if (event && (!types || types.includes(event.type))) found.push(structuredClone(event));
        }
        return found;
      },
      head: async () => events.length,
      onAppend: (listener) => listeners.add(listener),
      cursor: async (consumer) => cursors.get(consumer) ?? 0,
      async setCursor(consumer, seq) {
        cursors.set(consumer, seq);
      },
    },
  };
}
