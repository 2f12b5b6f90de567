import { crc32 } from 'node:zlib';
import type { Post } from '../../contract/post.js';
import { textTokens } from '../../contract/search.js';
import { facts } from '../facts.js';
import type { Facts } from '../facts.js';
import type { Session } from './session.js';

/** Posts whose words are indexed at once; other work comes between. */
const batch = 200;

type Sql = Session['sql'];

/**
 * Stands before a token that is no word. No word has it: comparing words (`contract/search.ts`) turns it into a plain digit.
 */
const sign = '①';

/** What the text index knows of a post besides its words, so that a question with such a filter is answered by the index alone. */
export const knownToText = [
  'language',
  'country',
  'admin1',
  'source',
  'severity',
  'group',
  'ground',
  'category',
] as const;

/** A value as one token, whatever it is made of. */
export const valueToken = (kind: string, value: string | number): string =>
  `${sign}${kind}${Buffer.from(String(value)).toString('hex')}`;

/**
 * Scores fall into steps, highest first, each a token: the best posts with a word are found from the top without sorting all that have
 * it. Within the last two, no score at all and no assessment, every post has the same score.
 */
export const steps = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, -1] as const;
export const stepOf = (score: number): number => (score <= 0 ? Math.sign(score) : Math.min(10, Math.ceil(score * 10)));
export const stepToken = (step: number): string => `${sign}step${step < 0 ? 'none' : step}`;

function indexed(text: string, of: Facts): string {
  const values = {
    language: [of.language],
    country: [of.country],
    admin1: [of.admin1],
    source: [of.source],
    severity: [of.severity],
    group: of.groups,
    ground: of.grounds,
    category: of.categories,
  };
  const known = knownToText.flatMap((kind) =>
    values[kind].flatMap((value) => (value === null ? [] : [valueToken(kind, value)])),
  );
  return [...textTokens(text), ...known, stepToken(stepOf(of.score))].join(' ');
}

/**
 * Indexes a post's words and values unless they are: `mark` tells what was indexed, below zero when nothing was. Returns the new mark. A
 * post that was just taken in is not read yet, as that would cost more than taking it in; its assessment reads it, or the next question.
 */
export function readText(sql: Sql, n: number, text: string, of: Facts, mark: number): number {
  const tokens = indexed(text, of);
  const now = (tokens.length % 0x10_0000) * 0x1_0000_0000 + crc32(tokens);
  if (mark === now) return now;
  if (mark >= 0) sql('DELETE FROM post_text WHERE rowid = ?').run(n);
  sql('INSERT INTO post_text (rowid, tokens) VALUES (?, ?)').run(n, tokens);
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
        const post = JSON.parse(String(row['doc'])) as Post;
        sql('UPDATE posts SET text_mark = ? WHERE n = ?').run(readText(sql, n, post.text, facts(post), -1), n);
      }
    });
}
