import { AppError } from '../../base/errors.js';
import type { Post } from '../../contract/post.js';
import type { Transfer } from '../port.js';
import { createCounters } from './counters.js';
import { insertPosts, prepare } from './insert.js';
import { createNumbers } from './numbers.js';
import type { Session } from './session.js';

const parsed = (value: unknown): unknown => JSON.parse(String(value));

export function sqliteTransfer({ writer, read, sql }: Session): Transfer {
  return {
    posts: (after, limit) =>
      read((sql) =>
        sql(
          'SELECT doc, (SELECT json_group_array(json(key)) FROM post_dedupe WHERE post = n) AS keys ' +
            'FROM posts JOIN post_docs USING (n) WHERE id > ? ORDER BY id LIMIT ?',
        )
          .all(after, limit)
          .map((row) => ({
            post: parsed(row['doc']) as Post,
            dedupe: (parsed(row['keys']) as string[]).sort((a, b) => (a < b ? -1 : 1)),
          })),
      ),
    settings: () =>
      read((sql) =>
        sql('SELECT name, value FROM settings ORDER BY name')
          .all()
          .map((row) => ({ name: String(row['name']), value: parsed(row['value']) })),
      ),
    cursors: () =>
      read((sql) =>
        sql('SELECT consumer, seq FROM consumers ORDER BY consumer')
          .all()
          .map((row) => ({ consumer: String(row['consumer']), seq: Number(row['seq']) })),
      ),
    load({ posts = [], events = [] }) {
      const rows = posts.map(({ post, dedupe }) => ({
        ...prepare(post),
        keys: dedupe.map((key) => JSON.stringify(key)),
      }));
      const given = events.map((event) => ({ ...event, json: JSON.stringify(event.data) }));
      return writer.run((touch) => {
        const counters = createCounters(sql);
        const numbers = createNumbers(sql);
        const fresh = new Map(rows.map((row) => [row.id, row]));
        for (const id of fresh.keys()) if (sql('SELECT 1 FROM posts WHERE id = ?').get(id)) fresh.delete(id);
        insertPosts(sql, [...fresh.values()], counters, numbers);
        counters.apply();
        const head = Number(sql('SELECT coalesce(max(seq), 0) AS head FROM log').get()?.['head']);
        for (const { seq, id, type, at, postId, json } of given) {
          if (sql('SELECT 1 FROM log WHERE id = ?').get(id)) continue;
          if (seq <= head) throw new AppError('internal', { detail: `the log has an event ${seq}` });
          sql('INSERT INTO log (seq, id, type, at, post_id, data) VALUES (?, ?, ?, ?, ?, ?)').run(
            seq,
            id,
            type,
            at,
            postId,
            json,
          );
          touch();
        }
      });
    },
  };
}
