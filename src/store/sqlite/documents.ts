import type { Documents, Idempotency, Settings, Snapshots } from '../port.js';
import type { Session } from './session.js';

const day = 86_400_000;

/** Documents as JSON in a table of their own. */
export function sqliteDocuments<T extends { id: string }>(
  { writer, read, sql }: Session,
  table: 'api_keys' | 'uploads',
): Documents<T> {
  return {
    get: (id) =>
      read((sql) => {
        const row = sql(`SELECT doc FROM ${table} WHERE id = ?`).get(id);
        return row && (JSON.parse(String(row['doc'])) as T);
      }),
    put(doc) {
      // Taken now: the caller may change the document before the transaction runs.
      const { id } = doc;
      const json = JSON.stringify(doc);
      return writer.run(() => {
        sql(`INSERT INTO ${table} (id, doc) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc`).run(
          id,
          json,
        );
      });
    },
    list: () =>
      read((sql) =>
        sql(`SELECT doc FROM ${table} ORDER BY id DESC`)
          .all()
          .map((row) => JSON.parse(String(row['doc'])) as T),
      ),
  };
}

export function sqliteIdempotency({ writer, read, sql }: Session): Idempotency {
  return {
    get: (principal, key) =>
      read((sql) => {
        const row = sql('SELECT digest, answer FROM idempotency WHERE principal = ? AND key = ?').get(principal, key);
        return row && { digest: String(row['digest']), answer: JSON.parse(String(row['answer'])) as unknown };
      }),
    put(principal, key, digest, answer, at) {
      const now = Date.parse(at);
      const json = JSON.stringify(answer);
      return writer.run(() => {
        sql('DELETE FROM idempotency WHERE at < ?').run(now - day);
        sql(
          'INSERT INTO idempotency (principal, key, digest, answer, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
        ).run(principal, key, digest, json, now);
      });
    },
  };
}

export function sqliteSettings({ writer, read, sql }: Session): Settings {
  return {
    get: (name) =>
      read((sql) => {
        const row = sql('SELECT value FROM settings WHERE name = ?').get(name);
        return row && (JSON.parse(String(row['value'])) as unknown);
      }),
    set(name, value) {
      const json = JSON.stringify(value);
      return writer.run(() => {
        sql(
          'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        ).run(name, json);
      });
    },
  };
}

export function sqliteSnapshots({ writer, read, sql }: Session): Snapshots {
  return {
    get: (projection) =>
      read((sql) => {
        const row = sql('SELECT seq, state FROM snapshots WHERE projection = ?').get(projection);
        return row && { seq: Number(row['seq']), state: String(row['state']) };
      }),
    put(projection, { seq, state }) {
      return writer.run(() => {
        sql(
          'INSERT INTO snapshots (projection, seq, state) VALUES (?, ?, ?) ' +
            'ON CONFLICT (projection) DO UPDATE SET seq = excluded.seq, state = excluded.state',
        ).run(projection, seq, state);
      });
    },
  };
}
