import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import request from 'supertest';
import { openAccounts } from '../../src/app.js';
import { migrations } from '../../src/store/sqlite/schema.js';
import { startApp } from '../support/app.js';
import type { TestApp } from '../support/app.js';
import { cli } from '../support/process.js';

let folder: string;
let app: TestApp;
let key: string;
const posts = 30;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-moves-'));
  app = await startApp({ TOCSIN_HOME: join(folder, 'home') });
  key = await app.key('ingest', 'read');
  const rows = Array.from({ length: posts }, (_, i) => ({ text: `${i % 2 ? 'blorven' : 'fine'} ${i}`, author: 'ann' }));
  await request(app.url).post('/v1/posts').set('x-api-key', key).send(rows);
  await app.app.idle();
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

const at = (home: string) => ({ env: { TOCSIN_HOME: join(folder, home), TOCSIN_LOG: 'error' } });
const run = async (home: string, ...args: string[]) => {
  const { code, out, err } = await cli(args, at(home));
  expect([code, err]).toEqual([0, '']);
  return out;
};
const refused = async (home: string, ...args: string[]) => {
  const { code, out, err } = await cli(args, at(home));
  expect([code, out]).toEqual([1, '']);
  return err.replaceAll(folder, '…');
};

it('backs up the running service and restores it elsewhere, people, keys, secret and chain', async () => {
  const file = join(folder, 'backup.tar');
  expect(await run('home', 'backup', file)).toMatch(
    /backup\.tar: \d+ files, \d+ bytes; the secret is in it: keep it safe\n$/,
  );
  expect(await run('copy', 'restore', file)).toMatch(/^restored \d+ files as they stood at 20\S+Z\n$/);
  expect(readFileSync(join(folder, 'copy', 'secret'))).toEqual(readFileSync(join(folder, 'home', 'secret')));
  expect(await run('copy', 'verify')).toContain('unbroken');
  expect(await run('copy', 'user', 'list')).toContain('admin@tocsin.local');
  expect(await refused('home', 'restore', file)).toContain('…/home holds a store already: stop the service');

  const copy = await startApp({ TOCSIN_HOME: join(folder, 'copy') });
  try {
    const counts = (url: string) => request(url).get('/v1/posts/counts').set('x-api-key', key);
    expect((await counts(copy.url)).body).toEqual((await counts(app.url)).body);
  } finally {
    await copy.app.stop();
  }
  expect(await run('home', 'backup', join(folder, 'no-secret.tar'), '--no-secret')).not.toContain('secret is in it');
});

it('exports, imports and migrates, with a progress line, and the contents stay the same', async () => {
  const file = join(folder, 'export.jsonl');
  expect(await run('home', 'export', file)).toBe('');
  const { code, out, err } = await cli(['import', file], at('imported'));
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(new RegExp(`^imported ${posts} posts, ${2 * posts} events, 2 rows of people, 1 keys, `)),
  ]);
  expect(err).toMatch(/\[#{30}\] 100 % {2}30 posts, /);
  expect(await run('imported', 'verify')).toContain('unbroken');
  // What an import adds is its own entry in the chain.
  const lines = (text: string) => text.split('\n').filter((line) => !/"kind":"(audit|end)"/.test(line));
  expect(lines(await run('imported', 'export', '-'))).toEqual(lines(readFileSync(file, 'utf8')));

  const moved = await cli(
    ['migrate', `--from=sqlite:${join(folder, 'imported')}`, `--to=sqlite:${join(folder, 'moved')}`],
    at('nowhere'),
  );
  expect([moved.code, moved.out]).toEqual([0, expect.stringMatching(/^moved 30 posts, /)]);
  expect(moved.err).toContain('100 %');
  expect(lines(await run('moved', 'export', '-'))).toEqual(lines(readFileSync(file, 'utf8')));
  expect(await refused('imported', 'import', file)).toBe(
    'tocsin: The store that is to be filled is not empty; give a new one\n',
  );
});

it('refuses what a newer release wrote in one sentence, and leaves it alone', async () => {
  const accounts = await openAccounts({ ...app.config, home: join(folder, 'newer'), log: 'silent' });
  await accounts.close();
  const path = join(folder, 'newer', 'tocsin.db');
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA user_version = ${migrations.length + 1}`);
  db.close();
  const sentence = `tocsin: The store …/newer/tocsin.db has version ${migrations.length + 1}, but this program knows only ${migrations.length}: start the newer release that wrote it, or restore a backup from before the upgrade.\n`;
  expect(await refused('newer', 'verify')).toBe(sentence);
  expect(await refused('newer', 'backup', join(folder, 'b.tar'))).toBe(sentence);
  expect(await refused('newer', 'serve')).toBe(sentence);
  expect(existsSync(join(folder, 'b.tar'))).toBe(false);
});

it.each([
  [['import', '/nowhere.jsonl'], 'There is no file /nowhere.jsonl'],
  [['restore', '/nowhere.tar'], 'There is no file /nowhere.tar'],
  [
    ['migrate', '--from', 'here', '--to', 'there'],
    'here is no store; expected sqlite:FOLDER, mongodb://… or a file that ends in .jsonl',
  ],
  [['backup', '/nowhere/at/all.tar'], 'There is no folder /nowhere/at'],
  [['export', '/nowhere/at/all.jsonl'], 'There is no folder /nowhere/at'],
])('says what is wrong with %j', async (args, sentence) => {
  expect(await refused('empty', ...args)).toBe(`tocsin: ${sentence}\n`);
});

it('imports no file that was changed', async () => {
  const file = join(folder, 'changed.jsonl');
  writeFileSync(file, (await run('home', 'export', '-')).replace('fine 2', 'fine 3'));
  expect(await refused('none', 'import', file)).toBe('tocsin: …/changed.jsonl was changed since it was written\n');
});
