import { beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Post } from '../../src/contract/post.js';
import type { PageRequest, PostFilter, Store } from '../../src/store/port.js';
import { assessed, at, idsOf, received, row } from '../support/posts.js';

const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function everyPage(
  store: Store,
  request: PageRequest,
  between?: (page: Post[]) => Promise<void>,
): Promise<Post[]> {
  const seen: Post[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await store.posts.page({ ...request, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...page.items);
    if (page.next === undefined) return seen;
    cursor = page.next;
    await between?.(page.items);
  }
}

/** Pages: filters, orders, cursors. */
export function pagesSuite(store: () => Store, arrivals: number): void {
  describe('pages', () => {
    const shelf: Post[] = [
      assessed(
        received('A', 1, { source: { name: 'Radio', kind: 'radio' }, place: { country: 'KEN', admin1: 'KE-30' } }),
        {
          score: 0.9,
          severity: 5,
          groups: ['G1', 'G2'],
          grounds: ['religion', 'ethnicity'],
          categories: ['T01'],
          level: 'top-candidate',
        },
      ),
      assessed(received('B', 2, { source: { name: 'Paper', kind: 'press' }, place: { country: 'RWA' } }), {
        score: 0.2,
        severity: 2,
        groups: ['G2'],
        grounds: ['ethnicity'],
        categories: ['T01', 'T02'],
        level: 'bottom',
      }),
      received('C', 3, { language: 'fra', source: { name: 'Radio', kind: 'radio' } }),
      assessed(received('D', 4, { workspace: 'demo' }), { score: 0.5, severity: 3, groups: ['G3', 'G3'] }),
      {
        ...assessed(received('E', 5), { score: 0.9 }),
        status: 'confirmed',
        review: { history: [], level: 'top' },
      },
    ];

    beforeEach(async () => {
      for (const post of shelf)
        await store().posts.save([{ doc: { ...post, version: 1 }, expectedVersion: 0, events: [] }]);
    });

    const cases: [string, PostFilter, string[]][] = [
      ['nothing', {}, ['E', 'D', 'C', 'B', 'A']],
      ['a status', { status: ['open'] }, ['D', 'B', 'A']],
      ['several statuses', { status: ['received', 'confirmed'] }, ['E', 'C']],
      ['a level', { level: ['bottom'] }, ['B']],
      ['the level a person decided', { level: ['top'] }, ['E']],
      ['an identified language', { language: ['eng'] }, ['E', 'D', 'B', 'A']],
      ['a hinted language', { language: ['fra'] }, ['C']],
      ['a country', { country: ['KEN'] }, ['A']],
      ['several countries', { country: ['KEN', 'RWA'] }, ['B', 'A']],
      ['a group', { group: ['G2'] }, ['B', 'A']],
      ['several groups, none twice', { group: ['G1', 'G2', 'G3'] }, ['D', 'B', 'A']],
      ['a division', { admin1: ['KE-30', 'KE-01'] }, ['A']],
      ['a ground', { ground: ['ethnicity'] }, ['B', 'A']],
      ['several grounds, none twice', { ground: ['ethnicity', 'religion'] }, ['B', 'A']],
      ['two filters that share no post', { language: ['fra'], group: ['G1'] }, []],
      ['a value of which there is none', { group: ['G9'] }, []],
      ['a category', { category: ['T02'] }, ['B']],
      ['a source', { source: ['Radio'] }, ['C', 'A']],
      ['a workspace', { workspace: 'demo' }, ['D']],
      ['a least severity', { minSeverity: 3 }, ['E', 'D', 'A']],
      ['a beginning, inclusive', { since: at(3) }, ['E', 'D', 'C']],
      ['an end, exclusive', { until: at(3) }, ['B', 'A']],
      ['an instant with an offset', { since: '2026-03-01T15:00:00.004+03:00' }, ['E', 'D']],
      [
        'everything at once',
        { status: ['open'], group: ['G2'], category: ['T01'], minSeverity: 3, workspace: 'main', country: ['KEN'] },
        ['A'],
      ],
      ['an empty list', { status: [] }, []],
      ['a quote', { source: ["'; DROP TABLE posts; --"] }, []],
    ];
    it.each(cases)('filters by %s', async (_, filter, expected) => {
      for (const order of ['newest', 'priority'] as const) {
        const found = idsOf(await everyPage(store(), { filter, order, limit: 2 }));
        expect(found.toSorted()).toEqual(expected.toSorted());
        if (order === 'newest') expect(found).toEqual(expected);
      }
    });

    it('orders by priority, then newest, what is not assessed last', async () => {
      expect(idsOf(await everyPage(store(), { filter: {}, order: 'priority', limit: 2 }))).toEqual([
        'E',
        'A',
        'D',
        'B',
        'C',
      ]);
    });

    it('breaks ties of the same millisecond by order of arrival', async () => {
      for (const id of ['x1', 'x2', 'x3', 'x4'])
        await store().posts.insertMany([row(received(id, 100, { source: { name: 'tie', kind: 'web' } }))]);
      for (const order of ['newest', 'priority'] as const)
        expect(idsOf(await everyPage(store(), { filter: { source: ['tie'] }, order, limit: 1 }))).toEqual([
          'x4',
          'x3',
          'x2',
          'x1',
        ]);
    });

    it('has no next after the last row', async () => {
      expect((await store().posts.page({ filter: {}, order: 'newest', limit: 5 })).next).toBeUndefined();
      expect((await store().posts.page({ filter: {}, order: 'newest', limit: 4 })).next).toEqual(expect.any(String));
    });

    it('follows what a save changed', async () => {
      await store().posts.save([
        {
          doc: { ...assessed(shelf[2] as Post, { score: 0.95, groups: ['G9'] }), version: 2 },
          expectedVersion: 1,
          events: [],
        },
        {
          doc: { ...assessed(shelf[0] as Post, { score: 0.1, groups: ['G9', 'G2'], categories: [] }), version: 2 },
          expectedVersion: 1,
          events: [],
        },
      ]);
      expect(idsOf(await everyPage(store(), { filter: { group: ['G9'] }, order: 'priority', limit: 1 }))).toEqual([
        'C',
        'A',
      ]);
      expect(idsOf(await everyPage(store(), { filter: { group: ['G1'] }, order: 'priority', limit: 1 }))).toEqual([]);
      expect(idsOf(await everyPage(store(), { filter: { category: ['T01'] }, order: 'priority', limit: 1 }))).toEqual([
        'B',
      ]);
    });

    it.each([
      ['no base64url', 'a b'],
      ['empty', ''],
      ['no JSON', Buffer.from('{').toString('base64url')],
      ['no list', forged({ order: 'newest' })],
      ['another order', forged(['priority', 1, 2, 3])],
      ['too short', forged(['newest', 1])],
      ['too long', forged(['newest', 1, 2, 3])],
      ['text for a number', forged(['newest', '1', 2])],
      ['a fraction', forged(['newest', 1, 2.5])],
      ['null', forged(['newest', null, 2])],
    ])('refuses a cursor that is %s', async (_, cursor) => {
      await expect(store().posts.page({ filter: {}, order: 'newest', limit: 1, cursor })).rejects.toMatchObject({
        code: 'invalid_input',
        fields: [{ field: 'cursor', expected: expect.any(String) }],
      });
    });

    it('refuses a bound that is no instant', async () => {
      await expect(store().posts.page({ filter: { since: 'soon' }, order: 'newest', limit: 1 })).rejects.toMatchObject({
        code: 'invalid_input',
        fields: [{ field: 'since', expected: expect.any(String) }],
      });
    });
  });

  it('visits every post exactly once while others arrive', async () => {
    const workspace = 'demo' as const;
    const arrival = fc.record({ ms: fc.integer({ min: 0, max: 50 }), score: fc.constantFrom(-1, 0, 0.25, 0.5, 1) });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(arrival, { maxLength: 30 }),
        fc.array(arrival, { maxLength: 10 }),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('newest' as const, 'priority' as const),
        async (before, during, limit, order) => {
          await store().posts.removeWorkspace(workspace, []);
          const prefix = `run${run++}`;
          let count = 0;
          const insert = async ({ ms, score }: { ms: number; score: number }) => {
            const post = received(`${prefix}-${count++}`, ms, { workspace });
            await store().posts.save([
              {
                doc: score < 0 ? post : { ...assessed(post, { score }), version: 1 },
                expectedVersion: 0,
                events: [],
              },
            ]);
            return post.id;
          };
          const present: string[] = [];
          for (const one of before) present.push(await insert(one));
          const late = [...during];
          const seen = await everyPage(store(), { filter: { workspace }, order, limit }, async () => {
            const next = late.pop();
            if (next) await insert(next);
          });
          const ids = idsOf(seen);
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids).toEqual(expect.arrayContaining(present));
          const keys = seen.map((post) => [
            order === 'priority' ? (post.assessment?.priority.score ?? -1) : 0,
            Date.parse(post.receivedAt),
          ]);
          expect(keys).toEqual(keys.toSorted((a, b) => (b[0] ?? 0) - (a[0] ?? 0) || (b[1] ?? 0) - (a[1] ?? 0)));
        },
      ),
      { numRuns: arrivals },
    );
  });
}
