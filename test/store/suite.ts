import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApiKey } from '../../src/contract/account.js';
import type { Upload } from '../../src/contract/upload.js';
import type { Store } from '../../src/store/port.js';
import { at, idsOf, received, row } from '../support/posts.js';
import { chainSuite } from './suite-chain.js';
import { logSuite } from './suite-log.js';
import { pagesSuite } from './suite-pages.js';
import { postsSuite } from './suite-posts.js';
import { transferSuite } from './suite-transfer.js';
import { replaySuite } from './suite-replay.js';
import { searchSuite } from './suite-search.js';

/** What a driver must be able to open: an empty store, and to throw it away again. */
export interface Harness {
  open(): Promise<Store>;
  dispose(): Promise<void>;
}

const key = (id: string): ApiKey => ({
  id,
  name: `key ${id}`,
  scopes: ['read'],
  hash: 'h',
  prefix: 'p',
  createdAt: at(0),
  createdBy: 'u',
});

/** The laws of the store port, for every driver. `arrivals`: rounds of the randomised law, fewer where a store is slow. */
export function storeSuite(name: string, harness: () => Harness, arrivals = 60): void {
  describe(`${name} store`, () => {
    let box: Harness;
    let opened: Store;
    const store = () => opened;

    beforeEach(async () => {
      box = harness();
      opened = await box.open();
    });
    afterEach(async () => {
      await opened.close();
      await box.dispose();
    });

    postsSuite(store);
    pagesSuite(store, arrivals);
    searchSuite(store);
    logSuite(store);
    chainSuite(store);
    transferSuite(store);
    replaySuite(store);

    describe('small documents', () => {
      it('puts, replaces, gets and lists newest id first', async () => {
        for (const id of ['01', '03', '02']) await store().keys.put(key(id));
        await store().keys.put({ ...key('02'), revokedAt: at(1) });
        expect(await store().keys.get('02')).toEqual({ ...key('02'), revokedAt: at(1) });
        expect(await store().keys.get('04')).toBeUndefined();
        expect(idsOf(await store().keys.list())).toEqual(['03', '02', '01']);
      });

      it('copies in and out, and keeps kinds apart', async () => {
        const upload = { id: '01', fileName: 'a.csv', errors: [] } as unknown as Upload;
        const putting = store().uploads.put(upload);
        upload.fileName = 'changed';
        await putting;
        expect(await store().uploads.get('01')).toMatchObject({ fileName: 'a.csv' });
        expect(await store().keys.get('01')).toBeUndefined();
      });
    });

    describe('idempotency', () => {
      it('keeps the first answer of each principal and key', async () => {
        await store().idempotency.put('p', 'k', 'd1', { ids: [1] }, at(0));
        await store().idempotency.put('p', 'k', 'd2', { ids: [2] }, at(1));
        await store().idempotency.put('q', 'k', 'd3', null, at(1));
        expect(await store().idempotency.get('p', 'k')).toEqual({ digest: 'd1', answer: { ids: [1] } });
        expect(await store().idempotency.get('q', 'k')).toEqual({ digest: 'd3', answer: null });
        expect(await store().idempotency.get('p', 'other')).toBeUndefined();
      });

      it('keeps an answer for a day', async () => {
        const day = 86_400_000;
        await store().idempotency.put('p', 'k', 'd1', 1, at(0));
        await store().idempotency.put('p', 'later', 'd', 1, at(day));
        expect(await store().idempotency.get('p', 'k')).toBeDefined();
        await store().idempotency.put('p', 'k', 'd2', 2, at(day + 1));
        expect(await store().idempotency.get('p', 'k')).toEqual({ digest: 'd2', answer: 2 });
      });
    });

    it('keeps settings', async () => {
      expect(await store().settings.get('s')).toBeUndefined();
      await store().settings.set('s', { a: [1] });
      await store().settings.set('s', { a: [2] });
      expect(await store().settings.get('s')).toEqual({ a: [2] });
    });

    it('keeps the last snapshot of each projection, however large', async () => {
      expect(await store().snapshots.get('p')).toBeUndefined();
      const large = `x${'ሰላም😀'.repeat(1_500_000)}`;
      await store().snapshots.put('p', { seq: 3, state: large });
      await store().snapshots.put('q', { seq: 4, state: '' });
      expect(await store().snapshots.get('q')).toEqual({ seq: 4, state: '' });
      const read = await store().snapshots.get('p');
      expect([read?.seq, read?.state === large]).toEqual([3, true]);
      await store().snapshots.put('p', { seq: 5, state: 'small' });
      expect(await store().snapshots.get('p')).toEqual({ seq: 5, state: 'small' });
    });

    it('refuses everything once closed', async () => {
      await store().close();
      const closed = { code: 'store_unavailable' };
      await expect(store().posts.get('A')).rejects.toMatchObject(closed);
      await expect(store().posts.insertMany([row(received('A'))])).rejects.toMatchObject(closed);
      await expect(store().log.read(0, 1)).rejects.toMatchObject(closed);
      await expect(store().settings.set('s', 1)).rejects.toMatchObject(closed);
    });
  });
}
