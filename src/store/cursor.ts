import { AppError } from '../base/errors.js';
import type { PostOrder } from './port.js';

/** Where a page ended: the order's keys of its last row. `n` is the driver's insertion number, which breaks every tie. */
export interface Position {
  score: number;
  receivedAt: number;
  n: number;
}

/** An opaque page cursor, base64url. */
export function encodeCursor(order: PostOrder, at: Position): string {
  const keys = order === 'priority' ? [at.score, at.receivedAt, at.n] : [at.receivedAt, at.n];
  return Buffer.from(JSON.stringify([order, ...keys])).toString('base64url');
}

/** Reads what `encodeCursor` wrote. Throws `invalid_input` (field `cursor`) for anything else, or for another order's. */
export function decodeCursor(order: PostOrder, cursor: string): Position {
  const parts = parse(cursor);
  const keys = parts?.slice(1);
  if (
    !keys ||
    parts?.[0] !== order ||
    keys.length !== (order === 'priority' ? 3 : 2) ||
    !keys.every((key): key is number => typeof key === 'number' && Number.isFinite(key)) ||
    !keys.slice(-2).every((key) => Number.isSafeInteger(key))
  )
    throw new AppError('invalid_input', {
      fields: [{ field: 'cursor', expected: `the "next" of the page before, asked for with order ${order}` }],
    });
  const [n, receivedAt, score] = keys.toReversed() as [number, number, number | undefined];
  return { n, receivedAt, score: score ?? 0 };
}

function parse(cursor: string): unknown[] | undefined {
  if (!/^[\w-]{1,500}$/.test(cursor)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : undefined;
  } catch {
    // Not JSON: a cursor of somebody's own making, refused by the caller like every other.
    return undefined;
  }
}
