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
  /** The next number of a millisecond, by its lowest; what was given away need not be in the table yet. */
  const next = new Map<number, number>();
  const free = (slot: number) => next.get(slot) ?? following(sql, slot);
  return (receivedAt) => {
    const from = lowest(receivedAt);
    let n = free(from);
    let slot = from;
    for (; n >= slot + perMs; n = Math.max(n, free(slot))) slot += perMs;
    next.set(from, n + 1);
    next.set(slot, n + 1);
    return n;
  };
}

function following(sql: Sql, from: number): number {
  const last = sql('SELECT max(n) AS last FROM posts WHERE n >= ? AND n < ?').get(from, from + perMs)?.['last'];
  return typeof last === 'number' ? last + 1 : from;
}
