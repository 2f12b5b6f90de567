import type { Post } from '../../contract/post.js';
import { encodeCursor } from '../cursor.js';
import { listsOf } from '../lists.js';
import type { PageRequest } from '../port.js';
import { all, conditions, descending, facetKinds, isColumn, piece, rangeOf, sorted, timeOf, wayOf } from './pieces.js';
import type { Branch, Piece, Sql } from './pieces.js';
import { docOf, searched } from './question.js';
import type { Row } from './question.js';

/** Posts of a time span that are rather sorted than looked for along the order of the page. */
const fewInTime = 5_000;
/** Walks of one page at most: SQLite joins no more than 500 selects. */
const maxBranches = 400;

/** Reads one page. One row more than asked for shows whether there is a next. */
export function readPage(sql: Sql, request: PageRequest): { items: Post[]; next?: string } {
  const { order, limit } = request;
  if (request.filter.q !== undefined) return pageOf(sql, searched(sql, request, request.filter.q), request);
  const query = pageQuery(sql, request);
  const rows = query.first ? once(sql(query.first.sql).all(...query.first.values)).slice(0, limit + 1) : [];
  // Posts that wait for their assessment come last by priority: asked for only where the others do not fill the page.
  if (query.waiting && (order === 'newest' || rows.length <= limit)) {
    rows.push(...sql(query.waiting.sql).all(...query.waiting.values));
    if (order === 'newest') rows.sort((a, b) => Number(b['n']) - Number(a['n']));
  }
  return pageOf(sql, rows, request);
}

/** A post that has several of the values asked for comes once for each of them, one after the other. */
const once = (rows: Row[]) => rows.filter(({ n }, at) => n !== rows[at - 1]?.['n']);

/** The posts of the rows that were chosen; one row too many says that there is a next page. */
function pageOf(sql: Sql, rows: Row[], { order, limit }: PageRequest): { items: Post[]; next?: string } {
  const chosen = rows.slice(0, limit);
  const items = chosen.map(({ n }) => docOf(sql, n));
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
 * its values, in each workspace and status asked for, is a walk of an index in the order of the page, and the walks are merged, none of
 * them further than the page needs. The other filters are looked at row by row.
 */
export function pageQuery(sql: Sql, request: PageRequest): PageQuery {
  const { filter, order, limit } = request;
  const lists = listsOf(filter);
  const range = rangeOf(request);
  if (Object.values(lists).some((values) => values.length === 0)) return {};
  const leading = Object.keys(lists).filter((kind) => kind !== 'workspace' && kind !== 'status');
  const ways = (leading.length === 0 ? ['assessed'] : leading).map((kind) => wayOf(sql, kind, lists));
  const best = ways.reduce((least, way) => (way.rows < least.rows ? way : least));
  const waiting = wayOf(sql, 'waiting', lists);
  if (order === 'priority' && fewIn(sql, request, best.rows))
    return { first: sorted([...range('posts'), ...conditions(lists)], request) };

  const others = conditions(lists, best.kind);
  const rest = [...range(best.kind), ...others];
  const walks =
    best.branches.length > maxBranches
      ? [wide(lists, best.kind, rest)]
      : best.branches.flatMap((branch) =>
          tied(request, best.kind).map((tie) => walk(branch, [...rest, ...tie], order, others.length > 0)),
        );
  // Of a post with several of the values every one is met before the next post.
  const times = facetKinds.has(best.kind) && walks.length > 1 ? new Set(lists[best.kind]).size : 1;
  const late = [...range('posts'), ...conditions(lists, 'waiting')];
  // Those that wait all have the same score: in any order of the page they stand newest first.
  const waits = waiting.branches.map((branch) => walk(branch, late, order, true));
  return {
    ...(walks.length > 0 && { first: merged(walks, order, (limit + 1) * times) }),
    ...(waits.length > 0 && { waiting: merged(waits, 'newest', limit + 1) }),
  };
}

/** SQLite merges selects that it can read in the order asked for, each only as far as it is needed. */
function merged(walks: Piece[], order: PageRequest['order'], most: number): Piece {
  const { sql, values } = all(walks, ' UNION ALL ');
  return piece(`${sql} ORDER BY ${descending(order)} LIMIT ?`, ...values, most);
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
 * By priority, most posts share the score 0, and a time span of them is found at once only by a walk of its own, where the score is equal
 * and the row number bounded.
 */
function tied({ filter, order }: PageRequest, kind: string): Piece[][] {
  if (order === 'newest' || (filter.since === undefined && filter.until === undefined)) return [[]];
  const score = facetKinds.has(kind) ? 'f.score' : 'posts.score';
  return [[piece(`${score} > 0`)], [piece(`${score} = 0`)]];
}

function walk(branch: Branch, rest: Piece[], order: PageRequest['order'], rows: boolean): Piece {
  const { kind, value, workspace, status } = branch;
  const where = all(rest, ' AND ');
  const and = where.sql === '' ? '' : ` AND ${where.sql}`;
  if (facetKinds.has(kind)) {
    // Joined only when something has to be looked at that the facet does not know.
    const join = rows ? ' CROSS JOIN posts ON posts.n = f.post' : '';
    const index = order === 'priority' ? ' INDEXED BY post_facets_priority' : '';
    return piece(
      `SELECT f.post AS n, f.score AS score FROM post_facets AS f${index}${join} ` +
        `WHERE f.kind = ? AND f.value = ? AND f.workspace = ? AND f.status = ?${and}`,
      kind,
      value,
      workspace,
      status,
      ...where.values,
    );
  }
  const waits = kind === 'waiting';
  const name = waits ? 'posts_waiting' : `${isColumn(kind) ? `posts_${kind}` : 'posts'}_${order}`;
  const equal = isColumn(kind) ? piece(`${kind} = ? AND `, kind === 'severity' ? Number(value) : value) : piece('');
  return piece(
    `SELECT n, score FROM posts INDEXED BY ${name} WHERE ${equal.sql}workspace = ? AND status = ? ` +
      // Behind a narrower bound of the score in `rest`: of two the planner takes the first.
      `${and.trimStart()} AND score ${waits ? '<' : '>='} 0`,
    ...equal.values,
    workspace,
    status,
    ...where.values,
  );
}

/** For more values than walks can be joined: everything that has one of them, to be sorted. */
function wide(lists: Record<string, readonly (string | number)[]>, kind: string, rest: Piece[]): Piece {
  const facet = facetKinds.has(kind);
  const where = all([piece('posts.score >= 0'), ...conditions(lists), ...rest], ' AND ');
  return piece(
    `SELECT ${facet ? 'DISTINCT ' : ''}posts.n AS n, posts.score AS score FROM ${facet ? 'post_facets AS f CROSS JOIN posts ON posts.n = f.post' : 'posts'} WHERE ${where.sql}`,
    ...where.values,
  );
}
