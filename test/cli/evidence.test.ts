import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { evidenceItem } from '../../src/contract/evidence.js';
import { startApp } from '../support/app.js';
import type { TestApp } from '../support/app.js';
import { cli } from '../support/process.js';

let app: TestApp;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-evidence-'));
  app = await startApp({ TOCSIN_HOME: join(folder, 'home') });
  env = { TOCSIN_HOME: app.config.home };
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = async (...args: string[]) => {
  const { code, out, err } = await cli(args, { env });
  expect([code, err]).toEqual([0, '']);
  return out;
};
const idOf = (line: string) => line.split('\t')[0]!;

it('takes in, holds, releases, lists and exports beside the running service; a flipped byte is named', async () => {
  const file = join(folder, 'shot.png');
  writeFileSync(file, Buffer.from([137, 80, 78, 71, 13, 10]));
  writeFileSync(join(folder, 'headers'), 'HTTP/2 200\r\nContent-Type: image/png\r\n');
  const added = await run(
    'evidence',
    'add',
    file,
    '--url=https://example.org/1',
    '--mime=image/png',
    `--headers=${join(folder, 'headers')}`,
    '--note=seen by the night desk',
  );
  const id = idOf(added);
  expect(added).toMatch(/^[0-9A-Z]{26}\t\S+Z\t-\t6\t[0-9a-f]{64}\tshot\.png\n$/);

  expect(await run('evidence', 'hold', id, '--reason', 'court order')).toContain('\theld\t');
  expect((await cli(['evidence', 'hold', id, '--reason', 'again'], { env })).err).toBe(
    `tocsin: ${id} is under legal hold already\n`,
  );
  expect(await run('evidence', 'release', id, '--reason', 'order lifted')).toContain('\t-\t');
  expect(await run('evidence', 'list')).toContain(id);

  const bag = join(folder, 'bag');
  expect(await run('evidence', 'export', bag, id, '--reason', 'asked for')).toContain(`${bag}: 3 files, `);
  for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt'])
    expect(spawnSync('sha256sum', ['-c', manifest], { cwd: bag }).status).toBe(0);
  const record = JSON.parse(readFileSync(join(bag, 'data', id, 'record.json'), 'utf8'));
  expect(record).toMatchObject({
    headers: [
      ['', 'HTTP/2 200'],
      ['Content-Type', 'image/png'],
    ],
    collector: { actor: { kind: 'cli' }, tool: 'tocsin', toolVersion: app.config.version },
  });
  expect(
    readFileSync(join(bag, 'data', id, 'custody.jsonl'), 'utf8')
      .trim()
      .split('\n'),
  ).toHaveLength(4);
  expect(await run('verify')).toContain('evidence: 1 items, whole\n');

  const object = readdirSync(join(app.config.home, 'vault', 'objects'), { recursive: true, withFileTypes: true }).find(
    (entry) => entry.isFile(),
  )!;
  const path = join(object.parentPath, object.name);
  const good = readFileSync(path);
  chmodSync(path, 0o600);
  writeFileSync(
    path,
    good.map((byte, i) => (i === 3 ? byte ^ 1 : byte)),
  );
  const { code, out } = await cli(['verify'], { env });
  expect([code, out]).toEqual([1, expect.stringContaining(`evidence ${id}: its original was changed`)]);
  expect((await cli(['evidence', 'export', join(folder, 'no'), '--reason', 'r'], { env })).err).toContain(
    `tocsin: Nothing was exported: ${id}: its original was changed`,
  );
  writeFileSync(path, good);
});

it('takes a post in over HTTP, and says who did', async () => {
  const key = await app.key('ingest', 'review');
  const headers = { 'x-api-key': key };
  const post = (path: string, body: object) => request(app.url).post(path).set(headers).send(body);
  const { id } = (await post('/v1/posts', { text: 'blorven', url: 'https://example.org/2' })).body;
  await app.app.idle();
  const made = await post('/v1/evidence', { post: id, reason: 'before the notice', hold: true });
  expect(made.status).toBe(201);
  const item = evidenceItem.parse(made.body);
  expect(item).toMatchObject({
    post: id,
    held: true,
    url: 'https://example.org/2',
    collector: { actor: { kind: 'key' } },
  });
  expect((await post('/v1/evidence', { post: 'nothing', reason: 'r' })).status).toBe(404);
  expect((await post('/v1/evidence', { post: id })).body.fields).toMatchObject([{ field: 'reason' }]);
  expect((await post(`/v1/evidence/${item.id}/hold`, { reason: 'again' })).status).toBe(409);
  expect((await post(`/v1/evidence/${item.id}/release`, { reason: 'r' })).status).toBe(403);

  const admin = { cookie: await app.signIn('admin'), origin: app.url };
  const released = await request(app.url).post(`/v1/evidence/${item.id}/release`).set(admin).send({ reason: 'done' });
  expect([released.status, released.body.held]).toEqual([200, false]);
  const listed = evidenceItem.array().parse((await request(app.url).get('/v1/evidence').set(admin)).body);
  expect(listed.at(-1)).toEqual(evidenceItem.parse(released.body));
  expect(idOf(await run('evidence', 'add', '--post', id, '--note', 'once more', '--hold', 'order'))).toMatch(
    /^\w{26}$/,
  );
});

it('shows in the audit chain when the end of a custody, or an item, is gone', async () => {
  const items = join(app.config.home, 'vault', 'items');
  const ids = readdirSync(items).toSorted((a, b) => (a < b ? -1 : 1));
  const [first, second] = [ids[0]!, ids[1]!];
  rmSync(join(items, first, 'custody', '000004.json'));
  rmSync(join(items, second), { recursive: true });
  const { code, out } = await cli(['verify'], { env });
  expect(code).toBe(1);
  expect(out).toContain(`evidence ${first}: an event of its custody that the audit chain tells of is gone\n`);
  expect(out).toContain(`evidence ${second}: it is gone from the vault\n`);

  rmSync(join(items, first, 'custody', '000001.json'));
  const { err } = await cli(['evidence', 'hold', first, '--reason', 'r'], { env });
  expect(err).toBe(
    `tocsin: Nothing is added to the custody of ${first}: event 1 of its custody is missing; tocsin verify tells more\n`,
  );
});

it.each([
  [['evidence', 'add'], 'Give a file, or --post with the id of a post'],
  [['evidence', 'add', '/nowhere/at/all'], 'There is no file /nowhere/at/all'],
  [['evidence', 'add', '--post', 'nothing'], 'There is no post nothing'],
  [['evidence', 'hold', 'nothing', '--reason', 'r'], 'There is no evidence nothing'],
  [['evidence', 'export', '/tmp', '--reason', 'r'], '/tmp exists already; choose a folder that does not'],
  [['evidence', 'release', 'x'], 'Missing required argument: --reason'],
])('says what is wrong with %j', async (args, sentence) => {
  const { code, err } = await cli(args, { env });
  expect([code, err]).toEqual([1, expect.stringContaining(sentence)]);
  expect(err).not.toMatch(/ {4}at /);
});

it('keeps no evidence where nothing outlives the process', async () => {
  const memory = await startApp({ TOCSIN_STORE: 'memory' });
  try {
    const cookie = await memory.signIn('admin');
    const answer = await request(memory.url).get('/v1/evidence').set('cookie', cookie);
    expect([answer.status, answer.body.detail]).toEqual([503, 'A store that lives in memory keeps no evidence']);
  } finally {
    await memory.stop();
  }
});
