import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startApp } from '../support/app.js';
import { cli } from '../support/process.js';

let home: string;
let heads: string[];
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'tocsin-verify-'));
  const app = await startApp({ TOCSIN_HOME: home });
  for (let i = 0; i < 5; i++) await app.key('read');
  await app.app.stop();
  heads = app.log.lines
    .filter(({ message }) => message === 'head of the audit chain')
    .map(({ fields }) => String(fields['head']));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const verify = (folder: string, ...args: string[]) => cli(['verify', ...args], { env: { TOCSIN_HOME: folder } });

/** A copy of the store to which somebody did something behind the service's back. */
async function tampered(sql: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'tocsin-tampered-'));
  await cp(home, copy, { recursive: true });
  const db = new DatabaseSync(join(copy, 'tocsin.db'));
  db.exec(`DROP TRIGGER audit_no_change; DROP TRIGGER audit_no_removal; ${sql}`);
  db.close();
  return copy;
}

async function verdict(sql: string, ...args: string[]): Promise<[number | null, string]> {
  const copy = await tampered(sql);
  try {
    const { code, out } = await verify(copy, ...args);
    return [code, out];
  } finally {
    await rm(copy, { recursive: true });
  }
}

it('walks an untouched chain, and finds the published heads in it', async () => {
  const { code, out } = await verify(home);
  expect([code, out]).toEqual([
    0,
    `audit chain: 9 entries, unbroken; head ${heads.at(-1)}\ndecisions: 0 posts, as the chain says\nevidence: 0 items, whole\n`,
  ]);
  for (const head of heads) {
    const { code, out } = await verify(home, '--head', head);
    expect([code, out]).toEqual([0, expect.stringContaining('; the published head is in it')]);
  }
});

it('names the first broken link of a tampered copy', async () => {
  const change = `UPDATE audit SET doc = json_set(doc, '$.actor.id', 'somebody else') WHERE n = 5`;
  expect(await verdict(change)).toEqual([
    1,
    expect.stringMatching(/^audit chain: broken at entry 5: its content was changed: "key.create" of 20\S+\n/),
  ]);
  expect(await verdict('DELETE FROM audit WHERE n = 4')).toEqual([
    1,
    'audit chain: broken at entry 4: the entry is missing; the next one is 5\ndecisions: 0 posts, as the chain says\nevidence: 0 items, whole\n',
  ]);
});

it('finds an end that was cut off, by a head that was published', async () => {
  const cut = 'DELETE FROM audit WHERE n > 5';
  expect((await verdict(cut))[0]).toBe(0);
  expect(await verdict(cut, '--head', heads.at(-1)!)).toEqual([
    1,
    expect.stringMatching(/broken at entry 6: the head [0-9a-f]{64} that was published is not in the chain/),
  ]);
});

it('lets nobody change the chain by mistake', () => {
  const db = new DatabaseSync(join(home, 'tocsin.db'));
  for (const sql of ["UPDATE audit SET doc = '{}'", 'DELETE FROM audit WHERE n = 1'])
    expect(() => db.exec(sql)).toThrow('the audit chain is only ever added to');
  db.close();
});

it('says what a head looks like', async () => {
  const { code, err } = await verify(home, '--head', 'abc');
  expect([code, err]).toEqual([1, 'tocsin: --head: expected the 64 hexadecimal digits of a published head\n']);
});
