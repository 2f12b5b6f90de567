import type { SQLInputValue } from 'node:sqlite';
import type { Post } from '../../contract/post.js';
import { decodeCursor, encodeCursor } from '../cursor.js';
import { bound, wanted } from '../facts.js';
import type { PageRequest, PostFilter } from '../port.js';
import { lowest } from './numbers.js';
import { pageColumns } from './schema.js';
import type { Session } from './session.js';

type Sql = Session['sql'];

/** A piece of SQL with its values. */
export interface Piece {
  sql: string;
  values: SQLInputValue[];
}

/** One walk of an index: a value of the leading filter, in one workspace and status. */
interface Branch {
  kind: string;
  value: string;
  workspace: string;
  status: string;
}

/** A question whose words are in at most so many posts is answered from those; in more, from the order of the page. */
const fewMatches = 30_000;
/** With fewer posts than this left by another filter, these are looked through for the words. */
const fewRows = 2_000;
/** Walks of one page at most: SQLite joins no more than 500 selects. */
const maxBranches = 400;

const severities = [1, 2, 3, 4, 5];
const facetKinds = ['group', 'ground', 'category'] as const;
const isColumn = (kind: string): kind is (typeof pageColumns)[number] =>
  (pageColumns as readonly string[]).includes(kind);

const marks = (values: readonly unknown[]) => values.map(() => '?').join(', ');
const piece = (sql: string, ...values: SQLInputValue[]): Piece => ({ sql, values });
const all = (pieces: Piece[], by: string): Piece => ({
  sql: pieces.map(({ sql }) => sql).join(by),
  values: pieces.flatMap(({ values }) => values),
});

/** Reads one page. One row more than asked for shows whether there is a next. */
export function readPage(sql: Sql, request: PageRequest): { items: Post[]; next?: string } {
  const query = pageQuery(sql, request);
  if (!query) return { items: [] };
  const { order, limit } = request;
  const rows = sql(query.sql).all(...query.values);
  const chosen = rows.slice(0, limit);
  const items = chosen.map(({ n }) => {
    const row = sql('SELECT doc FROM post_docs WHERE n = ?').get(n as number);
    return JSON.parse(String(row?.['doc'])) as Post;
  });
  const last = chosen.at(-1);
  if (!last || rows.length <= limit) return { items };
  const next = encodeCursor(order, { score: Number(last['score']), receivedAt: 0, n: Number(last['n']) });
  return { items, next };
}

/**
 * The query that chooses a page's rows, from indexes alone. The filter that leaves the fewest posts leads, by the tallies; each of
 * its values, in each workspace and status asked for, is a walk of an index in the order of the page, and the walks are merged. The
 * other filters are looked at row by row. Undefined when no post can pass.
 */
export function pageQuery(sql: Sql, request: PageRequest): Piece | undefined {
  const { filter, order, limit } = request;
  const lists = listsOf(filter);
  const range = rangeOf(request);
  const words = filter.q === undefined ? undefined : wanted(filter.q);
  if (Object.values(lists).some((values) => values.length === 0)) return undefined;
  const leading = Object.keys(lists).filter((kind) => kind !== 'workspace' && kind !== 'status');
  const ways = (leading.length === 0 ? [''] : leading).map((kind) => ({ kind, ...wayOf(sql, kind, lists) }));
  const best = ways.reduce((least, way) => (way.rows < least.rows ? way : least));
  if (best.branches.length === 0) return undefined;
  const match = words && piece('post_text MATCH ?', words.map((word) => `"${word}"`).join(' '));
  if (match && best.rows > fewRows && (order === 'newest' || rare(sql, match)))
    return fromWords(match, conditions(lists), range, request);
  const others = conditions(lists, best.kind);
  if (match)
    others.push(piece(`EXISTS (SELECT 1 FROM post_text WHERE ${match.sql} AND rowid = posts.n)`, ...match.values));
  const rest = [...range(best.kind), ...others];
  const walks =
    best.branches.length > maxBranches
      ? [wide(lists, best.kind, rest)]
      : best.branches.map((branch) => walk(branch, rest, order, limit, others.length > 0));
  const merged = all(walks, ' UNION ALL ');
  const distinct = facetKinds.includes(best.kind as 'group') ? 'DISTINCT ' : '';
  return piece(
    `SELECT ${distinct}n, score FROM (${merged.sql}) ORDER BY ${descending(order)} LIMIT ?`,
    ...merged.values,
    limit + 1,
  );
}

const descending = (order: PageRequest['order']) => (order === 'priority' ? 'score DESC, n DESC' : 'n DESC');

/** What of the filter has lists of values, by kind. */
function listsOf(filter: PostFilter): Record<string, readonly (string | number)[]> {
  const { workspace, status, level, language, country, admin1, source, minSeverity, group, ground, category } = filter;
  const severity = minSeverity === undefined ? undefined : severities.filter((one) => one >= minSeverity);
  const given = {
    workspace: workspace && [workspace],
    status,
    level,
    language,
    country,
    admin1,
    source,
    severity,
    group,
    ground,
    category,
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([kind, values]) => (values ? [[kind, [...new Set<string | number>(values)]]] : [])),
  );
}

/** The walks that would be needed if this filter led, and how many posts they pass at most. */
function wayOf(sql: Sql, kind: string, lists: Record<string, readonly (string | number)[]>) {
  const values = (lists[kind] ?? ['']).map(String);
  const rows = sql(
    `SELECT value, workspace, status, count FROM tallies WHERE kind = ? AND value IN (${marks(values)}) AND count > 0`,
  ).all(kind, ...values);
  const branches = rows.filter(
    (row) =>
      (lists['workspace']?.includes(String(row['workspace'])) ?? true) &&
      (lists['status']?.includes(String(row['status'])) ?? true),
  );
  return {
    rows: branches.reduce((sum, { count }) => sum + Number(count), 0),
    branches: branches.map(({ value, workspace, status }): Branch => ({
      kind,
      value: String(value),
      workspace: String(workspace),
      status: String(status),
    })),
  };
}

/** Every filter but the one that leads, as conditions on a row of `posts`. */
function conditions(lists: Record<string, readonly (string | number)[]>, leading?: string): Piece[] {
  return Object.entries(lists).flatMap(([kind, values]) => {
    // The walks are in the workspaces and statuses asked for.
    const led = leading !== undefined && (kind === leading || kind === 'workspace' || kind === 'status');
    if (led) return [];
    if (isColumn(kind) || kind === 'workspace' || kind === 'status')
      return [piece(`posts.${kind} IN (${marks(values)})`, ...values)];
    return [
      piece(
        `EXISTS (SELECT 1 FROM post_facets AS f WHERE f.kind = '${kind}' AND f.value IN (${marks(values)}) ` +
          'AND f.workspace = posts.workspace AND f.status = posts.status AND f.post = posts.n)',
        ...values,
      ),
    ];
  });
}

/** Cursor and time, as conditions on the row number (of the table that leads) and the score. */
function rangeOf({ filter, order, cursor }: PageRequest): (leading: string) => Piece[] {
  const since = filter.since === undefined ? undefined : lowest(bound('since', filter.since));
  const until = filter.until === undefined ? undefined : lowest(bound('until', filter.until));
  const after = cursor === undefined ? undefined : decodeCursor(order, cursor);
  return (leading) => {
    const n = (facetKinds as readonly string[]).includes(leading) ? 'f.post' : 'posts.n';
    const score = n === 'f.post' ? 'f.score' : 'posts.score';
    return [
      ...(since === undefined ? [] : [piece(`${n} >= ?`, since)]),
      ...(until === undefined ? [] : [piece(`${n} < ?`, until)]),
      ...(after === undefined
        ? []
        : [order === 'newest' ? piece(`${n} < ?`, after.n) : piece(`(${score}, ${n}) < (?, ?)`, after.score, after.n)]),
    ];
  };
}

function walk(branch: Branch, rest: Piece[], order: PageRequest['order'], limit: number, rows: boolean): Piece {
  const { kind, value, workspace, status } = branch;
  const where = all(rest, ' AND ');
  const and = where.sql === '' ? '' : ` AND ${where.sql}`;
  if ((facetKinds as readonly string[]).includes(kind)) {
    const by = order === 'priority' ? 'f.score DESC, f.post DESC' : 'f.post DESC';
    // Joined only when something has to be looked at that the facet does not know.
    const join = rows ? ' CROSS JOIN posts ON posts.n = f.post' : '';
    const index = order === 'priority' ? ' INDEXED BY post_facets_priority' : '';
    return piece(
      `SELECT * FROM (SELECT f.post AS n, f.score AS score FROM post_facets AS f${index}${join} ` +
        `WHERE f.kind = ? AND f.value = ? AND f.workspace = ? AND f.status = ?${and} ORDER BY ${by} LIMIT ?)`,
      kind,
      value,
      workspace,
      status,
      ...where.values,
      limit + 1,
    );
  }
  const by = order === 'priority' ? 'score DESC, n DESC' : 'n DESC';
  const equal = kind === '' ? piece('') : piece(`${kind} = ? AND `, kind === 'severity' ? Number(value) : value);
  return piece(
    `SELECT * FROM (SELECT n, score FROM posts INDEXED BY ${kind === '' ? 'posts' : `posts_${kind}`}_${order} ` +
      `WHERE ${equal.sql}workspace = ? AND status = ?${and} ORDER BY ${by} LIMIT ?)`,
    ...equal.values,
    workspace,
    status,
    ...where.values,
    limit + 1,
  );
}

/** For more values than walks can be joined: everything that has one of them, to be sorted. */
function wide(lists: Record<string, readonly (string | number)[]>, kind: string, rest: Piece[]): Piece {
  const facet = (facetKinds as readonly string[]).includes(kind);
  const where = all([...conditions(lists), ...rest], ' AND ');
  return piece(
    `SELECT posts.n, posts.score FROM ${facet ? 'post_facets AS f CROSS JOIN posts ON posts.n = f.post' : 'posts'} WHERE ${where.sql}`,
    ...where.values,
  );
}

function rare(sql: Sql, match: Piece): boolean {
  const row = sql(`SELECT count(*) AS found FROM (SELECT 1 FROM post_text WHERE ${match.sql} LIMIT ?)`).get(
    ...match.values,
    fewMatches + 1,
  );
  return Number(row?.['found']) <= fewMatches;
}

/** The posts that have the words, newest first as the text index gives them or sorted by priority, if the filters let them pass. */
function fromWords(
  match: Piece,
  filters: Piece[],
  range: (leading: string) => Piece[],
  { order, limit }: PageRequest,
): Piece {
  const rest = all([...range(''), ...filters], ' AND ');
  const by = order === 'priority' ? 'posts.score DESC, posts.n DESC' : 'post_text.rowid DESC';
  const and =
    rest.sql === ''
      ? ''
      : ` AND ${rest.sql.replaceAll('posts.n ', order === 'newest' ? 'post_text.rowid ' : 'posts.n ')}`;
  return piece(
    `SELECT posts.n AS n, posts.score AS score FROM post_text CROSS JOIN posts ON posts.n = post_text.rowid ` +
      `WHERE ${match.sql}${and} ORDER BY ${by} LIMIT ?`,
    ...match.values,
    ...rest.values,
    limit + 1,
  );
}
