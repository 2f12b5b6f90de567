import { describe, expect, it } from '@jest/globals';
import type { Store } from '../../src/store/port.js';
import { received, reviewed, row } from '../support/posts.js';

/** Appends events of these ids, each with a post of its own. */
async function append(store: Store, ...ids: string[]): Promise<void> {
  for (const id of ids)
    await store.posts.save([{ doc: received(`post of ${id}`), expectedVersion: 0, events: [reviewed(id)] }]);
}

/** The log: order, cursors, listeners. */
export function logSuite(store: () => Store): void {
  describe('log', () => {
    it('reads in order after a seq, at most so many, of given types', async () => {
      await append(store(), 'e1', 'e2');
      await store().posts.insertMany([row(received('A'))]);
      await append(store(), 'e3');
      const ids = async (...args: Parameters<Store['log']['read']>) =>
        (await store().log.read(...args)).map(({ id }) => id);
      expect(await ids(0, 10)).toEqual(['e1', 'e2', 'received:A', 'e3']);
      expect(await ids(1, 2)).toEqual(['e2', 'received:A']);
      expect(await ids(1, 2, ['reviewed'])).toEqual(['e2', 'e3']);
      expect(await ids(0, 10, ['reviewed', 'received'])).toHaveLength(4);
      expect(await ids(0, 10, ['demo_removed'])).toEqual([]);
      expect(await ids(4, 10)).toEqual([]);
      expect(await ids(99, 10)).toEqual([]);
    });

    it('appends an event id once', async () => {
      await append(store(), 'e1');
      await store().posts.save([
        { doc: received('other'), expectedVersion: 0, events: [reviewed('e1'), reviewed('e2'), reviewed('e2')] },
      ]);
      expect((await store().log.read(0, 10)).map(({ seq, id }) => [seq > 0, id])).toEqual([
        [true, 'e1'],
        [true, 'e2'],
      ]);
      expect(await store().posts.get('other')).toBeDefined();
    });

    it('gives strictly increasing seqs and knows its head', async () => {
      expect(await store().log.head()).toBe(0);
      await append(store(), 'e1', 'e1x', 'e2');
      const seqs = (await store().log.read(0, 10)).map(({ seq }) => seq);
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
      expect(await store().log.head()).toBe(seqs.at(-1));
    });

    it('calls listeners after the commit, and only when the log grew', async () => {
      const heads: Promise<number>[] = [];
      const stop = store().log.onAppend(() => heads.push(store().log.head()));
      await append(store(), 'e1');
      expect(await Promise.all(heads)).toEqual([1]);
      await store().posts.save([{ doc: received('silent'), expectedVersion: 0, events: [reviewed('e1')] }]);
      await expect(
        store().posts.save([{ doc: received('silent'), expectedVersion: 0, events: [reviewed('e9')] }]),
      ).rejects.toThrow();
      expect(heads).toHaveLength(1);
      stop();
      await append(store(), 'e2');
      expect(heads).toHaveLength(1);
    });

    it('lets no listener keep another from hearing', async () => {
      let heard = 0;
      store().log.onAppend(() => {
        throw new Error('a listener of no manners');
      });
      store().log.onAppend(() => heard++);
      await append(store(), 'e1');
      expect(heard).toBe(1);
    });

    it('keeps a cursor a consumer', async () => {
      expect(await store().log.cursor('a')).toBe(0);
      await store().log.setCursor('a', 5);
      await store().log.setCursor('b', 7);
      await store().log.setCursor('a', 6);
      expect([await store().log.cursor('a'), await store().log.cursor('b')]).toEqual([6, 7]);
    });
  });
}
