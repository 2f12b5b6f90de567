import { describe, expect, it } from '@jest/globals';
import { assessedEvent } from '../../src/contract/event.js';
import type { Post } from '../../src/contract/post.js';
import type { Store } from '../../src/store/port.js';
import { assessed, at, idsOf, received, reviewed, row } from '../support/posts.js';

/** Posts: inserting, reading, saving, counting, removing. */
export function postsSuite(store: () => Store): void {
  describe('inserting posts', () => {
    it('keeps the document whole and appends its event', async () => {
      const post = received('A', 0, {
        text: 'نص \u0000 \ud800 😀',
        source: { name: 'Radio', kind: 'radio' },
        place: { country: 'KEN' },
      });
      expect(await store().posts.insertMany([row(post)])).toEqual([{ id: 'A', duplicate: false }]);
      expect(await store().posts.get('A')).toEqual(post);
      expect(await store().log.read(0, 10)).toEqual([
        { seq: 1, id: 'received:A', type: 'received', at: at(0), postId: 'A', data: { workspace: 'main' } },
      ]);
    });

    it('takes a known dedupe key once, naming the first', async () => {
      await store().posts.insertMany([row(received('A'), ['k1', 'k2'])]);
      const outcomes = await store().posts.insertMany([
        row(received('B'), ['k2']),
        row(received('C'), ['k3']),
        row(received('D'), ['k4', 'k3']),
      ]);
      expect(outcomes).toEqual([
        { id: 'A', duplicate: true },
        { id: 'C', duplicate: false },
        { id: 'C', duplicate: true },
      ]);
      expect(await store().posts.get('B')).toBeUndefined();
      expect((await store().log.read(0, 10)).map(({ postId }) => postId)).toEqual(['A', 'C']);
    });

    it.each([
      ['a NUL', 'ext:x\0y', 'ext:x'],
      ['half a surrogate pair', 'ext:\ud800', 'ext:\ud801'],
      ['letter case', 'ext:a', 'ext:A'],
      ['a trailing blank', 'ext:a', 'ext:a '],
    ])('tells dedupe keys apart by %s', async (_, one, other) => {
      const outcomes = await store().posts.insertMany([row(received('A'), [one]), row(received('B'), [other])]);
      expect(outcomes.map(({ duplicate }) => duplicate)).toEqual([false, false]);
    });

    it('does not mind the same key twice in one row', async () => {
      expect(await store().posts.insertMany([row(received('A'), ['k', 'k'])])).toEqual([{ id: 'A', duplicate: false }]);
    });

    it('writes nothing of a call one of whose rows cannot be written', async () => {
      await store().posts.insertMany([row(received('A'))]);
      await expect(store().posts.insertMany([row(received('B'), ['b']), row(received('A'))])).rejects.toMatchObject({
        code: 'duplicate',
      });
      expect(await store().posts.get('B')).toBeUndefined();
      expect(await store().log.head()).toBe(1);
      expect(await store().posts.counts()).toMatchObject({ received: 1 });
      expect(await store().posts.insertMany([row(received('B'), ['b'])])).toEqual([{ id: 'B', duplicate: false }]);
    });

    it('lets single inserts that arrive at once each have their own outcome', async () => {
      const results = await Promise.allSettled([
        store().posts.insertMany([row(received('A'), ['k'])]),
        store().posts.insertMany([row(received('B'), ['k'])]),
        store().posts.insertMany([row({ ...received('C'), version: 7 })]),
        store().posts.insertMany([row(received('D'))]),
      ]);
      expect(results).toMatchObject([
        { value: [{ id: 'A', duplicate: false }] },
        { value: [{ id: 'A', duplicate: true }] },
        { reason: { code: 'internal' } },
        { value: [{ id: 'D', duplicate: false }] },
      ]);
      expect(await store().posts.counts()).toMatchObject({ received: 2 });
    });

    it('copies in and out', async () => {
      const post = received('A');
      const inserting = store().posts.insertMany([row(post)]);
      post.text = 'changed after the call';
      await inserting;
      const read = await store().posts.get('A');
      if (read) read.text = 'changed after reading';
      expect((await store().posts.get('A'))?.text).toBe('text of A');
    });
  });

  describe('reading posts', () => {
    it('gives those that exist, in the order asked for', async () => {
      await store().posts.insertMany([row(received('A')), row(received('B')), row(received('C'))]);
      expect(idsOf(await store().posts.getMany(['C', 'nothing', 'A']))).toEqual(['C', 'A']);
      expect(await store().posts.getMany([])).toEqual([]);
      expect(await store().posts.get('nothing')).toBeUndefined();
    });
  });

  describe('saving posts', () => {
    it('writes the document and its events at the expected version', async () => {
      const first = received('A');
      await store().posts.insertMany([row(first)]);
      const second = assessed(first, { score: 0.5 });
      await store().posts.save([{ doc: second, expectedVersion: 1, events: [assessedEvent(second, at(1))] }]);
      expect(await store().posts.get('A')).toEqual(second);
      expect((await store().log.read(0, 10)).map(({ id }) => id)).toEqual(['received:A', 'assessed:A:2']);
    });

    it.each([
      ['an older version', 2, 1, { expected: 1, actual: 2 }],
      ['a version not yet reached', 2, 3, { expected: 3, actual: 2 }],
      ['a document that must not exist', 2, 0, { expected: 0, actual: 2 }],
    ])('refuses %s and writes nothing', async (_, actual, expectedVersion, extra) => {
      const first = received('A');
      const other = received('B');
      await store().posts.insertMany([row(first), row(other)]);
      const second = assessed(first);
      await store().posts.save([{ doc: second, expectedVersion: actual - 1, events: [] }]);
      const head = await store().log.head();
      await expect(
        store().posts.save([
          { doc: assessed(other), expectedVersion: 1, events: [reviewed('e1', 'B')] },
          { doc: { ...second, version: expectedVersion + 1 }, expectedVersion, events: [reviewed('e2', 'A')] },
        ]),
      ).rejects.toMatchObject({ code: 'version_conflict', extra });
      expect(await store().posts.get('B')).toEqual(other);
      expect(await store().log.head()).toBe(head);
      expect(await store().posts.counts()).toMatchObject({ received: 1, unflagged: 1 });
    });

    it('refuses a document that is not there', async () => {
      await expect(
        store().posts.save([{ doc: { ...received('A'), version: 2 }, expectedVersion: 1, events: [] }]),
      ).rejects.toMatchObject({ code: 'version_conflict', extra: { expected: 1, actual: 0 } });
    });

    it('creates a document with expected version 0', async () => {
      await store().posts.save([{ doc: received('A'), expectedVersion: 0, events: [] }]);
      expect(await store().posts.counts()).toMatchObject({ received: 1 });
    });

    it('saves one document twice in one call', async () => {
      const first = received('A');
      await store().posts.insertMany([row(first)]);
      const second = assessed(first, { score: 1 });
      const third: Post = { ...second, version: 3, status: 'confirmed' };
      await store().posts.save([
        { doc: second, expectedVersion: 1, events: [] },
        { doc: third, expectedVersion: 2, events: [] },
      ]);
      expect(await store().posts.get('A')).toEqual(third);
      expect(await store().posts.counts()).toMatchObject({ received: 0, open: 0, confirmed: 1 });
    });

    it('lets one of two rivals win', async () => {
      const first = received('A');
      await store().posts.insertMany([row(first)]);
      const rivals = await Promise.allSettled(
        ['confirmed', 'not_hate'].map((status) =>
          store().posts.save([
            { doc: { ...first, version: 2, status: status as Post['status'] }, expectedVersion: 1, events: [] },
          ]),
        ),
      );
      expect(rivals).toMatchObject([{ status: 'fulfilled' }, { reason: { code: 'version_conflict' } }]);
      expect(await store().posts.get('A')).toMatchObject({ status: 'confirmed', version: 2 });
    });

    it('refuses a version that is not one more', async () => {
      await expect(
        store().posts.save([{ doc: { ...received('A'), version: 5 }, expectedVersion: 1, events: [] }]),
      ).rejects.toMatchObject({ code: 'internal' });
    });
  });

  describe('counts', () => {
    it('starts at zero for every status', async () => {
      expect(await store().posts.counts()).toEqual({
        received: 0,
        unflagged: 0,
        open: 0,
        confirmed: 0,
        not_hate: 0,
        escalated: 0,
      });
    });

    it('counts by workspace and over all', async () => {
      const demo = received('B', 0, { workspace: 'demo' });
      await store().posts.insertMany([row(received('A')), row(demo)]);
      await store().posts.save([{ doc: assessed(demo, { score: 1 }), expectedVersion: 1, events: [] }]);
      expect(await store().posts.counts('main')).toMatchObject({ received: 1, open: 0 });
      expect(await store().posts.counts('demo')).toMatchObject({ received: 0, open: 1 });
      expect(await store().posts.counts()).toMatchObject({ received: 1, open: 1 });
    });
  });

  describe('removing a workspace', () => {
    it('takes the posts and what their events said, and leaves the rest', async () => {
      const demo = received('D', 0, { workspace: 'demo' });
      await store().posts.insertMany([row(received('A'), ['a']), row(demo, ['d'])]);
      const removed = await store().posts.removeWorkspace('demo', [
        { id: 'demo_removed', type: 'demo_removed', at: at(9), postId: '', data: {} },
      ]);
      expect(removed).toBe(1);
      expect(await store().posts.get('D')).toBeUndefined();
      expect(await store().posts.get('A')).toBeDefined();
      expect(await store().posts.counts('demo')).toMatchObject({ received: 0 });
      expect(await store().posts.counts('main')).toMatchObject({ received: 1 });
      expect((await store().log.read(0, 10)).map(({ seq, id, data }) => [seq, id, data])).toEqual([
        [1, 'received:A', { workspace: 'main' }],
        [2, 'received:D', {}],
        [3, 'demo_removed', {}],
      ]);
      expect(await store().posts.insertMany([row(received('A2'), ['a']), row(received('D2'), ['d'])])).toEqual([
        { id: 'A', duplicate: true },
        { id: 'D2', duplicate: false },
      ]);
    });

    it('says 0 when there was nothing', async () => {
      expect(await store().posts.removeWorkspace('demo', [])).toBe(0);
    });
  });
}
