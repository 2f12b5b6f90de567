import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { fixedClock } from '../../src/base/clock.js';
import { AppError } from '../../src/base/errors.js';
import { demoView, taxonomyView } from '../../src/contract/answers.js';
import { consoleFiles } from '../../src/http/console.js';
import { errorHandler } from '../../src/http/errors.js';
import { rateLimit } from '../../src/http/rate-limit.js';
import { startApp, stores } from '../support/app.js';
import type { TestApp } from '../support/app.js';
import { recordingLog } from '../support/recording-log.js';

describe.each(stores)('the service, %s store', (store) => {
  let app: TestApp;
  let key: string;
  beforeAll(async () => {
    app = await startApp({ TOCSIN_STORE: store });
    key = await app.key('read', 'ingest');
  });
  afterAll(() => app.stop());
  const get = (path: string) => request(app.url).get(path).set({ 'x-api-key': key });

  it('says that it is alive and ready', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const { status, body } = await request(app.url).get(path);
      expect([path, status, body]).toEqual([path, 200, { status: 'ok', version: app.config.version }]);
    }
  });

  it('answers 405 with what is allowed, and 404 where there is nothing', async () => {
    const wrong = await request(app.url).delete('/v1/posts').set({ 'x-api-key': key });
    expect([wrong.status, wrong.headers['allow'], wrong.body.code]).toEqual([
      405,
      'POST, GET, HEAD',
      'method_not_allowed',
    ]);
    expect((await request(app.url).post('/healthz')).status).toBe(405);
    for (const path of ['/v1/nothing', '/v1/posts/a/b/c', '/v1/posts/%zz']) {
      const answer = await get(path);
      expect([path, answer.body.code]).toEqual([path, path.endsWith('%zz') ? 'malformed_body' : 'not_found']);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
    expect((await request(app.url).get('/api/nothing')).body.code).toBe('not_found');
  });

  it('sets headers that keep browsers from harm, and does not name its parts', async () => {
    const { headers } = await request(app.url).get('/healthz');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
    expect(headers['x-request-id']).toMatch(/^[0-9A-Z]{26}$/);
    for (const absent of ['x-powered-by', 'strict-transport-security', 'access-control-allow-origin'])
      expect(headers).not.toHaveProperty(absent);
    expect((await get('/v1/posts')).headers['cache-control']).toBe('no-store');
  });

  it('describes itself', async () => {
    const { status, body } = await request(app.url).get('/openapi.json');
    expect([status, body.openapi, body.info.version]).toEqual([200, '3.1.0', app.config.version]);
    const create = body.paths['/v1/posts'].post;
    expect(Object.keys(create.requestBody.content)).toEqual(['application/json', 'application/x-ndjson']);
    expect(create.requestBody.content['application/x-ndjson'].schema).toMatchObject({
      type: 'object',
      required: ['text'],
      additionalProperties: false,
    });
    expect(create.parameters).toEqual([
      expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: false }),
    ]);
    const list = body.paths['/v1/posts'].get;
    expect(list.parameters.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['status', 'cursor', 'limit']),
    );
    expect(list.responses[200].content['application/json'].schema.properties.items.type).toBe('array');
    expect(body.paths['/v1/posts/{id}'].get.parameters[0]).toMatchObject({ name: 'id', in: 'path', required: true });
    const ids = Object.values<Record<string, { operationId: string }>>(body.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining(['getPostsById', 'postPostsByIdDecision', 'deleteKeysById', 'putSessionPassword']),
    );
  });

  it('names what the ids mean', async () => {
    const view = taxonomyView.parse((await get('/v1/taxonomy')).body);
    expect(view.groups.find(({ id }) => id === 'X.mig.refugee')?.names['eng']).toBe('Refugees');
    expect(view.levels.map(({ id }) => id)).toEqual(['none', 'bottom', 'intermediate', 'top-candidate', 'top']);
    expect(view.categories.length).toBeGreaterThan(10);
    expect(view.functions.length).toBeGreaterThan(0);
    const grounds = new Set(view.grounds.map(({ id }) => id));
    expect(view.groups.every(({ ground }) => grounds.has(ground))).toBe(true);
  });

  it('says where the stream stands', async () => {
    const before = (await get('/v1/stream/cursor')).body.cursor;
    await request(app.url).post('/v1/posts').set({ 'x-api-key': key }).send({ text: 'x' });
    expect((await get('/v1/stream/cursor')).body.cursor).toBeGreaterThan(before);
  });

  it('says whether there is a demo', async () => {
    expect(demoView.parse((await get('/v1/demo')).body)).toEqual({ active: false, posted: 0 });
  });

  it('never tells a client what failed inside', async () => {
    const log = recordingLog();
    const failing = express();
    failing.get('/', () => {
      throw new Error('the table posts has no column secret');
    });
    failing.use(errorHandler(log));
    const answer = await request(failing).get('/');
    expect([answer.status, answer.body.code]).toEqual([500, 'internal']);
    expect(answer.text).not.toContain('column');
    expect(log.lines).toMatchObject([{ level: 'error', message: 'request failed' }]);
  });
});

describe('too much at once', () => {
  it('answers 503 with Retry-After while too many posts wait, and takes more afterwards', async () => {
    const app = await startApp({ TOCSIN_STORE: 'memory', TOCSIN_MAX_WAITING: '20' });
    try {
      const key = await app.key('ingest');
      const send = (count: number) =>
        request(app.url)
          .post('/v1/posts')
          .set({ 'x-api-key': key })
          .send(Array.from({ length: count }, () => ({ text: 'x' })));
      // Any one of these fills the house; whichever comes before it is worked off is refused.
      const answers = await Promise.all(Array.from({ length: 20 }, () => send(500)));
      const refused = answers.filter(({ status }) => status === 503);
      expect(refused.length).toBeGreaterThan(0);
      expect(refused[0]!.body.code).toBe('overloaded');
      expect(Number(refused[0]!.headers['retry-after'])).toBeGreaterThan(0);
      await app.app.idle();
      let last = await send(10);
      // The door looks again when it was knocked at.
      while (last.status === 503) last = await send(10);
      expect(last.status).toBe(202);
    } finally {
      await app.stop();
    }
  });
});

describe('two services in one process', () => {
  it('live side by side and know nothing of each other', async () => {
    const [one, two] = await Promise.all([startApp(), startApp()]);
    try {
      const key = await one.key('ingest', 'read');
      const sent = await request(one.url).post('/v1/posts').set({ 'x-api-key': key }).send({ text: 'x' });
      expect(sent.status).toBe(202);
      expect((await request(two.url).get('/v1/posts').set({ 'x-api-key': key })).status).toBe(401);
      const other = await two.key('read');
      expect((await request(two.url).get('/v1/posts').set({ 'x-api-key': other })).body.items).toEqual([]);
      const cookie = await one.signIn('admin');
      expect((await request(two.url).get('/v1/posts').set({ cookie })).status).toBe(401);
      await one.app.stop();
      expect((await request(two.url).get('/readyz')).status).toBe(200);
    } finally {
      await Promise.all([one.stop(), two.stop()]);
    }
  });

  it('keep what was sent over a restart', async () => {
    const first = await startApp();
    const { home } = first.config;
    const key = await first.key('ingest', 'read');
    const { id } = (
      await request(first.url).post('/v1/posts').set({ 'x-api-key': key }).send({ text: 'kept', author: 'a' })
    ).body;
    await first.app.stop();
    const second = await startApp({ TOCSIN_HOME: home });
    try {
      const read = (path: string) => request(second.url).get(path).set({ 'x-api-key': key });
      await second.app.idle();
      const before = (await read(`/v1/posts/${id}`)).body;
      expect(before).toMatchObject({ text: 'kept', status: 'unflagged' });
      const again = await request(second.url)
        .post('/v1/posts')
        .set({ 'x-api-key': key })
        .send({ text: 'later', author: 'a' });
      expect((await read(`/v1/posts/${again.body.id}`)).body.author).toBe(before.author);
    } finally {
      await second.stop();
      await first.stop();
    }
  });

  it('say in one sentence that the port is taken', async () => {
    const first = await startApp({ TOCSIN_STORE: 'memory' });
    const { port } = new URL(first.url);
    try {
      await expect(startApp({ TOCSIN_STORE: 'memory', TOCSIN_PORT: port })).rejects.toMatchObject({
        code: 'invalid_input',
        message: expect.stringContaining(`Cannot listen at http://127.0.0.1:${port}: another program listens there.`),
      });
    } finally {
      await first.stop();
    }
  });
});

describe('the console', () => {
  let folder: string;
  let served: express.Express;
  beforeAll(async () => {
    // A dot in the path: such folders must not be taken for hidden ones.
    folder = join(await mkdtemp(join(tmpdir(), 'tocsin-console-')), '.local', 'console');
    await mkdir(join(folder, 'assets'), { recursive: true });
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>console</title>');
    await writeFile(join(folder, 'boot.js'), 'boot()');
    await writeFile(join(folder, 'assets', 'main-abc123.js'), 'main()');
    served = express();
    served.use(consoleFiles(folder));
    served.use((_req, _res, next) => next(new AppError('not_found')));
    served.use(errorHandler(recordingLog()));
  });
  afterAll(() => rm(join(folder, '..', '..'), { recursive: true, force: true }));
  const browse = (path: string) => request(served).get(path).set('accept', 'text/html,application/xhtml+xml,*/*;q=0.8');

  it('gives its page at every address a browser opens', async () => {
    for (const path of ['/', '/queue', '/posts/01ABC', '/sign-in?error=INVALID_TOKEN']) {
      const { status, text, headers } = await browse(path);
      expect([path, status, text]).toEqual([path, 200, '<!doctype html><title>console</title>']);
      expect(headers['cache-control']).toBe('no-cache');
    }
  });

  it('lets browsers keep for good what carries a digest in its name, and nothing else', async () => {
    const main = await request(served).get('/assets/main-abc123.js');
    expect([main.status, main.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    const boot = await request(served).get('/boot.js');
    expect([boot.status, boot.headers['cache-control']]).toEqual([200, 'no-cache']);
  });

  it('gives a compressed copy to whoever takes one', async () => {
    const code = 'squeezed()';
    await writeFile(join(folder, 'assets', 'squeezed-abc.js'), code);
    await writeFile(join(folder, 'assets', 'squeezed-abc.js.br'), brotliCompressSync(code));
    await writeFile(join(folder, 'assets', 'squeezed-abc.js.gz'), gzipSync(code));
    for (const [accepted, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['identity', undefined],
    ] as const) {
      const answer = await request(served).get('/assets/squeezed-abc.js').set('accept-encoding', accepted);
      expect([accepted, answer.headers['content-encoding']]).toEqual([accepted, encoding]);
      expect(answer.headers['content-type']).toMatch(/^text\/javascript/);
      expect(answer.headers['vary']).toContain('Accept-Encoding');
      expect(answer.headers['cache-control']).toContain('immutable');
      if (encoding !== 'br') expect(answer.text).toBe(code);
    }
    const plain = await request(served).get('/assets/main-abc123.js').set('accept-encoding', 'br');
    expect([plain.text, plain.headers['content-encoding']]).toEqual(['main()', undefined]);
  });

  it('gives no page for an asset that is gone, for programs, or for what is sent', async () => {
    expect((await browse('/assets/main-old.js')).status).toBe(404);
    expect((await request(served).get('/queue').set('accept', 'application/json')).status).toBe(404);
    expect((await request(served).post('/queue').set('accept', 'text/html')).status).toBe(404);
    expect((await browse('/../../../../etc/passwd')).text).not.toContain('root:');
  });

  it('says so when it is not built', async () => {
    const bare = express();
    bare.use(consoleFiles(join(folder, 'nothing')));
    bare.use(errorHandler(recordingLog()));
    const answer = await request(bare).get('/').set('accept', 'text/html');
    expect([answer.status, answer.body.detail]).toEqual([404, expect.stringContaining('not built')]);
  });
});

const limited = (max: number) => {
  const clock = fixedClock(0);
  const app = express();
  app.set('trust proxy', 1);
  app.use(rateLimit({ max, windowMs: 60_000, clock }));
  app.get('/', (_req, res) => void res.end());
  app.use(errorHandler(recordingLog()));
  const from = async (ip: string) => (await request(app).get('/').set('x-forwarded-for', ip)).status;
  return { clock, from, app };
};

describe('the limit of attempts', () => {
  it('counts each address by itself and begins anew with the next window', async () => {
    const { clock, from, app } = limited(2);
    expect([await from('10.0.0.1'), await from('10.0.0.1'), await from('10.0.0.1')]).toEqual([200, 200, 429]);
    expect(await from('10.0.0.2')).toBe(200);
    clock.advance(45_000);
    const refused = await request(app).get('/').set('x-forwarded-for', '10.0.0.1');
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '15']);
    clock.advance(15_000);
    expect(await from('10.0.0.1')).toBe(200);
  });

  it('takes the addresses of one network of IPv6 for one', async () => {
    const { from } = limited(2);
    expect([
      await from('2001:db8:1:2::1'),
      await from('2001:db8:1:2:ffff::9'),
      await from('2001:db8:1:2:3:4:5:6'),
    ]).toEqual([200, 200, 429]);
    expect(await from('2001:db8:1:3::1')).toBe(200);
  });
});
