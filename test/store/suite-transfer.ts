import { describe, expect, it } from '@jest/globals';
import type { LogEvent } from '../../src/contract/event.js';
import type { Store } from '../../src/store/port.js';
import { assessed, at, idsOf, received, row } from '../support/posts.js';

const event = (seq: number, id = `e${seq}`): LogEvent => ({
  seq,
  id,
  type: 'reviewed',
  at: at(seq),
  postId: '',
  data: { seq },
});

/** The laws of moving whole contents. */
export function transferSuite(store: () => Store): void {
  describe('transfer', () => {
    const transfer = () => store().transfer;

    it('gives posts in the order of their ids, with their keys, page by page', async () => {
      for (const id of ['B', 'C', 'A'])
        await store().posts.insertMany([row(received(id), [`z${id}`, `a"\u2028${id}`])]);
      const post = received('A');
      await store().posts.save([{ doc: assessed(post), expectedVersion: 1, events: [] }]);
      const first = await transfer().posts('', 2);
      expect(first).toEqual([
        { post: assessed(post), dedupe: ['a"\u2028A', 'zA'] },
        { post: received('B'), dedupe: ['a"\u2028B', 'zB'] },
      ]);
      expect((await transfer().posts('B', 2)).map(({ post }) => post.id)).toEqual(['C']);
    });

    it('takes posts at any version, with counters, filters and keys as if they had been written here', async () => {
      const done = assessed(received('A', 0, { place: { country: 'KEN' } }), { score: 0.5, groups: ['G'] });
      await transfer().load({
        posts: [
          { post: done, dedupe: ['k'] },
          { post: received('B'), dedupe: [] },
        ],
      });
      expect(await store().posts.get('A')).toEqual(done);
      expect(await store().posts.counts()).toMatchObject({ open: 1, received: 1 });
      const filter = { country: ['KEN'], group: ['G'], status: ['open' as const] };
      expect(idsOf((await store().posts.page({ filter, order: 'priority', limit: 9 })).items)).toEqual(['A']);
      expect(await store().posts.insertMany([row(received('C'), ['k'])])).toEqual([{ id: 'A', duplicate: true }]);
    });

    it('leaves alone what is there already', async () => {
      const batch = { posts: [{ post: received('A'), dedupe: ['k'] }], events: [event(1)] };
      await transfer().load(batch);
      await transfer().load({
        posts: [{ post: received('A', 0, { text: 'another' }), dedupe: [] }],
        events: [{ ...event(1), data: {} }],
      });
      expect((await store().posts.get('A'))?.text).toBe('text of A');
      expect(await store().log.read(0, 9)).toEqual([event(1)]);
      expect(await store().posts.counts()).toMatchObject({ received: 1 });
    });

    it('keeps the place of every event, gaps and all, and goes on behind them', async () => {
      await transfer().load({ events: [event(2), event(5)] });
      await transfer().load({ events: [event(9)] });
      expect((await store().log.read(0, 9)).map(({ seq }) => seq)).toEqual([2, 5, 9]);
      expect(await store().log.read(2, 1)).toEqual([event(5)]);
      expect(await store().log.head()).toBe(9);
      await store().posts.insertMany([row(received('A'))]);
      expect((await store().log.read(9, 9)).map(({ seq, id }) => [seq, id])).toEqual([[10, 'received:A']]);
      await expect(transfer().load({ events: [event(3)] })).rejects.toMatchObject({ code: 'internal' });
    });

    it('tells settings and cursors by name', async () => {
      await store().settings.set('b', null);
      await store().settings.set('a', { x: 1 });
      await store().log.setCursor('two', 2);
      await store().log.setCursor('one', 1);
      expect(await transfer().settings()).toEqual([
        { name: 'a', value: { x: 1 } },
        { name: 'b', value: null },
      ]);
      expect(await transfer().cursors()).toEqual([
        { consumer: 'one', seq: 1 },
        { consumer: 'two', seq: 2 },
      ]);
    });
  });
}
