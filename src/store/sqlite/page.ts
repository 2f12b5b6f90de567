import type { SQLInputValue } from 'node:sqlite';
import { decodeCursor } from '../cursor.js';
import { bound } from '../facts.js';
import type { PageRequest, PostFilter } from '../port.js';

export interface Query {
  sql: string;
  values: SQLInputValue[];
}

const orders = {
  newest: ['received_at', 'n'],
  priority: ['score', 'received_at', 'n'],
} as const;

const severities = [1, 2, 3, 4, 5];

const marks = (values: readonly unknown[]) => values.map(() => '?').join(', ');

/** A single value is compared with `=`: then the index gives the order as well, and nothing is sorted. */
function oneOf(column: string, values: readonly string[]): string {
  return values.length === 1 ? `${column} = ?` : `${column} IN (${marks(values)})`;
}

function conditions(filter: PostFilter): { where: string[]; values: SQLInputValue[] } {
  const where: string[] = [];
  const values: SQLInputValue[] = [];
  const add = (condition: string, ...given: SQLInputValue[]) => {
    where.push(condition);
    values.push(...given);
  };
  for (const column of ['status', 'level', 'language', 'country', 'source'] as const) {
    const wanted = filter[column];
    if (wanted) add(oneOf(column, wanted), ...wanted);
  }
  for (const kind of ['group', 'category'] as const) {
    const wanted = filter[kind];
    if (wanted)
      add(`n IN (SELECT post FROM post_facets WHERE kind = '${kind}' AND ${oneOf('value', wanted)})`, ...wanted);
  }
  if (filter.workspace !== undefined) add('workspace = ?', filter.workspace);
  if (filter.minSeverity !== undefined) {
    // The few values by name: the index then finds them, where for a range the planner would rather scan in order.
    const least = filter.minSeverity;
    const enough = severities.filter((severity) => severity >= least);
    add(`severity IN (${marks(enough)})`, ...enough);
  }
  if (filter.since !== undefined) add('received_at >= ?', bound('since', filter.since));
  if (filter.until !== undefined) add('received_at < ?', bound('until', filter.until));
  return { where, values };
}

/**
 * The query of one page, asking for one row more than `limit` so that the caller sees whether there is a next.
 * Rows are chosen from the indexes alone; documents are read only for those that the page shows.
 */
export function pageQuery({ filter, order, limit, cursor }: PageRequest): Query {
  const keys = orders[order];
  const { where, values } = conditions(filter);
  if (cursor !== undefined) {
    const at = decodeCursor(order, cursor);
    where.push(`(${keys.join(', ')}) < (${marks(keys)})`);
    values.push(...(order === 'priority' ? [at.score] : []), at.receivedAt, at.n);
  }
  const condition = where.length > 0 ? `WHERE ${where.join(' AND ')} ` : '';
  const descending = (prefix: string) => keys.map((key) => `${prefix}${key} DESC`).join(', ');
  return {
    sql:
      'SELECT p.doc, p.score, p.received_at, p.n FROM ' +
      `(SELECT n FROM posts ${condition}ORDER BY ${descending('')} LIMIT ?) AS chosen ` +
      `JOIN posts AS p USING (n) ORDER BY ${descending('p.')}`,
    values: [...values, limit + 1],
  };
}
