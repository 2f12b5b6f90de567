import type { SQLInputValue } from 'node:sqlite';
import { decodeCursor } from '../cursor.js';
import { spanOf } from '../lists.js';
import type { PageRequest, PostFilter } from '../port.js';
import { lowest } from './numbers.js';
import { pageColumns } from './schema.js';
import type { Session } from './session.js';

// What the queries of pages and of questions are put together from.

export type Sql = Session['sql'];

/** A piece of SQL with its values. */
export interface Piece {
  sql: string;
  values: SQLInputValue[];
}

/** One walk of an index: a value of the leading filter, in one workspace and status. */
export interface Branch {
  kind: string;
  value: string;
  workspace: string;
  status: string;
}

export const facetKinds: ReadonlySet<string> = new Set(['group', 'ground', 'category']);
export const isColumn = (kind: string): kind is (typeof pageColumns)[number] =>
  (pageColumns as readonly string[]).includes(kind);

export const marks = (values: readonly unknown[]) => values.map(() => '?').join(', ');
export const piece = (sql: string, ...values: SQLInputValue[]): Piece => ({ sql, values });
export const all = (pieces: Piece[], by: string): Piece => ({
  sql: pieces.map(({ sql }) => sql).join(by),
  values: pieces.flatMap(({ values }) => values),
});

export const descending = (order: PageRequest['order']) => (order === 'priority' ? 'score DESC, n DESC' : 'n DESC');

/** The walks that would be needed if this filter led, and how many posts they pass at most. */
export function wayOf(sql: Sql, kind: string, lists: Record<string, readonly (string | number)[]>) {
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
export function conditions(lists: Record<string, readonly (string | number)[]>, leading?: string): Piece[] {
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

export function timeOf(filter: PostFilter, n: string): Piece[] {
  const { from, before } = spanOf(filter);
  return [
    ...(from === undefined ? [] : [piece(`${n} >= ?`, lowest(from))]),
    ...(before === undefined ? [] : [piece(`${n} < ?`, lowest(before))]),
  ];
}

/** Cursor and time, as conditions on the row number and the score in the table that leads. */
export function rangeOf({ filter, order, cursor }: PageRequest): (leading: string) => Piece[] {
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

/** Everything that passes, sorted: for what is known to be little. */
export function sorted(conditions: Piece[], { order, limit }: PageRequest): Piece {
  const { sql, values } = all([piece('TRUE'), ...conditions], ' AND ');
  return piece(`SELECT n, score FROM posts WHERE ${sql} ORDER BY ${descending(order)} LIMIT ?`, ...values, limit + 1);
}
