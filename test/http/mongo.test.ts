import { afterAll, beforeAll, expect, it } from '@jest/globals';
import request from 'supertest';
import { problem } from '../../src/contract/answers.js';
import { post as postSchema } from '../../src/contract/post.js';
import { startApp } from '../support/app.js';
import type { TestApp } from '../support/app.js';
import { missingMongo, mongo } from '../support/mongo.js';
import { describeNeeding } from '../support/require.js';
import { wire } from '../support/wire.js';
import type { Wire } from '../support/wire.js';

describeNeeding('the service on MongoDB', missingMongo(), () => {
  let server: Awaited<ReturnType<typeof mongo>>;
  let line: Wire;
  let app: TestApp;
  let key: string;
  const start = () => {
    const url = new URL(server.url(`tocsin_http_${process.pid}`));
    url.port = String(line.port);
    return startApp({ TOCSIN_STORE: 'mongo', TOCSIN_MONGO_URL: String(url) });
  };
  beforeAll(async () => {
    server = await mongo();
    line = await wire(Number(new URL(server.url('x')).port || '27017'));
    app = await start();
    key = await app.key('ingest', 'read');
  });
  afterAll(async () => {
    line.mend();
    await app.stop();
    await line.close();
    await server.stop();
  });

  const send = (text: string, externalId: string) =>
    request(app.url).post('/v1/posts').set({ 'x-api-key': key }).send({ text, externalId });
  const ask = (path: string) => request(app.url).get(path).set({ 'x-api-key': key });

  it('takes a post, assesses it, finds it and takes a decision of somebody signed in', async () => {
    const sent = await send('They are blorvens, all of them.', 'one');
    expect([sent.status, sent.body.outcome]).toEqual([202, 'accepted']);
    await app.app.idle();
    const found = await ask('/v1/posts?q=blorvens&status=open&order=priority');
    expect(found.body.items).toMatchObject([{ id: sent.body.id, status: 'open', version: 2 }]);
    const decided = await request(app.url)
      .post(`/v1/posts/${sent.body.id}/decision`)
      .set({ cookie: await app.signIn('moderator'), origin: app.url })
      .send({ decision: 'confirm', level: 'intermediate', expectedVersion: 2 });
    expect([decided.status, decided.body.status]).toEqual([200, 'confirmed']);
    expect((await ask('/v1/posts/counts')).body).toMatchObject({ received: 0, open: 0, confirmed: 1 });
    expect((await send('the same once more', 'one')).body).toEqual({ id: sent.body.id, outcome: 'duplicate' });
  });

  it('answers 503 with Retry-After while MongoDB is away, and goes on by itself', async () => {
    const before = await send('Good morning.', 'two');
    expect(before.status).toBe(202);
    await app.app.idle();
    line.cut();
    for (const answer of await Promise.all([send('lost', 'three'), ask('/v1/posts'), ask('/readyz')])) {
      expect([answer.status, answer.type]).toEqual([503, 'application/problem+json']);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(problem.parse(answer.body)).toMatchObject({
        code: 'store_unavailable',
        detail: 'The store cannot be reached',
      });
    }
    line.mend();
    const after = await send('back again', 'three');
    expect([after.status, after.body.outcome]).toEqual([202, 'accepted']);
    await app.app.idle();
    expect(postSchema.parse((await ask(`/v1/posts/${after.body.id}`)).body)).toMatchObject({ status: 'unflagged' });
    expect((await ask('/v1/posts/counts')).body).toMatchObject({ received: 0, unflagged: 2, confirmed: 1 });
  });

  it('finds everything again after a restart, people and keys included', async () => {
    const cookie = await app.signIn('analyst');
    await app.app.stop();
    const home = app.config.home;
    const next = await startApp({
      TOCSIN_STORE: 'mongo',
      TOCSIN_MONGO_URL: app.config.mongoUrl,
      TOCSIN_HOME: home,
    });
    try {
      expect((await request(next.url).get('/v1/posts').set({ 'x-api-key': key })).body.items).toHaveLength(3);
      const session = await request(next.url).get('/v1/session').set({ cookie });
      expect([session.status, session.body.user?.role]).toEqual([200, 'analyst']);
    } finally {
      await next.stop();
    }
  });
});
