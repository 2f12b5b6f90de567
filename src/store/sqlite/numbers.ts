import type { StatementSync } from 'node:sqlite';

type Sql = (text: string) => StatementSync;

/** 2020-01-01T00:00:00Z, from which the numbers count. */
export const firstMs = 1_577_836_800_000;
/** Numbers in one millisecond. With these two, the numbers of 1985 to 2054 are exact in a JavaScript number. */
export const perMs = 8_192;

const reach = 1_090_000_000_000;

/** The lowest number of a post received then. */
export function lowest(receivedAt: number): number {
  return Math.min(Math.max(receivedAt - firstMs, -reach), reach) * perMs;
}

/**
 * Numbers of new posts, for one transaction: they grow with the time of receipt and, within a millisecond, with arrival, so that
 * the order of the table is the order of the newest page and no page has to sort. A millisecond with more posts than it has
 * numbers borrows from the next one.
 */
export function createNumbers(sql: Sql): (receivedAt: number) => number {
  const next = new Map<number, number>();
  return (receivedAt) => {
    const from = lowest(receivedAt);
    let n = next.get(from) ?? following(sql, from);
    for (let slot = from + perMs; n >= slot; slot += perMs) n = Math.max(n, following(sql, slot));
    next.set(from, n + 1);
    return n;
  };
}

function following(sql: Sql, from: number): number {
  const last = sql('SELECT max(n) AS last FROM posts WHERE n >= ? AND n < ?').get(from, from + perMs)?.['last'];
  return typeof last === 'number' ? last + 1 : from;
}
