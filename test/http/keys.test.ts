import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { sha256 } from '../../src/base/ids.js';
import { apiKeyView, newKey } from '../../src/contract/answers.js';
import { startApp, stores } from '../support/app.js';
import type { TestApp } from '../support/app.js';

describe.each(stores)('API keys, %s store', (store) => {
  let app: TestApp;
  let headers: { cookie: string; origin: string };
  beforeAll(async () => {
    app = await startApp({ TOCSIN_STORE: store });
    headers = { cookie: await app.signIn('admin'), origin: app.url };
  });
  afterAll(() => app.stop());

  const make = (body: object) => request(app.url).post('/v1/keys').set(headers).send(body);
  const fields = async (body: object) => {
    const answer = await make(body);
    return [answer.status, answer.body.fields.map(({ field }: { field: string }) => field)];
  };
  const list = () => request(app.url).get('/v1/keys').set(headers);

  it('tells the secret once, and works until it is revoked', async () => {
    const made = await make({ name: 'Partner', scopes: ['read', 'ingest'] });
    expect([made.status, made.headers['cache-control']]).toEqual([201, 'no-store, no-store']);
    const { key, secret } = newKey.parse(made.body);
    expect(secret.startsWith(key.prefix)).toBe(true);
    const use = () => request(app.url).get('/v1/posts').set('authorization', `Bearer ${secret}`);
    expect((await use()).status).toBe(200);

    const listed = (await list()).body;
    expect(apiKeyView.array().parse(listed)).toEqual([key]);
    expect(JSON.stringify(listed)).not.toContain(secret);
    expect(JSON.stringify(listed)).not.toContain(sha256(secret));

    const revoked = await request(app.url).delete(`/v1/keys/${key.id}`).set(headers);
    expect([revoked.status, revoked.body.id, typeof revoked.body.revokedAt]).toEqual([200, key.id, 'string']);
    expect((await use()).status).toBe(401);
    expect((await list()).body[0].revokedAt).toBe(revoked.body.revokedAt);
  });

  it('answers 422 naming the field, and 404 to an id that is none', async () => {
    expect(await fields({ name: '', scopes: ['read'] })).toEqual([422, ['name']]);
    expect(await fields({ name: 'x', scopes: [] })).toEqual([422, ['scopes']]);
    expect(await fields({ name: 'x', scopes: ['rule'] })).toEqual([422, ['scopes[0]']]);
    expect(await fields({ name: 'x', scopes: ['read'], secret: 'mine' })).toEqual([422, ['secret']]);
    expect((await request(app.url).delete('/v1/keys/nothing').set(headers)).status).toBe(404);
  });
});

it('keeps neither secrets of keys nor tokens of links in the files of the store', async () => {
  const app = await startApp({ TOCSIN_STORE: 'sqlite' });
  try {
    const secret = await app.key('read');
    const token = new URL(app.signInLink).searchParams.get('token')!;
    const entries = await readdir(app.config.home, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    expect(files.map((file) => basename(file))).toEqual(expect.arrayContaining(['secret', 'tocsin.db']));
    const bytes = await Promise.all(files.map((file) => readFile(file, 'latin1')));
    expect(bytes.some((text) => text.includes(sha256(secret)))).toBe(true);
    expect(bytes.some((text) => text.includes(secret))).toBe(false);
    expect(bytes.some((text) => text.includes(token))).toBe(false);
  } finally {
    await app.stop();
  }
});
