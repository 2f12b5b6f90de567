import { crc32 } from 'node:zlib';
import { textTokens } from '../../contract/search.js';
import type { Session } from './session.js';

/** Posts whose words are indexed at once; other work comes between. */
const batch = 200;

/** Length and checksum of a text: another text has another mark, as far as one post's texts go. */
const markOf = (text: string): number => text.length * 0x1_0000_0000 + crc32(text);

type Sql = Session['sql'];

/**
 * Indexes the words of a post unless they are: `mark` is the one it has, below zero when it was never read. Returns its new mark. A post
 * that was just taken in is not read yet, as that would cost more than taking it in; its assessment reads it, or the next question.
 */
export function readText(sql: Sql, n: number, text: string, mark: number): number {
  const now = markOf(text);
  if (mark === now) return now;
  if (mark >= 0) sql('DELETE FROM post_text WHERE rowid = ?').run(n);
  sql('INSERT INTO post_text (rowid, tokens) VALUES (?, ?)').run(n, textTokens(text).join(' '));
  return now;
}

/** Reads what was not read yet. */
export async function readTexts({ writer, read, sql }: Session): Promise<void> {
  const unread =
    'SELECT n, doc FROM posts INDEXED BY posts_unread JOIN post_docs USING (n) WHERE text_mark < 0 LIMIT ?';
  while ((await read((sql) => sql(unread).get(1))) !== undefined)
    await writer.run(() => {
      for (const row of sql(unread).all(batch)) {
        const n = Number(row['n']);
        const { text } = JSON.parse(String(row['doc'])) as { text: string };
        sql('UPDATE posts SET text_mark = ? WHERE n = ?').run(readText(sql, n, text, -1), n);
      }
    });
}
