import { describe, expect, it } from '@jest/globals';
import { browse } from '../../src/audit/browse.js';
import { createInspector } from '../../src/audit/inspect.js';
import { link, nothing } from '../../src/audit/link.js';
import { fixedClock } from '../../src/base/clock.js';
import type { AuditEntry, AuditQuery } from '../../src/contract/audit.js';
import { at, noon } from '../support/posts.js';

/** A chain in which one entry in a thousand is an export, and one in three was done by b. */
function chainOf(length: number) {
  const entries: AuditEntry[] = [];
  for (let n = 1; n <= length; n++)
    entries.push(
      link(
        entries.at(-1) ?? nothing,
        { action: n % 1_000 === 0 ? 'export' : 'read', actor: { kind: 'user', id: n % 3 === 0 ? 'b' : 'a' } },
        at(n),
      ),
    );
  let reads = 0;
  return {
    entries,
    reads: () => reads,
    head: async () => entries.at(-1) ?? nothing,
    read: async (after: number, limit: number) => {
      reads += 1;
      return entries.slice(after, after + limit);
    },
  };
}

describe('pages of the chain', () => {
  const chain = chainOf(2_345);
  const all = async (query: Omit<AuditQuery, 'limit'>, limit: number) => {
    const found: AuditEntry[] = [];
    for (let place: object = {}; ;) {
      const { items, next } = await browse(chain, { ...query, ...place, limit });
      expect(items.length).toBeLessThanOrEqual(limit);
      found.push(...items);
      if (next === undefined) return found;
      place = query.order === 'newest' ? { before: next } : { after: next };
    }
  };
  const law: [name: string, query: Omit<AuditQuery, 'limit'>][] = [
    ['everything', {}],
    ['one action', { action: 'export' }],
    ['one actor', { actor: 'b' }],
    ['both', { action: 'read', actor: 'a' }],
    ['what never was', { action: 'backup' }],
  ];
  it.each(law)('have every entry once, from both ends: %s', async (_, query) => {
    const { action, actor } = query;
    const wanted = chain.entries.filter(
      (entry) => (!action || entry.action === action) && (!actor || entry.actor.id === actor),
    );
    for (const limit of [1_000, 67]) {
      expect(await all({ ...query, order: 'oldest' }, limit)).toEqual(wanted);
      expect(await all({ ...query, order: 'newest' }, limit)).toEqual(wanted.toReversed());
    }
  });

  it('read no more of the chain than they show where everything passes', async () => {
    const before = chain.reads();
    await browse(chain, { order: 'newest', limit: 50 });
    expect(chain.reads() - before).toBe(1);
  });

  it('end after so many entries in vain, and say where to go on', async () => {
    const long = chainOf(20_002);
    long.entries[0] = { ...long.entries[0]!, action: 'backup' };
    const query = { action: 'backup', order: 'newest', limit: 5 } as const;
    const first = await browse(long, query);
    expect(first).toEqual({ items: [], next: 3 });
    expect(await browse(long, { ...query, before: first.next! })).toEqual({ items: [long.entries[0]] });
    expect(await browse(chainOf(0), query)).toEqual({ items: [] });
  });
});

it('tells the first link that does not hold, walked once for all who ask at the same time', async () => {
  const chain = chainOf(30);
  const { inspect } = createInspector({ chain, clock: fixedClock(noon) });
  const both = await Promise.all([inspect(), inspect()]);
  expect([chain.reads(), both[0]]).toEqual([1, both[1]]);
  expect(both[0]).toMatchObject({ entries: 30, checkedAt: at(0) });
  chain.entries[9] = { ...chain.entries[9]!, at: at(99) };
  expect((await inspect()).broken).toMatchObject({ n: 10 });
});
