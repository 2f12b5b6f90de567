import type { SQLInputValue } from 'node:sqlite';
import type { Session } from './session.js';

/** Rows of one statement, the largest first: few shapes, so that all of them stay prepared. Batches are often of a hundred. */
const sizes = [100, 20, 4, 1];

/**
 * Inserts rows, many with one statement: a statement costs about as much to start as a row to write. `into` names table and columns,
 * `end` may say what a conflict does. Returns how many were written.
 */
export function insertRows(
  sql: Session['sql'],
  into: string,
  rows: readonly (readonly SQLInputValue[])[],
  end = '',
): number {
  let written = 0;
  let at = 0;
  for (const size of sizes)
    for (; at + size <= rows.length; at += size) {
      const values: SQLInputValue[] = [];
      for (let n = at; n < at + size; n++) for (const value of rows[n]!) values.push(value);
      written += Number(sql(statement(into, size, values.length / size, end)).run(...values).changes);
    }
  return written;
}

/** Texts of statements that were made, a few dozen: one of a hundred rows is kilobytes long. */
const made = new Map<string, string>();

function statement(into: string, rows: number, width: number, end: string): string {
  const name = `${rows} ${into} ${end}`;
  const known = made.get(name);
  if (known !== undefined) return known;
  const marks = `(${Array.from({ length: width }, () => '?').join(', ')})`;
  const text = `INSERT INTO ${into} VALUES ${Array.from({ length: rows }, () => marks).join(', ')} ${end}`;
  made.set(name, text);
  return text;
}
