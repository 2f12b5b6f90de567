import { AppError } from '../../base/errors.js';
import type { Post } from '../../contract/post.js';
import { facts } from '../facts.js';
import type { Facts } from '../facts.js';
import { facets, tallied } from './counters.js';
import type { Counters } from './counters.js';
import { insertRows } from './many.js';
import type { createNumbers } from './numbers.js';
import type { Session } from './session.js';
import { readText } from './text.js';

type Sql = Session['sql'];
export type Numbers = ReturnType<typeof createNumbers>;

export interface Prepared {
  id: string;
  version: number;
  json: string;
  facts: Facts;
  text: string;
}

// Taken when the call is made: the caller may change its objects before the transaction runs.
export const prepare = (post: Post): Prepared => ({
  id: post.id,
  version: post.version,
  json: JSON.stringify(post),
  facts: facts(post),
  text: post.text,
});

/** Ids of the posts that hold these dedupe keys, by key. */
export function holders(sql: Sql, keys: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const row of sql(
    'SELECT d.key, p.id FROM json_each(?) AS k CROSS JOIN post_dedupe AS d ON d.key = k.value JOIN posts AS p ON p.n = d.post',
  ).all(JSON.stringify(keys)))
    found.set(String(row['key']), String(row['id']));
  return found;
}

const columns =
  'n, id, version, workspace, status, level, language, country, admin1, source, severity, score, text_mark';

export const columnsOf = ({ facts: of, version }: Prepared) =>
  [
    version,
    of.workspace,
    of.status,
    of.level,
    of.language,
    of.country,
    of.admin1,
    of.source,
    of.severity,
    of.score,
  ] as const;

/** Writes new posts with their keys and facets. Throws `duplicate` where there is a post of that id. */
export function insertPosts(
  sql: Sql,
  rows: readonly (Prepared & { keys: readonly string[] })[],
  counters: Counters,
  numbers: Numbers,
): void {
  const placed = rows.map((row) => {
    const { facts: of, text } = row;
    const n = numbers(of.receivedAt);
    return { ...row, n, mark: of.score < 0 ? -1 : readText(sql, n, text, of, -1) };
  });
  const written = insertRows(
    sql,
    `posts (${columns})`,
    placed.map((row) => [row.n, row.id, ...columnsOf(row), row.mark]),
    'ON CONFLICT (id) DO NOTHING',
  );
  if (written < placed.length) {
    const there = placed.find(({ id, n }) => Number(sql('SELECT n FROM posts WHERE id = ?').get(id)?.['n']) !== n);
    throw new AppError('duplicate', { detail: `There is a post ${there?.id} already` });
  }
  insertRows(
    sql,
    'post_docs (n, doc)',
    placed.map(({ n, json }) => [n, json]),
  );
  insertRows(
    sql,
    'post_dedupe (key, post)',
    placed.flatMap(({ n, keys }) => [...new Set(keys)].map((key) => [key, n])),
  );
  for (const { n, facts: of } of placed) {
    addFacets(sql, n, of);
    counters.add(tallied(of), 1);
  }
}

/** Values of which a post may have several. */
export function addFacets(sql: Sql, n: number, of: Facts): void {
  insertRows(
    sql,
    'post_facets (kind, value, workspace, status, post, score)',
    facets(of).flatMap(([kind, values]) => values.map((value) => [kind, value, of.workspace, of.status, n, of.score])),
  );
}
