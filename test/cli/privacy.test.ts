import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { startApp } from '../support/app.js';
import type { TestApp } from '../support/app.js';
import { cli } from '../support/process.js';

let home: string;
let app: TestApp;
let key: string;
let env: Record<string, string>;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'tocsin-privacy-'));
  app = await startApp({ TOCSIN_HOME: home });
  key = await app.key('ingest', 'read', 'review');
  env = { TOCSIN_HOME: home };
});
afterAll(async () => {
  await app.stop();
  rmSync(home, { recursive: true, force: true });
});

const run = async (...args: string[]) => {
  const { code, out, err } = await cli(args, { env });
  expect([code, err]).toEqual([0, '']);
  return out;
};
const send = async (path: string, body: object) =>
  (await request(app.url).post(path).set('x-api-key', key).send(body)).body;
const add = async (text: string) => {
  const { id } = await send('/v1/posts', { text, author: `author of ${text.slice(0, 20)}` });
  await app.app.idle();
  return id as string;
};
const get = async (id: string) => (await request(app.url).get(`/v1/posts/${id}`).set('x-api-key', key)).body;
/**
 * Whether these bytes are anywhere in the files of the home. Looked for by another process: were the database opened and
 * closed in this one, the service in it would lose its locks on it (see "How To Corrupt An SQLite Database File").
 */
const lies = (text: string) => spawnSync('grep', ['-rqaF', text, home]).status === 0;

it('erases one post: its words are in no file any more, a tombstone stays, the chain holds', async () => {
  const long = `blorven zanzibarish ${'words '.repeat(3_000)}`;
  const ids = [await add('blorven quixotically'), await add(long)];
  expect([lies('quixotically'), lies('zanzibarish')]).toEqual([true, true]);
  for (const id of ids)
    expect(await run('erase', id, '--reason', 'asked by the author')).toMatch(/^erased \w{26} at 20\S+Z\n$/);
  expect([lies('quixotically'), lies('zanzibarish')]).toEqual([false, false]);
  expect(await get(ids[0]!)).toMatchObject({ text: '', erased: { reason: 'asked by the author', cause: 'request' } });
  expect(await get(ids[0]!)).not.toHaveProperty('author');
  expect(await run('verify')).toContain('unbroken');
  const { err } = await cli(['erase', ids[0]!, '--reason', 'r'], { env });
  expect(err).toMatch(/^tocsin: The content of \w{26} was erased at 20/);
  const decision = await send(`/v1/posts/${ids[0]}/decision`, { decision: 'escalate', expectedVersion: 3 });
  expect(decision).toMatchObject({
    status: 409,
    detail: expect.stringContaining('there is nothing left to decide on'),
  });
});

it('runs the rules, dry first, and leaves alone what is under legal hold', async () => {
  const [fine, held] = [await add('fine serendipitous'), await add('fine perspicacious')];
  await run('evidence', 'add', '--post', held, '--hold', 'court order');
  const dry = await run('retention', 'run', '--dry-run');
  expect(dry).toContain('none\t*\t*\t*\t0 d\t1\t1\n');
  expect(dry).toMatch(/would erase the content of 1 of 2 posts\n$/);
  expect((await get(fine)).text).toBe('fine serendipitous');
  expect(await run('retention', 'run')).toMatch(/\nerased the content of 1 of 2 posts\n$/);
  expect([(await get(fine)).text, (await get(held)).text, lies('serendipitous')]).toEqual([
    '',
    'fine perspicacious',
    false,
  ]);
  expect((await cli(['erase', held, '--reason', 'r'], { env })).err).toBe(
    `tocsin: The post ${held} is under legal hold: release it first\n`,
  );
  expect(await run('verify')).toContain('unbroken');
});

it('shows and changes the rules', async () => {
  expect(await run('retention', 'set', '--level', 'bottom', '--country', 'KEN', '--days', '30')).toBe(
    'bottom\t*\t*\tKEN\t30 d\n',
  );
  expect(await run('retention', 'set', '--source', 'Radio', '--days', 'kept')).toBe('*\t*\tRadio\t*\tkept\n');
  const shown = await run('retention', 'show');
  expect(shown).toContain('own\tbottom\t*\t*\tKEN\t30 d\t\n');
  expect(shown).toContain('default\tbottom\t*\t*\t*\t90 d\t');
  await run('retention', 'unset', '--source', 'Radio');
  expect(await run('retention', 'show')).not.toContain('Radio');
  for (const [args, sentence] of [
    [['set', '--level', 'worst', '--days', '3'], 'level: expected'],
    [['set', '--days', 'many'], '--days: expected a whole number of days, or "kept"'],
    [['unset', '--level', 'top'], 'There is no rule of your own with just these conditions'],
  ] as const) {
    const { code, err } = await cli(['retention', ...args], { env });
    expect([code, err]).toEqual([1, expect.stringContaining(sentence)]);
  }
});

it('answers erasure and rules over HTTP, for administrators', async () => {
  const id = await add('blorven idiosyncratic');
  const admin = { cookie: await app.signIn('admin'), origin: app.url };
  const erase = (headers: Record<string, string>) =>
    request(app.url).post(`/v1/posts/${id}/erase`).set(headers).send({ reason: 'r' });
  expect((await erase({ 'x-api-key': key })).status).toBe(403);
  const erased = await erase(admin);
  expect([erased.status, erased.body.text, erased.body.erased.reason]).toEqual([200, '', 'r']);
  expect((await erase(admin)).status).toBe(409);
  const { body } = await request(app.url).get('/v1/retention').set(admin);
  expect(body.rules[0]).toEqual({ level: 'bottom', country: 'KEN', days: 30 });
  expect(body.report).toMatchObject({ dryRun: true });
  const audit = (await request(app.url).get('/v1/audit').query({ limit: 1_000 }).set(admin)).body.items;
  expect(audit.filter(({ action }: { action: string }) => action === 'erase').length).toBeGreaterThanOrEqual(3);
});

it('encrypts a post when it is passed up, and reads it after a new key; pseudonyms begin anew', async () => {
  const id = await add('blorven onomatopoeic');
  const before = await get(id);
  await send(`/v1/posts/${id}/decision`, { decision: 'escalate', expectedVersion: 2 });
  expect((await get(id)).text).toBe('blorven onomatopoeic');
  expect(await run('secret', 'rotate', '--use', 'fields')).toMatch(/^key 2 for fields: /);
  expect(await run('secret', 'rotate', '--use', 'pseudonyms')).toMatch(/^key 2 for pseudonyms: /);
  expect(await run('export', '-')).not.toContain('onomatopoeic');
  await app.app.stop();
  expect(lies('onomatopoeic')).toBe(false);
  app = await startApp({ TOCSIN_HOME: home });
  expect((await get(id)).text).toBe('blorven onomatopoeic');
  const again = await get(await add('blorven onomatopoeic'));
  expect(again.author).toMatch(/^2\.[\w-]{22}$/);
  expect(again.author.slice(2)).not.toBe(before.author);
});
