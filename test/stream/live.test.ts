import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import request from 'supertest';
import type { Change, ClientToServer, ServerToClient } from '../../src/contract/stream.js';
import { startApp, stores } from '../support/app.js';
import type { TestApp } from '../support/app.js';

type Client = Socket<ServerToClient, ClientToServer>;

const ids = (changes: Change[]) => changes.map(({ post }) => post?.id);
const increases = (changes: Change[]) =>
  changes.every(({ cursor }, at) => at === 0 || cursor > changes[at - 1]!.cursor);

describe.each(stores)('the live stream, %s store', (store) => {
  let app: TestApp;
  let key: string;
  const open: Client[] = [];
  beforeAll(async () => {
    app = await startApp({ TOCSIN_STORE: store });
    key = await app.key('read', 'ingest', 'review');
  });
  afterAll(async () => {
    for (const client of open) client.disconnect();
    await app.stop();
  });

  function connect(options: { key?: string; headers?: Record<string, string> }): Client {
    const client: Client = io(app.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      ...(options.key === undefined ? {} : { auth: { key: options.key } }),
      ...(options.headers ? { extraHeaders: options.headers } : {}),
    });
    open.push(client);
    return client;
  }

  /** A console: it follows from a cursor and keeps what it is told. */
  async function follow(cursor: number | undefined) {
    const client = connect({ key });
    const seen: Change[] = [];
    let heard: (() => void) | undefined;
    client.on('changes', (batch) => {
      seen.push(...batch);
      heard?.();
    });
    await once(client as never, 'connect');
    const start = await client.emitWithAck('follow', cursor === undefined ? {} : { cursor });
    if ('error' in start) throw new Error(start.error);
    return {
      client,
      seen,
      from: start.cursor,
      /** Resolves once this many changes were heard. */
      async until(count: number): Promise<Change[]> {
        while (seen.length < count)
          await new Promise<void>((resolve) => {
            heard = resolve;
          });
        return seen;
      },
    };
  }

  const send = async (texts: string[]) => {
    const answer = await request(app.url)
      .post('/v1/posts')
      .set('x-api-key', key)
      .send(texts.map((text) => ({ text })));
    expect(answer.status).toBe(202);
    return (answer.body.results as { id: string }[]).map(({ id }) => id);
  };
  it('tells two consoles what is flagged, and one that went away exactly what it missed', async () => {
    const [stays, leaves] = await Promise.all([follow(undefined), follow(undefined)]);
    const first = await send(['blorven one', 'fine weather', 'blorven two']);
    const flagged = [first[0], first[2]];
    expect(ids(await stays.until(2))).toEqual(flagged);
    expect(ids(await leaves.until(2))).toEqual(flagged);
    expect(stays.seen[0]).toMatchObject({ kind: 'flagged', post: { status: 'open', assessment: { flagged: true } } });

    const gone = once(leaves.client as never, 'disconnect');
    leaves.client.disconnect();
    await gone;
    const missed = await send(Array.from({ length: 700 }, (_, n) => (n % 2 === 0 ? `blorven ${n}` : `fine ${n}`)));
    const decided = first[0]!;
    await app.app.idle();
    const answer = await request(app.url)
      .post(`/v1/posts/${decided}/decision`)
      .set('x-api-key', key)
      .send({ decision: 'not_hate', expectedVersion: 2 });
    expect(answer.status).toBe(200);
    await stays.until(2 + 350 + 1);

    const back = await follow(leaves.seen.at(-1)!.cursor);
    const later = await send(['blorven at last']);
    const caught = await back.until(350 + 1 + 1);
    await stays.until(2 + 350 + 1 + 1);

    const expected = [...missed.filter((_, n) => n % 2 === 0), decided, later[0]];
    expect(ids(caught)).toEqual(expected);
    expect(ids(stays.seen)).toEqual([...flagged, ...expected]);
    expect(caught.at(-2)).toMatchObject({ kind: 'reviewed', post: { status: 'not_hate', version: 3 } });
    expect(increases(stays.seen) && increases([...leaves.seen, ...caught])).toBe(true);
  });

  it('starts where the service said the stream stood', async () => {
    const { cursor } = (await request(app.url).get('/v1/stream/cursor').set('x-api-key', key)).body;
    const [id] = await send(['blorven between']);
    await app.app.idle();
    const late = await follow(cursor);
    expect(ids(await late.until(1))).toEqual([id]);
  });

  const refused = async (client: Client) => {
    const [error] = (await once(client as never, 'connect_error')) as [Error];
    return error.message;
  };

  it('is closed to strangers, to keys that may not read, and to other pages', async () => {
    expect(await refused(connect({}))).toBe('unauthenticated');
    expect(await refused(connect({ key: 'tocsin_wrong' }))).toBe('unauthenticated');
    expect(await refused(connect({ key: await app.key('ingest') }))).toBe('forbidden');
    const cookie = await app.signIn('analyst');
    expect(await refused(connect({ headers: { cookie } }))).toBe('unauthenticated');
    expect(await refused(connect({ headers: { cookie, origin: 'https://evil.example' } }))).toBe('unauthenticated');
  });

  it('is open to people on our own pages', async () => {
    const client = connect({ headers: { cookie: await app.signIn('analyst'), origin: app.url } });
    await once(client as never, 'connect');
    expect(await client.emitWithAck('follow', {})).toEqual({ cursor: expect.any(Number) });
    expect(await client.emitWithAck('follow', { cursor: -1 })).toEqual({ error: expect.any(String) });
  });

  it('says goodbye when the service stops', async () => {
    const other = await startApp({ TOCSIN_STORE: 'memory' });
    const client: Client = io(other.url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      auth: { key: await other.key('read') },
    });
    await once(client as never, 'connect');
    const gone = once(client as never, 'disconnect');
    await other.stop();
    await gone;
    expect(client.connected).toBe(false);
  });
});
