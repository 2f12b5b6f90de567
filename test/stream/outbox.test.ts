import { describe, expect, it } from '@jest/globals';
import { fixedClock } from '../../src/base/clock.js';
import { assessedEvent } from '../../src/contract/event.js';
import type { Change } from '../../src/contract/stream.js';
import { createOutbox } from '../../src/stream/outbox.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/port.js';
import { assessed, noon, received, row } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';

async function setup() {
  const store = await openStore({ driver: 'memory', path: '', clock: fixedClock(noon), log: recordingLog() });
  const stop = new AbortController();
  return { store, stop, outbox: createOutbox({ store, log: recordingLog(), signal: stop.signal }) };
}

async function flag(store: Store, id: string, score = 50): Promise<void> {
  const post = received(id);
  await store.posts.insertMany([row(post)]);
  const doc = assessed(post, { score });
  await store.posts.save([{ doc, expectedVersion: 1, events: [assessedEvent(doc, post.receivedAt)] }]);
}

/** A client that keeps what it gets and lets a test wait for the n-th change. */
function client() {
  const got: Change[] = [];
  const waiting: { n: number; resolve: () => void }[] = [];
  return {
    got,
    send(batch: Change[]) {
      got.push(...batch);
      for (const one of waiting) if (got.length >= one.n) one.resolve();
    },
    received: (n: number) =>
      new Promise<void>((resolve) => (got.length >= n ? resolve() : waiting.push({ n, resolve }))),
    ids: () => got.map((change) => change.post?.id),
  };
}

describe('the outbox', () => {
  it('sends only flagged posts and only from now on to a client without a cursor', async () => {
    const { store, outbox } = await setup();
    await flag(store, 'before');
    const a = client();
    await outbox.follow(undefined, a.send).cursor;
    await flag(store, 'quiet', 0);
    await flag(store, 'loud');
    await a.received(1);
    expect(a.ids()).toEqual(['loud']);
  });

  it('gives a client that was away exactly what it missed, then goes on live', async () => {
    const { store, outbox } = await setup();
    const a = client();
    const first = outbox.follow(0, a.send);
    await flag(store, 'p1');
    await a.received(1);
    first.close();
    await flag(store, 'p2');
    await flag(store, 'p3');
    const b = client();
    outbox.follow(a.got.at(-1)!.cursor, b.send);
    await b.received(2);
    await flag(store, 'p4');
    await b.received(3);
    expect(a.ids()).toEqual(['p1']);
    expect(b.ids()).toEqual(['p2', 'p3', 'p4']);
    const cursors = b.got.map((change) => change.cursor);
    expect(cursors).toEqual([...cursors].sort((x, y) => x - y));
  });

  it('leaves no gap and no repeat while posts pour in during the backfill', async () => {
    const { store, outbox } = await setup();
    for (let i = 0; i < 1_200; i++) await flag(store, `old${i}`);
    const a = client();
    outbox.follow(0, a.send);
    for (let i = 0; i < 300; i++) await flag(store, `new${i}`);
    await a.received(1_500);
    expect(new Set(a.ids()).size).toBe(1_500);
    expect(a.got).toHaveLength(1_500);
  });

  it('serves many clients the same', async () => {
    const { store, outbox } = await setup();
    const clients = Array.from({ length: 20 }, client);
    for (const one of clients) outbox.follow(0, one.send);
    for (let i = 0; i < 10; i++) await flag(store, `p${i}`);
    await Promise.all(clients.map((one) => one.received(10)));
    for (const one of clients) expect(one.ids()).toEqual(clients[0]!.ids());
  });
});
