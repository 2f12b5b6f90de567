import type { AuditEntry, AuditQuery } from '../contract/audit.js';
import type { AuditChain } from './chain.js';

const window = 500;
/** Entries looked at for one page at most; the next page goes on from there. */
const most = 20_000;

/**
 * A page of the chain, in either direction, of those entries that pass. Numbers never change and are never given anew, so pages stay
 * what they are while others write.
 */
export async function browse(
  chain: Pick<AuditChain, 'head' | 'read'>,
  { after, before, order = before === undefined ? 'oldest' : 'newest', action, actor, limit }: AuditQuery,
): Promise<{ items: AuditEntry[]; next?: number }> {
  const passes = (entry: AuditEntry) =>
    (action === undefined || entry.action === action) && (actor === undefined || entry.actor.id === actor);
  const { n: end } = await chain.head();
  const [low, high] = [after ?? 0, Math.min(end, (before ?? Infinity) - 1)];
  const items: AuditEntry[] = [];
  const step = action === undefined && actor === undefined ? Math.min(limit, window) : window;
  for (let seen = 0; seen < most && seen < high - low; seen += step) {
    // The window that comes next, from below or from above.
    const from = order === 'oldest' ? low + seen : Math.max(low, high - seen - step);
    const count = Math.min(step, high - low - seen);
    const read = await chain.read(from, count);
    for (const entry of order === 'oldest' ? read : read.toReversed()) {
      if (!passes(entry)) continue;
      if (items.length === limit) return { items, next: items.at(-1)!.n };
      items.push(entry);
    }
    // A full page whose filter lets everything pass need not look whether there is more: the numbers say it.
    if (items.length === limit && step === limit) {
      const last = items.at(-1)!.n;
      return (order === 'oldest' ? last < high : last > low + 1) ? { items, next: last } : { items };
    }
  }
  if (high - low <= most) return { items };
  return { items, next: order === 'oldest' ? low + most : high - most + 1 };
}
