import type { SQLInputValue } from 'node:sqlite';
import type { Session } from './session.js';

/** Rows of one statement, the largest first: few shapes, so that all of them stay prepared. */
const sizes = [64, 16, 4, 1];

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
      const some = rows.slice(at, at + size);
      const marks = `(${some[0]!.map(() => '?').join(', ')})`;
      const values = Array.from({ length: size }, () => marks).join(', ');
      written += Number(sql(`INSERT INTO ${into} VALUES ${values} ${end}`).run(...some.flat()).changes);
    }
  return written;
}
