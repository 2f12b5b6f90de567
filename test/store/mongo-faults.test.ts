import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { fixedClock } from '../../src/base/clock.js';
import { assessedEvent } from '../../src/contract/event.js';
import { postStatuses } from '../../src/contract/post.js';
import type { Post } from '../../src/contract/post.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/port.js';
import { missingMongo, mongo } from '../support/mongo.js';
import { assessed, at, noon, received, row } from '../support/posts.js';
import { seededRandom } from '../support/random.js';
import { recordingLog } from '../support/recording-log.js';
import { describeNeeding } from '../support/require.js';
import { wire } from '../support/wire.js';
import type { Wire } from '../support/wire.js';

describeNeeding('MongoDB that is lost', missingMongo(), () => {
  let server: Awaited<ReturnType<typeof mongo>>;
  let line: Wire;
  let databases = 0;
  let url: string;
  beforeAll(async () => {
    server = await mongo();
    line = await wire(Number(new URL(server.url('x')).port));
  });
  afterAll(async () => {
    await line.close();
    await server.stop();
  });
  beforeEach(() => {
    line.mend();
    const address = new URL(server.url(`tocsin_faults_${process.pid}_${databases++}`));
    address.port = String(line.port);
    url = String(address);
  });
  const opened: Store[] = [];
  const open = async () => {
    const store = await openStore({ driver: 'mongo', path: '', url, clock: fixedClock(noon), log: recordingLog() });
    opened.push(store);
    return store;
  };
  afterEach(async () => {
    line.mend();
    for (const store of opened.splice(0)) await store.close();
  });

  it('is said in one sentence, without the password, when it is not there at the start', async () => {
    line.cut();
    const opening = openStore({
      driver: 'mongo',
      path: '',
      url: url.replace('//', '//tocsin:geheim@'),
      clock: fixedClock(noon),
      log: recordingLog(),
    });
    await expect(opening).rejects.toMatchObject({
      code: 'store_unavailable',
      message: expect.stringMatching(/^The store at mongodb:\/\/127\.0\.0\.1:\d+\/\w+ cannot be used: /),
    });
    await expect(opening).rejects.not.toMatchObject({ message: expect.stringContaining('geheim') });
  });

  it('makes every request fail with store_unavailable until it is back', async () => {
    const store = await open();
    await store.posts.insertMany([row(received('A'))]);
    line.cut();
    const gone = { code: 'store_unavailable', status: 503 };
    await Promise.all(
      [
        store.posts.get('A'),
        store.posts.insertMany([row(received('B'))]),
        store.posts.page({ filter: {}, order: 'newest', limit: 1 }),
        store.posts.counts(),
        store.log.read(0, 1),
        store.keys.list(),
        store.settings.set('s', 1),
        store.idempotency.get('p', 'k'),
      ].map((asked) => expect(asked).rejects.toMatchObject(gone)),
    );
    line.mend();
    expect(await store.posts.get('A')).toEqual(received('A'));
    await store.posts.insertMany([row(received('C'))]);
    expect(await store.posts.counts()).toMatchObject({ received: 2 });
  });

  it('takes up what another process left in its outboxes', async () => {
    const store = await open();
    const post = received('A');
    await store.posts.insertMany([row(post)]);
    // What a process leaves that ended after its write and before the log.
    const database = (store as Store & { database: { collection(name: string): Outboxes } }).database;
    const next = assessed(post, { score: 1 });
    const entry = {
      round: 99,
      at: 0,
      id: 'assessed:A:2',
      type: 'assessed',
      time: at(1),
      postId: 'A',
      data: '{}',
      origin: 'A:2',
      move: { from: 'main received', to: 'main open' },
    };
    await database
      .collection('posts')
      .updateOne(
        { _id: 'A' },
        { $set: { version: 2, status: 'open', doc: JSON.stringify(next), pending: 99, outbox: [entry] } },
      );
    expect(await store.log.head()).toBe(1);
    const again = await open();
    expect((await again.log.read(0, 9)).map(({ id }) => id)).toEqual(['received:A', 'assessed:A:2']);
    expect(await again.posts.counts()).toMatchObject({ received: 0, open: 1 });
    expect(await again.posts.get('A')).toEqual(next);
  });

  it('takes a key over from a process that ended between the claim and the post', async () => {
    const store = await open();
    const database = (store as Store & { database: { collection(name: string): Outboxes } }).database;
    await database.collection('claims').insertOne({ _id: '"k"', post: 'GONE' });
    expect(await store.posts.insertMany([row(received('B'), ['k'])])).toEqual([{ id: 'B', duplicate: false }]);
    expect(await store.posts.insertMany([row(received('C'), ['k'])])).toEqual([{ id: 'B', duplicate: true }]);
    // Should that process live after all, its post finds its place taken, and is told whose it is.
    await expect(store.posts.insertMany([row(received('GONE'), ['k'])])).resolves.toEqual([
      { id: 'B', duplicate: true },
    ]);
    expect(await store.posts.get('GONE')).toBeUndefined();
    expect((await store.posts.page({ filter: {}, order: 'newest', limit: 9 })).items).toHaveLength(1);
  });

  it('lets two processes write at once without a gap, a repeat or a loss', async () => {
    const stores = await Promise.all([open(), open()]);
    const seen: number[] = [];
    const writing = stores.map(async (store, who) => {
      for (let n = 0; n < 12; n++) {
        const outcomes = await store.posts.insertMany([
          row(received(`${who}-${n}`), [`own ${who} ${n}`]),
          row(received(`shared-${who}-${n}`), [`shared ${n}`]),
        ]);
        expect(outcomes[0]).toEqual({ id: `${who}-${n}`, duplicate: false });
      }
    });
    let reading = true;
    const follower = (async () => {
      for (let after = 0; ;) {
        const last = !reading;
        for (const { seq } of await stores[0].log.read(after, 5)) {
          seen.push(seq);
          after = seq;
        }
        if (last && after === (await stores[0].log.head())) return;
      }
    })();
    await Promise.all(writing);
    reading = false;
    await follower;
    // 24 of their own, and of each shared key exactly one.
    expect(seen).toEqual(Array.from({ length: 36 }, (_, at) => at + 1));
    expect(await stores[1].posts.counts()).toMatchObject({ received: 36 });
  });

  it('leaves nothing by halves when the wire is cut anywhere, and loses nothing it acknowledged', async () => {
    const random = seededRandom(7);
    const acknowledged = new Set<string>();
    const decided = new Set<string>();
    const store = await open();
    let failures = 0;
    for (let cuts = 0; cuts < 25; cuts++) {
      line.cut(random.int(14_000));
      for (let n = 0; !line.broken && n < 200; n++) {
        const batch = [0, 1, 2].map((at) => received(`${cuts}-${n}-${at}`));
        try {
          const outcomes = await store.posts.insertMany(batch.map((post) => row(post, [`key ${post.id}`])));
          for (const { id } of outcomes) acknowledged.add(id);
          const docs = batch.map((post) => assessed(post, { score: 0.5 }));
          await store.posts.save(docs.map((doc) => ({ doc, expectedVersion: 1, events: [assessedEvent(doc, at(n))] })));
          for (const { id } of docs) decided.add(id);
        } catch (error) {
          expect(error).toMatchObject({ code: 'store_unavailable' });
          failures++;
        }
      }
      line.mend();
    }
    expect(failures).toBeGreaterThanOrEqual(20);
    // One more write: what a broken round left is in the log before it.
    await store.posts.insertMany([row(received('last'))]);

    const { items } = await store.posts.page({ filter: {}, order: 'newest', limit: 100_000 });
    const posts = new Map(items.map((post) => [post.id, post]));
    for (const id of acknowledged) expect(posts.has(id)).toBe(true);
    for (const id of decided) expect(posts.get(id)?.version).toBe(2);
    const events = await store.log.read(0, 100_000);
    const expected = items.flatMap(({ id, version }) =>
      version === 2 ? [`received:${id}`, `assessed:${id}:2`] : [`received:${id}`],
    );
    expect(events.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
    const counted = (status: Post['status']) => items.filter((post) => post.status === status).length;
    expect(await store.posts.counts()).toEqual(
      Object.fromEntries(postStatuses.map((status) => [status, counted(status)])),
    );
    // Sent again with their keys, those that were written without an answer come back as duplicates.
    const unsure = items.filter(({ id }) => !acknowledged.has(id) && id !== 'last').slice(0, 20);
    const again = await store.posts.insertMany(unsure.map(({ id }) => row(received(`again ${id}`), [`key ${id}`])));
    expect(again).toEqual(unsure.map(({ id }) => ({ id, duplicate: true })));
  });
});

interface Outboxes {
  updateOne(filter: object, update: object): Promise<unknown>;
  insertOne(doc: object): Promise<unknown>;
}
