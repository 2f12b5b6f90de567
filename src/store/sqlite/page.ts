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

/** Matches of a question that are counted before it counts as frequent. */
const fewMatches = 30_000;
/** Posts of a time span that are rather sorted than looked for along the order of the page. */
const fewInTime = 5_000;
/** What it costs to ask of one post whether it has the words, in looks at a post that has them. */
const wordCost = 20;
/** Walks of one page at most: SQLite joins no more than 500 selects. */
const maxBranches = 400;

const severities = [1, 2, 3, 4, 5];
const facetKinds: ReadonlySet<string> = new Set(['group', 'ground', 'category']);
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
  const { order, limit } = request;
  const rows = query.first ? sql(query.first.sql).all(...query.first.values) : [];
  // Posts that wait for their assessment come last by priority: asked for only where the others do not fill the page.
  if (query.waiting && (order === 'newest' || rows.length <= limit)) {
    rows.push(...sql(query.waiting.sql).all(...query.waiting.values));
    if (order === 'newest') rows.sort((a, b) => Number(b['n']) - Number(a['n']));
  }
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

export interface PageQuery {
  /** Chooses rows in the order of the page; absent when none can pass. */
  first?: Piece;
  /** The same for posts that wait for their assessment, where `first` leaves them out and there are any. */
  waiting?: Piece;
}

/**
 * The queries that choose a page's rows, from indexes alone. The filter that leaves the fewest posts leads, by the tallies; each of
 * its values, in each workspace and status asked for, is a walk of an index in the order of the page, and the walks are merged. The
 * other filters are looked at row by row.
 */
export function pageQuery(sql: Sql, request: PageRequest): PageQuery {
  const { filter, order, limit } = request;
  const lists = listsOf(filter);
  const range = rangeOf(request);
  const words = filter.q === undefined ? undefined : wanted(filter.q);
  if (Object.values(lists).some((values) => values.length === 0)) return {};
  const leading = Object.keys(lists).filter((kind) => kind !== 'workspace' && kind !== 'status');
  const ways = (leading.length === 0 ? ['assessed'] : leading).map((kind) => wayOf(sql, kind, lists));
  const best = ways.reduce((least, way) => (way.rows < least.rows ? way : least));
  const match = words && piece('post_text MATCH ?', words.map((word) => `"${word}"`).join(' '));
  const waiting = wayOf(sql, 'waiting', lists);
  if (match && wordsLead(sql, match, best.rows + waiting.rows, request))
    return { first: fromWords(match, conditions(lists), range, request) };
  const asked = match
    ? [piece(`EXISTS (SELECT 1 FROM post_text WHERE ${match.sql} AND rowid = posts.n)`, ...match.values)]
    : [];
  if (order === 'priority' && fewIn(sql, request, best.rows))
    return { first: sorted([...range('posts'), ...conditions(lists), ...asked], request) };

  const others = [...conditions(lists, best.kind), ...asked];
  const rest = [...range(best.kind), ...others];
  const walks =
    best.branches.length > maxBranches
      ? [wide(lists, best.kind, rest)]
      : best.branches.map((branch) => walk(branch, rest, order, limit, others.length > 0));
  const late = [...range('posts'), ...conditions(lists, 'waiting'), ...asked];
  const waits = waiting.branches.map((branch) => walk(branch, late, order, limit, true));
  return {
    ...(walks.length > 0 && { first: merged(walks, request, facetKinds.has(best.kind)) }),
    ...(waits.length > 0 && { waiting: merged(waits, request, false) }),
  };
}

function merged(walks: Piece[], { order, limit }: PageRequest, distinct: boolean): Piece {
  const { sql, values } = all(walks, ' UNION ALL ');
  return piece(
    `SELECT ${distinct ? 'DISTINCT ' : ''}n, score FROM (${sql}) ORDER BY ${descending(order)} LIMIT ?`,
    ...values,
    limit + 1,
  );
}

/** Everything that passes, sorted: for what is known to be little. */
function sorted(conditions: Piece[], { order, limit }: PageRequest): Piece {
  const { sql, values } = all(conditions, ' AND ');
  return piece(`SELECT n, score FROM posts WHERE ${sql} ORDER BY ${descending(order)} LIMIT ?`, ...values, limit + 1);
}

/** Whether a time span leaves fewer posts than any other filter, and few enough to sort them. */
function fewIn(sql: Sql, { filter }: PageRequest, others: number): boolean {
  if ((filter.since === undefined && filter.until === undefined) || others < fewInTime / 10) return false;
  const span = timeOf(filter, 'posts.n');
  const { sql: where, values } = all(span, ' AND ');
  const row = sql(`SELECT count(*) AS found FROM (SELECT 1 FROM posts WHERE ${where} LIMIT ?)`).get(
    ...values,
    fewInTime + 1,
  );
  const found = Number(row?.['found']);
  return found <= fewInTime && found < others;
}

/**
 * Whether to begin with the posts that have the words rather than with those that `others` leaves. Costs are counted in looks at a
 * post; a walk in the order of the page ends when the page is full.
 */
function wordsLead(sql: Sql, match: Piece, others: number, { order, limit }: PageRequest): boolean {
  const every = Number(sql("SELECT sum(count) AS n FROM tallies WHERE kind = '' AND value = ''").get()?.['n'] ?? 0);
  const row = sql(`SELECT count(*) AS found FROM (SELECT 1 FROM post_text WHERE ${match.sql} LIMIT ?)`).get(
    ...match.values,
    fewMatches + 1,
  );
  const found = Number(row?.['found']);
  const has = found > fewMatches ? every / 5 : found;
  const along = order === 'newest' ? Math.min(has, (limit * every) / Math.max(1, others)) : has;
  return along <= wordCost * Math.min(others, (limit * every) / Math.max(1, has));
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
    kind,
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

function timeOf(filter: PostFilter, n: string): Piece[] {
  return [
    ...(filter.since === undefined ? [] : [piece(`${n} >= ?`, lowest(bound('since', filter.since)))]),
    ...(filter.until === undefined ? [] : [piece(`${n} < ?`, lowest(bound('until', filter.until)))]),
  ];
}

/** Cursor and time, as conditions on the row number and the score in the table that leads. */
function rangeOf({ filter, order, cursor }: PageRequest): (leading: string) => Piece[] {
  const after = cursor === undefined ? undefined : decodeCursor(order, cursor);
  // Refused before anything is asked, whatever leads.
  timeOf(filter, '');
  return (leading) => {
    const [n, score] = facetKinds.has(leading) ? ['f.post', 'f.score'] : ['posts.n', 'posts.score'];
    const time = timeOf(filter, n);
    if (!after) return time;
    if (order === 'newest') return [...time, piece(`${n} < ?`, after.n)];
    return [...time, piece(`(${score}, ${n}) < (?, ?)`, after.score, after.n)];
  };
}

function walk(branch: Branch, rest: Piece[], order: PageRequest['order'], limit: number, rows: boolean): Piece {
  const { kind, value, workspace, status } = branch;
  const where = all(rest, ' AND ');
  const and = where.sql === '' ? '' : ` AND ${where.sql}`;
  if (facetKinds.has(kind)) {
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
  // Posts that wait all have the same score.
  const waits = kind === 'waiting';
  const by = order === 'priority' && !waits ? 'score DESC, n DESC' : 'n DESC';
  const name = waits ? 'posts_waiting' : `${isColumn(kind) ? `posts_${kind}` : 'posts'}_${order}`;
  const equal = isColumn(kind) ? piece(`${kind} = ? AND `, kind === 'severity' ? Number(value) : value) : piece('');
  return piece(
    `SELECT * FROM (SELECT n, score FROM posts INDEXED BY ${name} WHERE ${equal.sql}workspace = ? AND status = ? ` +
      `AND score ${waits ? '<' : '>='} 0${and} ORDER BY ${by} LIMIT ?)`,
    ...equal.values,
    workspace,
    status,
    ...where.values,
    limit + 1,
  );
}

/** For more values than walks can be joined: everything that has one of them, to be sorted. */
function wide(lists: Record<string, readonly (string | number)[]>, kind: string, rest: Piece[]): Piece {
  const facet = facetKinds.has(kind);
  const where = all([piece('posts.score >= 0'), ...conditions(lists), ...rest], ' AND ');
  return piece(
    `SELECT posts.n, posts.score FROM ${facet ? 'post_facets AS f CROSS JOIN posts ON posts.n = f.post' : 'posts'} WHERE ${where.sql}`,
    ...where.values,
  );
}

/** The posts that have the words, newest first as the text index gives them or sorted by priority, if the filters let them pass. */
function fromWords(
  match: Piece,
  filters: Piece[],
  range: (leading: string) => Piece[],
  { order, limit }: PageRequest,
): Piece {
  const rest = all([...range('posts'), ...filters], ' AND ');
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
