import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { fixedClock } from '../../src/base/clock.js';
import { createSessionCache } from '../../src/http/sessions.js';
import { cookieOf, startApp, stores } from '../support/app.js';
import type { TestApp } from '../support/app.js';

const verify = (link: string) => request(link).get('');

describe.each(stores)('signing in, %s store', (store) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ TOCSIN_STORE: store });
  });
  afterAll(() => app.stop());

  const session = (cookie: string) => request(app.url).get('/v1/session').set({ cookie });

  it('works once with the link told at start', async () => {
    const first = await verify(app.signInLink);
    expect([first.status, first.headers['location']]).toEqual([302, `${app.url}/`]);
    const [cookie = ''] = first.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).not.toMatch(/; Secure/);
    const { status, body } = await session(cookieOf(first));
    expect([status, body]).toEqual([
      200,
      { user: { id: expect.any(String), name: 'Administrator', email: 'admin@tocsin.local', role: 'admin' } },
    ]);

    const again = await verify(app.signInLink);
    expect(again.headers['location']).toBe(`${app.url}/sign-in?error=INVALID_TOKEN`);
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  it('does not lead to other places after it', async () => {
    const link = new URL(await app.accounts.users.link('admin@tocsin.local'));
    link.searchParams.set('callbackURL', 'https://evil.example/');
    const answer = await verify(link.href);
    expect(answer.status).toBe(403);
    expect(answer.headers['location']).toBeUndefined();
  });

  it('gives each role to whom it was given, and ends with signing out', async () => {
    await app.accounts.users.add({ name: 'Mo', email: 'Mo@Example.org', role: 'moderator' });
    const cookie = cookieOf(await verify(await app.accounts.users.link('mo@example.org')));
    expect((await session(cookie)).body.user).toMatchObject({ name: 'Mo', role: 'moderator', email: 'mo@example.org' });
    const out = await request(app.url).post('/api/auth/sign-out').set({ cookie, origin: app.url }).send({});
    expect(out.status).toBe(200);
    expect((await session(cookie)).status).toBe(401);
  });

  it('offers a password once one is set, and asks for it to change it', async () => {
    const { email } = await app.accounts.users.add({ name: 'Pat', email: 'pat@example.org', role: 'analyst' });
    const cookie = cookieOf(await verify(await app.accounts.users.link(email)));
    const put = (of: string, body: object) =>
      request(app.url).put('/v1/session/password').set({ cookie: of, origin: app.url }).send(body);
    const enter = (password: string) =>
      request(app.url).post('/api/auth/sign-in/email').set({ origin: app.url }).send({ email, password });

    expect((await enter('a long enough one')).status).toBe(401);
    const short = await put(cookie, { next: 'short' });
    expect([short.status, short.body.fields[0].field]).toEqual([422, 'next']);
    const early = await put(cookie, { current: 'what it never was', next: 'a long enough one' });
    expect([early.status, early.body.fields[0].field]).toEqual([422, 'current']);
    expect((await put(cookie, { next: 'a long enough one' })).status).toBe(204);
    const other = await enter('a long enough one');
    expect(other.status).toBe(200);

    const without = await put(cookie, { next: 'another long one' });
    expect([without.status, without.body.fields]).toEqual([
      422,
      [{ field: 'current', expected: 'the present password: this account has one' }],
    ]);
    const wrong = await put(cookie, { current: 'not the present one', next: 'another long one' });
    expect([wrong.status, wrong.body.fields]).toEqual([422, [{ field: 'current', expected: 'the present password' }]]);
    const changed = await put(cookie, { current: 'a long enough one', next: 'another long one' });
    expect(changed.status).toBe(204);
    expect((await session(cookieOf(changed))).status).toBe(200);
    // The other sessions are over.
    expect((await session(cookieOf(other))).status).toBe(401);
  });

  it('ends with the person being removed', async () => {
    await app.accounts.users.add({ name: 'Gone', email: 'gone@example.org', role: 'admin' });
    const cookie = cookieOf(await verify(await app.accounts.users.link('gone@example.org')));
    expect((await session(cookie)).status).toBe(200);
    await app.accounts.users.remove('gone@example.org');
    expect((await session(cookie)).status).toBe(401);
    expect((await request(app.url).get('/v1/keys').set({ cookie })).status).toBe(401);
  });
});

describe('strangers', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ TOCSIN_STORE: 'memory' });
  });
  afterAll(() => app.stop());

  it.each([
    ['post', '/api/auth/sign-up/email', { name: 'x', email: 'x@example.org', password: 'long enough for it' }],
    ['post', '/api/auth/sign-in/magic-link', { email: 'admin@tocsin.local' }],
    ['post', '/api/auth/request-password-reset', { email: 'admin@tocsin.local' }],
    ['get', '/api/auth/admin/list-users', undefined],
    ['post', '/api/auth/admin/create-user', { name: 'x', email: 'x@example.org', role: 'admin' }],
    ['post', '/api/auth/admin/impersonate-user', { userId: 'x' }],
    ['post', '/api/auth/change-password', { currentPassword: 'x', newPassword: 'y' }],
    ['get', '/api/auth/reference', undefined],
  ] as const)('find nothing at %s %s', async (method, path, body) => {
    const answer = await request(app.url)[method](path).set({ origin: app.url }).send(body);
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
  });

  it('cannot sign others in from their own pages', async () => {
    const answer = await request(app.url)
      .post('/api/auth/sign-in/email')
      .set({ origin: 'https://evil.example', cookie: 'a=b' })
      .send({ email: 'admin@tocsin.local', password: 'a guess of some length' });
    expect(answer.status).toBe(403);
  });
});

describe('guessing', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ TOCSIN_STORE: 'memory' });
  });
  afterAll(() => app.stop());

  it('cannot guess for long', async () => {
    const attempts = await Promise.all(
      Array.from({ length: 12 }, () =>
        request(app.url)
          .post('/api/auth/sign-in/email')
          // A header that anybody can write does not make another address.
          .set({ origin: app.url, 'x-forwarded-for': `10.0.0.${Math.random()}` })
          .send({ email: 'admin@tocsin.local', password: 'a guess of some length' }),
      ),
    );
    const statuses = attempts.map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    const refused = attempts.find(({ status }) => status === 429);
    expect(refused?.body.code).toBe('too_many_requests');
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('behind https', () => {
  it('marks cookies Secure and makes links of the public address', async () => {
    const app = await startApp({ TOCSIN_STORE: 'memory', TOCSIN_PUBLIC_URL: 'https://tocsin.example.org/' });
    try {
      expect(app.publicUrl).toBe('https://tocsin.example.org');
      const link = new URL(app.signInLink);
      expect(link.origin).toBe('https://tocsin.example.org');
      const local = app.url;
      const answer = await request(local).get(link.pathname + link.search);
      const [cookie = ''] = answer.headers['set-cookie'] as unknown as string[];
      expect(cookie).toMatch(/^__Secure-tocsin\.session_token=.*; Secure/);
      expect(answer.headers['strict-transport-security']).toContain('max-age=');
      const headers = { cookie: cookieOf(answer) };
      expect((await request(local).get('/v1/session').set(headers)).status).toBe(200);
      const post = (origin: string) =>
        request(local)
          .post('/v1/classify')
          .set({ ...headers, origin })
          .send({ text: 'x' });
      expect((await post('https://tocsin.example.org')).status).toBe(200);
      expect((await post('https://tocsin.example.org.evil.example')).status).toBe(403);
    } finally {
      await app.stop();
    }
  });
});

describe('in production', () => {
  it('tells a link at start only until somebody has signed in', async () => {
    const first = await startApp({ TOCSIN_PRODUCTION: 'on' });
    const again = async (work: (app: TestApp) => Promise<void>) => {
      const app = await startApp({ TOCSIN_PRODUCTION: 'on', TOCSIN_HOME: first.config.home });
      try {
        await work(app);
      } finally {
        await app.stop();
      }
    };
    try {
      expect(first.signInLink).not.toBe('');
      await first.app.stop();
      await again(async ({ signInLink }) => {
        expect((await request(signInLink).get('')).status).toBe(302);
      });
      await again(async ({ signInLink }) => expect(signInLink).toBe(''));
    } finally {
      await first.stop();
    }
  });
});

describe('the memory of sessions', () => {
  const view = { user: { id: 'u', name: 'n', email: 'e', role: 'admin' as const } };
  const cookie = 'other=1; tocsin.session_token=abc';

  it('asks once in a while, and again after it was cleared', async () => {
    const clock = fixedClock(0);
    let asked = 0;
    const cache = createSessionCache({ clock, cookie: 'tocsin.session_token', lookup: async () => (asked++, view) });
    for (let i = 0; i < 3; i++) expect(await cache.get({ cookie })).toBe(view);
    expect(asked).toBe(1);
    clock.advance(5_000);
    await cache.get({ cookie });
    expect(asked).toBe(2);
    cache.clear();
    await cache.get({ cookie });
    expect(asked).toBe(3);
  });

  it('does not keep what was looked up before it was cleared', async () => {
    const answers = [Promise.withResolvers<typeof view>(), Promise.withResolvers<undefined>()];
    let asked = 0;
    const lookup = () => answers[asked++]!.promise;
    const cache = createSessionCache({ clock: fixedClock(0), cookie: 'tocsin.session_token', lookup });
    const before = cache.get({ cookie });
    cache.clear();
    answers[0]!.resolve(view as never);
    answers[1]!.resolve(undefined as never);
    expect(await before).toBe(view);
    expect(await cache.get({ cookie })).toBeUndefined();
  });

  it('asks nothing without the cookie', async () => {
    const asked: unknown[] = [];
    const cache = createSessionCache({
      clock: fixedClock(0),
      cookie: 'tocsin.session_token',
      lookup: async (headers) => void asked.push(headers),
    });
    expect(await cache.get({})).toBeUndefined();
    expect(await cache.get({ cookie: 'tocsin.session_tokens=1; x' })).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
