import type { SQLOutputValue } from 'node:sqlite';
import type { Post } from '../../contract/post.js';
import { hasTokens } from '../../contract/search.js';
import { decodeCursor } from '../cursor.js';
import { wanted } from '../facts.js';
import { listsOf } from '../lists.js';
import type { PageRequest } from '../port.js';
import { all, conditions, piece, rangeOf, sorted, wayOf } from './pieces.js';
import type { Piece, Sql } from './pieces.js';
import { knownToText, stepOf, stepToken, steps, valueToken } from './text.js';

export type Row = Record<string, SQLOutputValue>;

/** Posts with the words at most, for them to be sorted: with more, the best of them soon fill a page from the top. */
const fewMatches = 5_000;
/** Posts looked at before their density tells how many there will be. */
const sample = 250;

/** Posts that other filters leave at most, for their texts to be read one by one. */
const fewTexts = 200;

/**
 * The rows of a page of a question. The text index knows a post's words, most values and the step of its score: newest first it gives
 * the rows in order; by priority it is asked step by step from the top. What it does not know is looked at row by row.
 */
export function searched(sql: Sql, request: PageRequest, q: string): Row[] {
  const { filter, order, limit, cursor } = request;
  const lists = listsOf(filter);
  const words = wanted(q);
  const range = rangeOf(request)('posts');
  if (Object.values(lists).some((values) => values.length === 0)) return [];
  const left = wayOf(sql, '', lists).rows;
  if (left <= fewTexts && left * 10 <= wayOf(sql, '', {}).rows) {
    const { sql: text, values } = sorted([...range, ...conditions(lists)], { ...request, limit: fewTexts });
    return sql(text)
      .all(...values)
      .filter(({ n }) => hasTokens(docOf(sql, n).text, words));
  }
  const known = Object.entries(lists).filter(([kind]) => (knownToText as readonly string[]).includes(kind));
  const unknown = Object.fromEntries(Object.entries(lists).filter(([kind]) => !known.some(([name]) => name === kind)));
  const either = known.map(
    ([kind, values]) => `(${values.map((value) => `"${valueToken(kind, value)}"`).join(' OR ')})`,
  );
  const match = [...words.map((word) => `"${word}"`), ...either];
  const where = [...range, ...conditions(unknown)];
  const ask = (terms: string[], by: string, most: number) => {
    const { sql: text, values } = fromText(terms, where, by, most);
    return sql(text).all(...values);
  };
  if (order === 'newest') return ask(match, 'post_text.rowid DESC', limit + 1);
  // What few posts have is sorted; a step would be asked for in vain, each over all the posts that are in it.
  const few = withFew(sql, match, where);
  if (few) return few.sort(byPriority).slice(0, limit + 1);
  const from = cursor === undefined ? 10 : stepOf(decodeCursor(order, cursor).score);
  const rows: Row[] = [];
  for (const step of steps) {
    if (step > from || rows.length > limit) continue;
    const by = step > 0 ? 'posts.score DESC, posts.n DESC' : 'post_text.rowid DESC';
    rows.push(...ask([...match, `"${stepToken(step)}"`], by, limit + 1 - rows.length));
  }
  return rows;
}

/**
 * Of the posts that have all these tokens those that pass; undefined where more have them than are worth sorting. They are found once:
 * to look for tokens that many posts have costs more than all the rest. They come oldest first, so that the first of them tell how many
 * there will be.
 */
function withFew(sql: Sql, terms: string[], conditions: Piece[]): Row[] | undefined {
  const where = all([piece('TRUE'), ...conditions], ' AND ');
  const ends = sql('SELECT (SELECT min(n) FROM posts) AS first, (SELECT max(n) FROM posts) AS last').get() ?? {};
  const [first, last] = [Number(ends['first']), Number(ends['last'])];
  const found = sql(
    `SELECT posts.n AS n, posts.score AS score, ${where.sql} AS passes ` +
      'FROM post_text CROSS JOIN posts ON posts.n = post_text.rowid WHERE post_text MATCH ? ORDER BY post_text.rowid',
  ).iterate(...where.values, terms.join(' AND '));
  const rows: Row[] = [];
  for (const row of found) {
    rows.push(row);
    // Row numbers follow time.
    const passed = rows.length % sample === 0 ? (Number(row['n']) - first + 1) / (last - first + 1) : 1;
    const expected = rows.length / passed;
    if (expected > fewMatches) return undefined;
  }
  return rows.filter(({ passes }) => passes === 1);
}

const byPriority = (a: Row, b: Row) => Number(b['score']) - Number(a['score']) || Number(b['n']) - Number(a['n']);

/** Posts that have all these tokens, in an order, if the conditions let them pass. */
export function fromText(terms: string[], conditions: Piece[], by: string, most: number): Piece {
  const rest = all([piece('post_text MATCH ?', terms.join(' AND ')), ...conditions], ' AND ');
  // In the order of the index, a bound of the row number is one of the index as well.
  const where = by.startsWith('post_text') ? rest.sql.replaceAll('posts.n ', 'post_text.rowid ') : rest.sql;
  return piece(
    'SELECT posts.n AS n, posts.score AS score FROM post_text CROSS JOIN posts ON posts.n = post_text.rowid ' +
      `WHERE ${where} ORDER BY ${by} LIMIT ?`,
    ...rest.values,
    most,
  );
}

export function docOf(sql: Sql, n: SQLOutputValue | undefined): Post {
  const row = sql('SELECT doc FROM post_docs WHERE n = ?').get(Number(n));
  return JSON.parse(String(row?.['doc'])) as Post;
}
