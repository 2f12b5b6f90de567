import type { EventType, LogEvent, NewEvent } from '../../contract/event.js';
import type { Listeners } from '../listeners.js';
import type { EventLog } from '../port.js';
import { insertRows } from './many.js';
import type { Session } from './session.js';

/** Appends inside a running transaction those events whose id is new; returns how many there were. */
export type Append = (events: NewEvent[]) => number;

export function sqliteLog({ writer, read, sql }: Session, listeners: Listeners): { log: EventLog; append: Append } {
  return {
    append(events) {
      return insertRows(
        sql,
        'log (id, type, at, post_id, data)',
        events.map(({ id, type, at, postId, data }) => [id, type, at, postId, JSON.stringify(data)]),
        'ON CONFLICT (id) DO NOTHING',
      );
    },
    log: {
      read: (after, limit, types) =>
        read((sql) => {
          const only = types ? ` AND type IN (${types.map(() => '?').join(', ')})` : '';
          return sql(`SELECT seq, id, type, at, post_id, data FROM log WHERE seq > ?${only} ORDER BY seq LIMIT ?`)
            .all(after, ...(types ?? []), limit)
            .map((row): LogEvent => ({
              seq: Number(row['seq']),
              id: String(row['id']),
              type: String(row['type']) as EventType,
              at: String(row['at']),
              postId: String(row['post_id']),
              data: JSON.parse(String(row['data'])) as Record<string, unknown>,
            }));
        }),
      head: () => read((sql) => Number(sql('SELECT coalesce(max(seq), 0) AS head FROM log').get()?.['head'])),
      onAppend: (listener) => listeners.add(listener),
      cursor: (consumer) =>
        read((sql) => Number(sql('SELECT seq FROM consumers WHERE consumer = ?').get(consumer)?.['seq'] ?? 0)),
      setCursor: (consumer, seq) =>
        writer.run(() => {
          sql(
            'INSERT INTO consumers (consumer, seq) VALUES (?, ?) ON CONFLICT (consumer) DO UPDATE SET seq = excluded.seq',
          ).run(consumer, seq);
        }),
    },
  };
}
