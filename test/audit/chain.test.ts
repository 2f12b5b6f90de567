import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createChain } from '../../src/audit/chain.js';
import { createFollower } from '../../src/audit/follow.js';
import { nothing } from '../../src/audit/link.js';
import { verifyChain } from '../../src/audit/verify.js';
import { fixedClock } from '../../src/base/clock.js';
import { sha256 } from '../../src/base/ids.js';
import type { AuditEntry } from '../../src/contract/audit.js';
import { canonicalJson } from '../../src/contract/canonical.js';
import { reviewedEvent } from '../../src/contract/event.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/port.js';
import { noon, received, row } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';

const actor = { kind: 'user', id: 'u1' } as const;
let store: Store;
const clock = fixedClock(noon);
beforeEach(async () => {
  store = await openStore({ driver: 'memory', path: '', clock, log: recordingLog() });
});

const all = () => store.audit.read(0, 10_000);
const walk = (entries: AuditEntry[], published?: string) =>
  verifyChain(
    async (after, limit) =>
      // A damaged store answers with what it has, as the walk asks for it.
      entries.slice(after, after + limit),
    published,
  );

describe('canonical JSON', () => {
  it('does not depend on the order of keys, and keeps that of lists', () => {
    expect(canonicalJson({ b: [2, 1], a: { d: 'é"\n', c: undefined } })).toBe('{"a":{"d":"é\\"\\n"},"b":[2,1]}');
    expect(canonicalJson(JSON.parse('{"__proto__":1,"a":2}'))).toBe('{"__proto__":1,"a":2}');
  });

  it('gives every JSON value back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // Negative zero has no JSON.
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('the audit chain', () => {
  it('links each entry to the one before by SHA-256 over canonical JSON', async () => {
    const chain = createChain({ store, clock });
    expect(await chain.head()).toEqual(nothing);
    const first = await chain.record({ action: 'sign-in', actor, target: 'u1' });
    const second = await chain.record({ action: 'key.create', actor, target: 'k1', detail: { scopes: 'read' } });
    const { hash, ...rest } = second;
    expect([first.n, first.prev, second.n, second.prev]).toEqual([1, '0'.repeat(64), 2, first.hash]);
    expect(hash).toBe(sha256(canonicalJson(rest)));
    expect(await chain.head()).toEqual({ n: 2, hash });
    expect(await walk(await all())).toEqual({ entries: 2, head: { n: 2, hash }, setBack: [] });
  });

  it('stays one chain when several writers add at once', async () => {
    const writers = Array.from({ length: 4 }, () => createChain({ store, clock }));
    await Promise.all(
      Array.from({ length: 400 }, (_, i) =>
        writers[i % 4]!.record({ action: 'key.use', actor: { kind: 'key', id: `k${i}` }, target: `k${i}` }),
      ),
    );
    const entries = await all();
    expect(entries).toHaveLength(400);
    expect(new Set(entries.map(({ target }) => target)).size).toBe(400);
    expect((await walk(entries)).broken).toBeUndefined();
  });

  it('gives up rather than write behind a store that takes nothing', async () => {
    const full = { audit: { ...store.audit, append: async () => 0 } };
    await expect(createChain({ store: full, clock }).record({ action: 'sign-in', actor })).rejects.toMatchObject({
      code: 'store_unavailable',
    });
  });

  it('fails what could not be written, and goes on with what comes after', async () => {
    let broken = true;
    const flaky = {
      audit: {
        ...store.audit,
        append: async (entries: AuditEntry[]) => {
          if (broken) throw new Error('the disk is full');
          return store.audit.append(entries);
        },
      },
    };
    const chain = createChain({ store: flaky, clock });
    await expect(chain.record({ action: 'sign-in', actor })).rejects.toThrow('the disk is full');
    broken = false;
    expect((await chain.record({ action: 'read', actor })).n).toBe(1);
  });

  describe('verification', () => {
    let entries: AuditEntry[];
    beforeEach(async () => {
      const chain = createChain({ store, clock });
      for (let i = 1; i <= 8; i++) await chain.record({ action: 'read', actor, target: `post ${i}` });
      entries = await all();
    });

    it('finds any single change, in whatever field, at its entry', () => {
      const fields = Object.keys(entries[3]!) as (keyof AuditEntry)[];
      return fc.assert(
        fc.asyncProperty(fc.nat(7), fc.constantFrom(...fields), async (at, field) => {
          const changed = structuredClone(entries);
          const value = changed[at]![field];
          Object.assign(changed[at]!, { [field]: typeof value === 'number' ? value + 1 : `${JSON.stringify(value)}x` });
          expect((await walk(changed)).broken?.n).toBe(at + 1);
        }),
      );
    });

    it('finds an entry whose hash was mended after a change, at the one behind it', async () => {
      const { hash: _, ...rest } = { ...entries[3]!, target: 'another post' };
      entries[3] = { ...rest, hash: sha256(canonicalJson(rest)) };
      expect((await walk(entries)).broken).toEqual({
        n: 5,
        reason: `it does not follow on entry 4, whose hash is ${entries[3].hash}`,
      });
    });

    it.each([
      [
        'an entry that is missing',
        (list: AuditEntry[]) => list.splice(4, 1),
        5,
        /the entry is missing; the next one is 6/,
      ],
      [
        'two that changed places',
        (list: AuditEntry[]) => list.splice(4, 2, list[5]!, list[4]!),
        5,
        /missing; the next one is 6/,
      ],
      ['one that was put in', (list: AuditEntry[]) => list.splice(4, 0, list[2]!), 5, /its number is 3/],
    ])('finds %s', async (_, change, n, reason) => {
      change(entries);
      expect((await walk(entries)).broken).toEqual({ n, reason: expect.stringMatching(reason) });
    });

    it('finds an end that was cut off only against a published head', async () => {
      const published = entries[6]!.hash;
      expect((await walk(entries, published)).broken).toBeUndefined();
      const cut = entries.slice(0, 5);
      expect((await walk(cut)).broken).toBeUndefined();
      expect((await walk(cut, published)).broken).toEqual({ n: 6, reason: expect.stringContaining('were cut off') });
    });

    it('does not take a clock that was set back for a break, and says where', async () => {
      const chain = createChain({ store, clock });
      clock.advance(-3_600_000);
      await chain.record({ action: 'read', actor });
      clock.advance(3_600_000);
      await chain.record({ action: 'read', actor });
      expect(await walk(await all())).toMatchObject({ entries: 10, setBack: [9] });
    });
  });
});

describe('what people do to posts', () => {
  const trace = { by: 'u1', byKind: 'user', decision: 'confirm', before: 'b', after: 'a' } as const;
  const decide = async (id: string) => {
    await store.posts.insertMany([row(received(id))]);
    const doc = { ...received(id), version: 2, status: 'confirmed' as const };
    await store.posts.save([{ doc, expectedVersion: 1, events: [reviewedEvent(doc, doc.receivedAt, trace)] }]);
  };
  const follower = () => createFollower({ store, chain: createChain({ store, clock }), log: recordingLog() });

  it('comes from the log into the chain, once, whoever brings it and wherever they were killed', async () => {
    await decide('A');
    await follower().catchUp();
    // Killed after the entry and before the cursor.
    await store.log.setCursor('audit', 0);
    await createChain({ store, clock }).record({ action: 'sign-in', actor });
    await decide('B');
    await Promise.all([follower().catchUp(), follower().catchUp(), follower().catchUp()]);
    const entries = await all();
    expect(entries.map(({ action, target }) => [action, target])).toEqual([
      ['decision', 'A'],
      ['sign-in', undefined],
      ['decision', 'B'],
    ]);
    expect(entries[0]).toMatchObject({ actor, before: 'b', after: 'a', detail: { decision: 'confirm' }, seq: 2 });
    expect((await walk(entries)).broken).toBeUndefined();
  });

  it('is followed as it happens, to the end', async () => {
    const one = follower();
    one.start();
    await decide('A');
    await decide('B');
    await one.catchUp();
    await one.stop();
    expect((await all()).map(({ target }) => target)).toEqual(['A', 'B']);
  });
});
