import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fixedClock } from '../../src/base/clock.js';
import { AppError } from '../../src/base/errors.js';
import { seededIds } from '../../src/base/ids.js';
import { createIntake } from '../../src/intake/submit.js';
import type { Intake, SubmitContext } from '../../src/intake/submit.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/port.js';
import { at, noon } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';

const api: SubmitContext = { via: 'api', by: 'key-1', workspace: 'main' };

describe('intake', () => {
  let store: Store;
  let intake: Intake;
  let room: number;

  beforeEach(async () => {
    const log = recordingLog();
    const clock = fixedClock(noon);
    room = Infinity;
    store = await openStore({ driver: 'memory', path: '', clock, log });
    intake = createIntake({
      store,
      clock,
      ids: seededIds('intake'),
      log,
      pseudonym: (author) => `~${author.length}`,
      admit(rows) {
        if (rows > room) throw new AppError('overloaded');
      },
    });
  });

  it('writes a post with its event before it answers, without the author', async () => {
    const result = await intake.submit(
      [{ text: 'hello', author: 'someone', publishedAt: '2026-03-01T14:00:00+03:00', source: { name: ' Radio ' } }],
      api,
    );
    const id = result.results[0]?.id ?? '';
    expect(result).toEqual({
      accepted: 1,
      duplicates: 0,
      rejected: 0,
      results: [{ index: 0, id, outcome: 'accepted' }],
    });
    expect(await store.posts.get(id)).toEqual({
      id,
      version: 1,
      text: 'hello',
      author: '~7',
      publishedAt: '2026-03-01T11:00:00.000Z',
      source: { name: 'Radio', kind: 'other' },
      workspace: 'main',
      receivedAt: at(0),
      via: 'api',
      by: 'key-1',
      status: 'received',
    });
    expect(await store.log.read(0, 9)).toMatchObject([{ id: `received:${id}`, type: 'received', postId: id }]);
  });

  it('takes the good rows and names what is wrong with the bad ones', async () => {
    const result = await intake.submit(
      [
        { text: 'good' },
        { text: '  ' },
        { txet: 'misspelt' },
        'no object',
        { text: 'also good', place: { country: 'Kenya' } },
        { text: 'good too' },
      ],
      api,
    );
    expect(result).toMatchObject({ accepted: 2, duplicates: 0, rejected: 4 });
    expect(
      result.results.map(({ index, outcome, errors }) => [index, outcome, errors?.map(({ field }) => field)]),
    ).toEqual([
      [0, 'accepted', undefined],
      [1, 'rejected', ['text']],
      [2, 'rejected', ['text', 'txet']],
      [3, 'rejected', ['']],
      [4, 'rejected', ['place.country']],
      [5, 'accepted', undefined],
    ]);
    expect(result.results[4]?.errors).toEqual([
      { field: 'place.country', expected: 'an ISO 3166-1 alpha-3 code, e.g. "KEN"' },
    ]);
    expect(await store.posts.counts()).toMatchObject({ received: 2 });
  });

  it.each([
    [
      'the same id from the same source',
      { externalId: 'x', source: { name: 'S' } },
      { externalId: 'x', source: { name: 'S' } },
      'duplicate',
    ],
    ['the same id without a source', { externalId: 'x' }, { externalId: 'x' }, 'duplicate'],
    [
      'the same id from another source',
      { externalId: 'x', source: { name: 'S' } },
      { externalId: 'x', source: { name: 'T' } },
      'accepted',
    ],
    ['another id', { externalId: 'x' }, { externalId: 'y' }, 'accepted'],
    ['no id at all', {}, {}, 'accepted'],
    [
      'source and id that run together alike',
      { externalId: 'bc', source: { name: 'a' } },
      { externalId: 'c', source: { name: 'ab' } },
      'accepted',
    ],
  ])('meets %s', async (_, first, second, outcome) => {
    const one = await intake.submit([{ text: 'first', ...first }], api);
    const two = await intake.submit([{ text: 'second', ...second }], { ...api, by: 'key-2' });
    expect(two.results[0]?.outcome).toBe(outcome);
    expect(two.results[0]?.id === one.results[0]?.id).toBe(outcome === 'duplicate');
  });

  it('takes a row key once', async () => {
    const keyed = { ...api, rowKeys: ['r1', undefined] };
    await intake.submit([{ text: 'a' }, { text: 'b' }], keyed);
    expect(await intake.submit([{ text: 'a' }, { text: 'b' }], keyed)).toMatchObject({ accepted: 1, duplicates: 1 });
  });

  describe('with an Idempotency-Key', () => {
    const keyed = { ...api, idempotencyKey: 'k' };

    it('gives the first answer again', async () => {
      const first = await intake.submit([{ text: 'a' }, { text: '' }], keyed);
      expect(await intake.submit([{ text: 'a' }, { text: '' }], keyed)).toEqual(first);
      expect(await store.posts.counts()).toMatchObject({ received: 1 });
    });

    it('refuses another body', async () => {
      await intake.submit([{ text: 'a' }], keyed);
      await expect(intake.submit([{ text: 'b' }], keyed)).rejects.toMatchObject({ code: 'idempotency_mismatch' });
      expect(await store.posts.counts()).toMatchObject({ received: 1 });
    });

    it('keeps the keys of two principals apart', async () => {
      await intake.submit([{ text: 'a' }], keyed);
      expect(await intake.submit([{ text: 'b' }], { ...keyed, by: 'key-2' })).toMatchObject({ accepted: 1 });
    });

    it('answers two at the same time alike', async () => {
      const [first, second, other] = await Promise.allSettled([
        intake.submit([{ text: 'a' }], keyed),
        intake.submit([{ text: 'a' }], keyed),
        intake.submit([{ text: 'b' }], keyed),
      ]);
      expect(first).toMatchObject({ status: 'fulfilled', value: { accepted: 1 } });
      expect(second).toEqual(first);
      expect(other).toMatchObject({ reason: { code: 'idempotency_mismatch' } });
      expect(await store.posts.counts()).toMatchObject({ received: 1 });
    });

    it('writes nothing twice when the answer could not be kept', async () => {
      jest.spyOn(store.idempotency, 'put').mockRejectedValueOnce(new AppError('store_unavailable'));
      await expect(intake.submit([{ text: 'a' }], keyed)).rejects.toMatchObject({ code: 'store_unavailable' });
      expect(await intake.submit([{ text: 'a' }], keyed)).toMatchObject({ accepted: 0, duplicates: 1 });
      expect(await store.posts.counts()).toMatchObject({ received: 1 });
    });

    it('keeps no answer of a request that was turned away', async () => {
      room = 0;
      await expect(intake.submit([{ text: 'a' }], keyed)).rejects.toMatchObject({ code: 'overloaded' });
      room = 1;
      expect(await intake.submit([{ text: 'a' }], keyed)).toMatchObject({ accepted: 1 });
    });
  });

  it('refuses more than a thousand at once', async () => {
    const rows = Array.from({ length: 1001 }, () => ({ text: 'a' }));
    await expect(intake.submit(rows, api)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await intake.submit(rows.slice(1), api)).toMatchObject({ accepted: 1000 });
  });

  it('answers an empty batch', async () => {
    expect(await intake.submit([], api)).toEqual({ accepted: 0, duplicates: 0, rejected: 0, results: [] });
  });
});
