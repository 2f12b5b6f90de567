import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { problem } from '../../src/contract/answers.js';
import { startApp, stores } from '../support/app.js';
import type { TestApp } from '../support/app.js';

type Method = 'get' | 'post' | 'put' | 'delete';

describe.each(stores)('who may do what, %s store', (store) => {
  let app: TestApp;
  let routes: { method: Method; path: string; open: boolean; people: boolean }[];

  beforeAll(async () => {
    app = await startApp({ TOCSIN_STORE: store });
    const document = (await request(app.url).get('/openapi.json')).body as {
      paths: Record<string, Record<string, { security: object[] }>>;
    };
    routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { security }]) => ({
        method: method as Method,
        path: path.replace('{id}', 'nobody'),
        open: security.length === 0,
        people: security.length === 1,
      })),
    );
  });
  afterAll(() => app.stop());

  it('knows its routes', () => {
    expect(routes.filter(({ open }) => !open).length).toBeGreaterThanOrEqual(18);
    expect(routes.filter(({ open }) => open).map(({ path }) => path)).toEqual(['/healthz', '/readyz']);
  });

  it('answers 401 everywhere to nobody, to a wrong key and to a wrong cookie', async () => {
    for (const { method, path, open } of routes) {
      if (open) continue;
      for (const headers of [
        {},
        { authorization: 'Bearer tocsin_wrong' },
        { 'x-api-key': 'tocsin_wrong' },
        { authorization: 'Bearer ' },
        { cookie: 'tocsin.session_token=wrong.signature' },
      ]) {
        const answer = await request(app.url)[method](path).set(headers);
        expect([method, path, headers, answer.status]).toEqual([method, path, headers, 401]);
        expect(answer.headers['content-type']).toContain('application/problem+json');
        expect(answer.headers['www-authenticate']).toContain('Bearer');
        expect(problem.parse(answer.body)).toMatchObject({ code: 'unauthenticated', status: 401 });
      }
    }
  });

  it('answers 401 under /v1 also where there is nothing', async () => {
    for (const path of ['/v1', '/v1/nothing', '/v1/posts/a/b'])
      expect((await request(app.url).get(path)).status).toBe(401);
    expect((await request(app.url).patch('/v1/posts')).status).toBe(401);
  });

  it('does not let a cookie make up for a wrong key', async () => {
    const cookie = await app.signIn('admin');
    expect((await request(app.url).get('/v1/posts').set({ cookie })).status).toBe(200);
    expect((await request(app.url).get('/v1/posts').set({ cookie, authorization: 'Bearer tocsin_x' })).status).toBe(
      401,
    );
  });

  it('answers 403 to a key without the scope, and names it', async () => {
    const reader = await app.key('read');
    const sender = await app.key('ingest');
    const denied = async (method: Method, path: string, key: string, what: string) => {
      const answer = await request(app.url)[method](path).set('authorization', `Bearer ${key}`);
      expect([method, path, answer.status, answer.body.detail]).toEqual([method, path, 403, what]);
    };
    await denied('post', '/v1/posts', reader, 'This key lacks the scope ingest');
    await denied('post', '/v1/uploads', reader, 'This key lacks the scope ingest');
    await denied('post', '/v1/classify', reader, 'This key lacks the scope classify');
    await denied('post', '/v1/posts/x/decision', reader, 'This key lacks the scope review');
    await denied('get', '/v1/posts', sender, 'This key lacks the scope read');
    await denied('get', '/v1/stream/cursor', sender, 'This key lacks the scope read');
  });

  it('keeps what is for people from keys of every scope', async () => {
    const key = await app.key('classify', 'ingest', 'read', 'review');
    const forPeople = routes.filter(({ people }) => people);
    expect(forPeople.length).toBeGreaterThanOrEqual(6);
    for (const { method, path } of forPeople) {
      const answer = await request(app.url)[method](path).set('x-api-key', key);
      expect([method, path, answer.status]).toEqual([method, path, 403]);
    }
  });

  it('keeps administration from moderators and analysts', async () => {
    for (const role of ['moderator', 'analyst'] as const) {
      const cookie = await app.signIn(role);
      const origin = app.url;
      expect((await request(app.url).get('/v1/keys').set({ cookie })).status).toBe(403);
      expect((await request(app.url).delete('/v1/keys/x').set({ cookie, origin })).status).toBe(403);
      expect((await request(app.url).post('/v1/keys').set({ cookie, origin }).send({})).status).toBe(403);
      expect((await request(app.url).delete('/v1/demo').set({ cookie, origin })).status).toBe(403);
    }
  });

  it('lets analysts look and not decide or bring in', async () => {
    const cookie = await app.signIn('analyst');
    const origin = app.url;
    expect((await request(app.url).get('/v1/posts').set({ cookie })).status).toBe(200);
    const decided = await request(app.url).post('/v1/posts/x/decision').set({ cookie, origin }).send({});
    expect([decided.status, decided.body.detail]).toEqual([403, 'This account may not review']);
    expect((await request(app.url).post('/v1/posts').set({ cookie, origin }).send({ text: 'x' })).status).toBe(403);
  });

  it('refuses changes by cookie from other pages', async () => {
    const cookie = await app.signIn('admin');
    const send = (headers: Record<string, string>) =>
      request(app.url)
        .post('/v1/classify')
        .set({ cookie, ...headers })
        .send({ text: 'hello' });
    const { host } = new URL(app.url);
    for (const good of [{ origin: app.url }, { 'sec-fetch-site': 'same-origin' }, { origin: `https://${host}` }])
      expect([good, (await send(good)).status]).toEqual([good, 200]);
    for (const bad of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site', origin: app.url },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ])
      expect([bad, (await send(bad)).status]).toEqual([bad, 403]);
  });
});
