import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { textTokens } from '../../contract/search.js';

/** Length and checksum of a text: another text has another mark, as far as one post's texts go. */
export const markOf = (text: string): number => text.length * 0x1_0000_0000 + crc32(text);

/** What the text index is given. */
export const indexed = (text: string): string => textTokens(text).join(' ');

/** Indexes the texts of a store that knew no search. */
export function fillText(db: DatabaseSync): void {
  const add = db.prepare('INSERT INTO post_text (rowid, tokens) VALUES (?, ?)');
  const mark = db.prepare('UPDATE posts SET text_mark = ? WHERE n = ?');
  for (const row of db.prepare('SELECT n, doc FROM post_docs ORDER BY n').iterate()) {
    const { text } = JSON.parse(String(row['doc'])) as { text: string };
    add.run(row['n'] as number, indexed(text));
    mark.run(markOf(text), row['n'] as number);
  }
}
