import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openAccounts } from '../../src/app.js';
import { systemClock } from '../../src/base/clock.js';
import { readConfig } from '../../src/config.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/port.js';
import { startApp, testEnv } from '../support/app.js';
import { smallDisk, withoutRootsRights } from '../support/confined.js';
import { received, row } from '../support/posts.js';
import { cli, ended, serve, start } from '../support/process.js';
import { recordingLog } from '../support/recording-log.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-disk-'));
});
afterEach(() => {
  for (const path of [join(folder, 'home', 'vault'), join(folder, 'home')])
    try {
      chmodSync(path, 0o700);
    } catch {
      // It was never made.
    }
  rmSync(folder, { recursive: true, force: true });
});

const open = (home: string): Promise<Store> =>
  openStore({ driver: 'sqlite', path: join(home, 'tocsin.db'), clock: systemClock, log: recordingLog() });

async function keyOf(home: string): Promise<string> {
  const accounts = await openAccounts(readConfig({ ...testEnv, TOCSIN_HOME: home }), { log: recordingLog() });
  const { secret } = await accounts.keys.add({ name: 'sender', scopes: ['ingest', 'read'] }, 'test');
  await accounts.close();
  return secret;
}

describe('a full disk', () => {
  it('refuses what it cannot keep, in a clear sentence; goes on by itself when there is room; loses nothing', async () => {
    const disk = smallDisk(16);
    const home = join(disk.folder, 'home');
    try {
      const key = await keyOf(home);
      const { child, url } = await serve({ TOCSIN_HOME: home, TOCSIN_LOG: 'silent' }, disk.under);
      const gone = once(child, 'exit');
      const headers = { 'x-api-key': key, 'content-type': 'application/json' };
      const acknowledged: string[] = [];
      const send = async (batch: string) => {
        const rows = Array.from({ length: 25 }, (_, i) => ({
          text: `fine ${'x'.repeat(8_000)}`,
          externalId: `${batch}-${i}`,
        }));
        const answer = await fetch(`${url}/v1/posts`, { method: 'POST', headers, body: JSON.stringify(rows) });
        const body = (await answer.json()) as { detail: string; results: { id: string; outcome: string }[] };
        if (answer.status === 202) acknowledged.push(...body.results.map(({ id }) => id));
        return {
          status: answer.status,
          detail: body.detail,
          retry: answer.headers.get('retry-after'),
          results: body.results,
        };
      };
      let refused: Awaited<ReturnType<typeof send>> | undefined;
      for (let batch = 0; batch < 500 && !refused; batch++) {
        const answer = await send(String(batch));
        if (answer.status !== 202) refused = answer;
      }
      expect(refused).toMatchObject({
        status: 503,
        retry: '10',
        detail: expect.stringMatching(
          /^The store is (full: there is no space on the disk|hindered by an error of the disk)$/,
        ),
      });
      expect(acknowledged.length).toBeGreaterThan(100);
      // What is there can be read all the while.
      const read = await fetch(`${url}/v1/posts/${acknowledged[0]}`, { headers });
      expect([read.status, ((await read.json()) as { id: string }).id]).toEqual([200, acknowledged[0]]);
      expect(child.exitCode).toBeNull();

      disk.free(child.pid ?? 0);
      const later = await send('later');
      expect([later.status, later.results.every(({ outcome }) => outcome === 'accepted')]).toEqual([202, true]);
      child.kill('SIGTERM');
      expect(await gone).toEqual([0, null]);

      const store = await open(home);
      const posts = await store.posts.getMany(acknowledged);
      expect([posts.length, new Set(acknowledged).size]).toEqual([acknowledged.length, acknowledged.length]);
      const all = (await store.posts.page({ filter: {}, order: 'newest', limit: 100_000 })).items;
      expect(new Set(all.map(({ externalId }) => externalId)).size).toBe(all.length);
      await store.close();
      const { code, out } = await cli(['verify'], { env: { TOCSIN_HOME: home } });
      expect([code, out]).toEqual([0, expect.stringContaining('unbroken')]);
    } finally {
      disk.dispose();
    }
  }, 300_000);

  it('takes nothing into the vault by halves, and makes no package or backup by halves', async () => {
    const disk = smallDisk(6);
    const home = join(disk.folder, 'home');
    const env = { TOCSIN_HOME: home, TOCSIN_LOG: 'error' };
    try {
      await keyOf(home);
      const big = join(folder, 'big.bin');
      writeFileSync(big, Buffer.alloc(7 * 1_048_576, 1));
      const added = await cli(['evidence', 'add', big], { env, under: disk.under });
      expect([added.code, added.out]).toEqual([1, '']);
      expect(added.err).toMatch(
        /^tocsin: Nothing can be written to \S+\/vault: (there is no space on the disk|the file would become larger than is allowed here)\n$/,
      );
      const small = join(folder, 'small.bin');
      writeFileSync(small, Buffer.alloc(2_000_000, 2));
      for (let i = 0; i < 2; i++) await cli(['evidence', 'add', small], { env: { ...env }, under: [] });
      const file = join(disk.folder, 'backup.tar');
      const backup = await cli(['backup', file], { env, under: disk.under });
      // Where there is only a limit on files the backup fits.
      if (backup.code !== 0) {
        expect(backup.err).toMatch(
          /^tocsin: (Nothing can be written to \S+: there is no space on the disk|The store is full.*)\n$/,
        );
        expect(readdirSync(disk.folder).filter((name) => name.startsWith('backup'))).toEqual([]);
      }
      const { code, out } = await cli(['verify'], { env: { TOCSIN_HOME: home } });
      expect([code, out]).toEqual([0, expect.stringMatching(/evidence: [12] items, whole/)]);
    } finally {
      disk.dispose();
    }
  }, 60_000);
});

describe('a read-only disk', () => {
  const env = () => ({ TOCSIN_HOME: join(folder, 'home'), TOCSIN_LOG: 'error' });

  it('is named in one sentence, whatever was asked for, and left as it is', async () => {
    const home = join(folder, 'home');
    await keyOf(home);
    const files = () => readdirSync(home).map((name) => [name, readFileSync(join(home, name)).toString('base64')]);
    const before = files();
    for (const name of readdirSync(home)) chmodSync(join(home, name), 0o400);
    chmodSync(home, 0o500);
    for (const args of [
      ['user', 'list'],
      ['serve'],
      ['erase', 'x', '--reason', 'r'],
      ['backup', join(folder, 'b.tar')],
    ]) {
      const { code, out, err } = await ended(start('cli', args, env(), withoutRootsRights));
      expect([args, code, out]).toEqual([args, 1, '']);
      expect(err).toMatch(
        /^tocsin: The store \S+\/tocsin\.db cannot be opened: Error: (attempt to write a readonly database|unable to open database file)\n$/,
      );
    }
    chmodSync(home, 0o700);
    expect(files()).toEqual(before);
  });

  it('below the vault alone is named as well', async () => {
    const home = join(folder, 'home');
    await keyOf(home);
    mkdirSync(join(home, 'vault'), { mode: 0o500 });
    const file = join(folder, 'file');
    writeFileSync(file, 'x');
    const { code, err } = await cli(['evidence', 'add', file], { env: env(), under: withoutRootsRights });
    expect([code, err]).toEqual([
      1,
      `tocsin: Nothing can be written to ${join(home, 'vault')}: this user may not write there\n`,
    ]);
  });
});

describe('a damaged database', () => {
  const count = 400;
  let home: string;
  let path: string;
  beforeEach(async () => {
    home = join(folder, 'home');
    path = join(home, 'tocsin.db');
    await keyOf(home);
    const store = await open(home);
    await store.posts.insertMany(
      Array.from({ length: count }, (_, i) => row(received(`P${i}`, i, { text: `text ${i} ${'y'.repeat(600)}` }))),
    );
    await store.close();
    expect((await cli(['backup', join(folder, 'good.tar')], { env: { TOCSIN_HOME: home } })).code).toBe(0);
  });

  /** Overwrites the beginning of pages that hold posts. */
  function damage(pages: number): void {
    const bytes = readFileSync(path);
    const size = 4_096;
    let done = 0;
    for (let page = 2; page < bytes.length / size && done < pages; page++) {
      const at = page * size;
      if (!bytes.subarray(at, at + size).includes('yyyyyyyy')) continue;
      bytes.fill(0xa5, at, at + 64);
      done += 1;
    }
    writeFileSync(path, bytes);
    expect(done).toBe(pages);
  }

  it('under the running service gives right answers or a clear refusal, never a wrong answer', async () => {
    const store = await open(home);
    damage(5);
    let [right, refused] = [0, 0];
    for (let i = 0; i < count; i++) {
      try {
        expect((await store.posts.get(`P${i}`))?.text).toBe(`text ${i} ${'y'.repeat(600)}`);
        right += 1;
      } catch (error) {
        expect(error).toMatchObject({ code: 'store_unavailable', message: 'The store is damaged' });
        refused += 1;
      }
    }
    expect(right).toBeGreaterThan(count / 2);
    expect(refused).toBeGreaterThan(0);
    await store.close();
  });

  it('is found by verify, goes into no backup, and the last good one brings everything back', async () => {
    damage(5);
    const env = { TOCSIN_HOME: home, TOCSIN_LOG: 'error' };
    const malformed = `The store ${path} cannot be opened: Error: database disk image is malformed`;
    for (const [args, sentence] of [
      [['verify'], `The database ${path} is damaged (`],
      [['backup', join(folder, 'bad.tar')], malformed],
      [['serve'], malformed],
    ] as const) {
      const { code, out, err } = await cli([...args], { env });
      expect([args, code, out + err]).toEqual([args, 1, expect.stringContaining(sentence)]);
      expect(err).not.toMatch(/ {4}at /);
    }
    expect(existsSync(join(folder, 'bad.tar'))).toBe(false);
    expect((await cli(['restore', join(folder, 'good.tar'), '--force'], { env })).code).toBe(0);
    expect((await cli(['verify'], { env })).code).toBe(0);
    const store = await open(home);
    expect((await store.posts.page({ filter: {}, order: 'newest', limit: 1_000 })).items).toHaveLength(count);
    await store.close();
  });

  it('that is no database any more stops the service with one sentence', async () => {
    copyFileSync(join(folder, 'good.tar'), path);
    for (const name of ['tocsin.db-wal', 'tocsin.db-shm']) rmSync(join(home, name), { force: true });
    const { code, err } = await cli(['serve'], { env: { TOCSIN_HOME: home, TOCSIN_LOG: 'error' } });
    expect([code, err]).toEqual([1, `tocsin: The store ${path} cannot be opened: Error: file is not a database\n`]);
  });
});

it('a post that was altered behind the back of the service is named', async () => {
  const home = join(folder, 'home');
  const app = await startApp({ TOCSIN_HOME: home });
  const key = await app.key('ingest', 'review');
  const post = async (path: string, body: object) => {
    const headers = { 'x-api-key': key, 'content-type': 'application/json' };
    return (await (
      await fetch(`${app.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    ).json()) as {
      id: string;
    };
  };
  const ids: string[] = [];
  for (const text of ['blorven one', 'blorven two', 'blorven three']) ids.push((await post('/v1/posts', { text })).id);
  await app.app.idle();
  for (const id of ids.slice(0, 2))
    await post(`/v1/posts/${id}/decision`, { decision: 'confirm', level: 'bottom', expectedVersion: 2 });
  await app.app.stop();
  const env = { TOCSIN_HOME: home };
  expect((await cli(['verify'], { env })).out).toContain('decisions: 2 posts, as the chain says\n');
  const db = new DatabaseSync(join(home, 'tocsin.db'));
  db.exec(`UPDATE post_docs SET doc = replace(doc, 'blorven one', 'blorven won')`);
  db.exec(`DELETE FROM posts WHERE id = '${ids[1]}'`);
  db.close();
  const { code, out } = await cli(['verify'], { env });
  expect(code).toBe(1);
  expect(out).toMatch(new RegExp(`post ${ids[0]}: it is not as entry \\d+ left it`));
  expect(out).toMatch(new RegExp(`post ${ids[1]}: it is gone, and entry \\d+ tells of it`));
});
