import type { Chain } from '../port.js';
import type { Session } from './session.js';

/** Numbered entries as JSON in a table of their own, whose triggers let nothing be changed or removed. */
export function sqliteChain<T extends { n: number }>({ writer, read, sql }: Session, table: 'audit'): Chain<T> {
  const of = (row: Record<string, unknown>) => JSON.parse(String(row['doc'])) as T;
  return {
    head: () =>
      read((sql) => {
        const row = sql(`SELECT doc FROM ${table} ORDER BY n DESC LIMIT 1`).get();
        return row && of(row);
      }),
    read: (after, limit) =>
      read((sql) => sql(`SELECT doc FROM ${table} WHERE n > ? ORDER BY n LIMIT ?`).all(after, limit).map(of)),
    append(entries) {
      const rows = entries.map((entry) => ({ n: entry.n, json: JSON.stringify(entry) }));
      return writer.run(() => {
        // Under the write lock: what is newest now stays so until the commit, whichever process asks.
        const newest = Number(sql(`SELECT coalesce(max(n), 0) AS n FROM ${table}`).get()?.['n']);
        if (rows[0]?.n !== newest + 1) return 0;
        for (const { n, json } of rows) sql(`INSERT INTO ${table} (n, doc) VALUES (?, ?)`).run(n, json);
        return rows.length;
      });
    },
  };
}
