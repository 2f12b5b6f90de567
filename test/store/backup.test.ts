import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fixedClock } from '../../src/base/clock.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/port.js';
import { restoreBackup } from '../../src/store/backup/restore.js';
import { readTar, tarHeader } from '../../src/store/backup/tar.js';
import { writeBackup } from '../../src/store/backup/write.js';
import { migrations } from '../../src/store/sqlite/schema.js';
import { at, idsOf, noon, received, row } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';

const names = ['secret', 'vault'];
let folder: string;
let home: string;
let file: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-backup-'));
  home = join(folder, 'home');
  file = join(folder, 'backup.tar');
  store = await open(home);
  await store.posts.insertMany([row(received('A')), row(received('B'))]);
  writeFileSync(join(home, 'secret'), 'the secret\n');
  mkdirSync(join(home, 'vault', 'objects', 'ab'), { recursive: true });
  writeFileSync(join(home, 'vault', 'objects', 'ab', 'thing'), Buffer.alloc(70_001, 7));
  writeFileSync(join(home, 'vault', 'objects', '.draft'), 'half of something');
  writeFileSync(join(home, 'lexicon.cache'), 'can be made anew');
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (at: string) =>
  openStore({ driver: 'sqlite', path: join(at, 'tocsin.db'), clock: fixedClock(noon), log: recordingLog() });
const back = (names_ = names) => writeBackup({ home, names: names_, file, at: at(0), release: '9.9.9' });
let stamp = 0;
const restore = (into: string, force = false) =>
  restoreBackup({ file, home: into, names, stamp: String(++stamp), force });
const message = async (into: string) =>
  restore(into).then(
    () => 'restored',
    (error: Error) => error.message.replace(file, 'FILE'),
  );
const fresh = () => join(folder, `fresh${++stamp}`);

describe('a backup', () => {
  it('is one archive that tar unpacks and sha256sum checks', async () => {
    expect(await back()).toEqual({ files: 3, bytes: expect.any(Number) });
    const out = join(folder, 'out');
    mkdirSync(out);
    execFileSync('tar', ['-xf', file, '-C', out]);
    expect(spawnSync('sha256sum', ['-c', '--strict', 'manifest-sha256.txt'], { cwd: out }).status).toBe(0);
    expect(readFileSync(join(out, 'vault', 'objects', 'ab', 'thing'))).toEqual(Buffer.alloc(70_001, 7));
    expect(JSON.parse(readFileSync(join(out, 'tocsin-backup.json'), 'utf8'))).toEqual({
      format: 'tocsin-backup',
      version: 1,
      at: at(0),
      release: '9.9.9',
      store: migrations.length,
    });
    expect(readdirSync(out).toSorted()).toEqual([
      'manifest-sha256.txt',
      'secret',
      'tocsin-backup.json',
      'tocsin.db',
      'vault',
    ]);
    expect(readdirSync(folder).toSorted()).toEqual(['backup.tar', 'home', 'out']);
  });

  it('holds one moment of a store that is being written to', async () => {
    const done = new AbortController();
    const acknowledged: string[] = [];
    const write = async () => {
      for (let i = 0; !done.signal.aborted; i++) {
        const id = `W${String(i).padStart(6, '0')}`;
        await store.posts.insertMany([row(received(id))]);
        acknowledged.push(id);
      }
    };
    const written = write();
    for (let i = 0; i < 3; i++) {
      const before = acknowledged.length;
      await back();
      const into = fresh();
      await restore(into);
      const copy = await open(into);
      const ids = idsOf((await copy.posts.page({ filter: {}, order: 'newest', limit: 100_000 })).items);
      // Everything acknowledged before it began is there, nothing by halves, and no gap.
      expect(ids.length).toBeGreaterThanOrEqual(2 + before);
      expect(await copy.log.head()).toBe(ids.length);
      expect(await copy.posts.counts()).toMatchObject({ received: ids.length });
      await copy.close();
    }
    done.abort();
    await written;
    expect(acknowledged.length).toBeGreaterThan(0);
  });

  it('brings everything back, and only what belongs to it', async () => {
    await back();
    const into = fresh();
    expect(await restore(into)).toEqual({ at: at(0), files: 3 });
    expect(readdirSync(into).toSorted()).toEqual(['secret', 'tocsin.db', 'vault']);
    expect(readFileSync(join(into, 'secret'), 'utf8')).toBe('the secret\n');
    const copy = await open(into);
    expect((await copy.posts.getMany(['A', 'B'])).map(({ text }) => text)).toEqual(['text of A', 'text of B']);
    await copy.close();
  });

  it('leaves the secret out when told so', async () => {
    await back(['vault']);
    const into = fresh();
    await restore(into);
    expect(existsSync(join(into, 'secret'))).toBe(false);
  });

  it('is restored over a store only when told so, which then lies aside', async () => {
    await back();
    await store.posts.insertMany([row(received('C'))]);
    await store.close();
    await expect(restore(home)).rejects.toMatchObject({
      code: 'duplicate',
      message: `${home} holds a store already: stop the service and say --force to move it aside, or give another TOCSIN_HOME`,
    });
    const { aside } = await restore(home, true);
    const [now, before] = [await open(home), await open(aside!)];
    expect(await now.posts.get('C')).toBeUndefined();
    expect(await before.posts.get('C')).toBeDefined();
    expect(readFileSync(join(aside!, 'secret'), 'utf8')).toBe('the secret\n');
    await now.close();
    await before.close();
  });

  it('is not made of a damaged database, and the last good one stays', async () => {
    await back();
    const good = readFileSync(file);
    for (let i = 0; i < 60; i++) await store.posts.insertMany([row(received(`D${i}`, 0, { text: 'x'.repeat(3_000) }))]);
    await store.close();
    const path = join(home, 'tocsin.db');
    const bytes = readFileSync(path);
    for (let page = 3; page < bytes.length / 4096 - 1; page += 7) bytes.fill(0xa5, page * 4096, page * 4096 + 2_000);
    writeFileSync(path, bytes);
    await expect(back()).rejects.toMatchObject({
      code: 'store_unavailable',
      message: expect.stringMatching(/damaged/),
    });
    expect(readFileSync(file)).toEqual(good);
    expect(readdirSync(folder).toSorted()).toEqual(['backup.tar', 'home']);
  });

  describe('that is not whole', () => {
    beforeEach(() => back());

    it('is refused wherever it is cut off, and nothing of it stays', async () => {
      const whole = readFileSync(file);
      for (const length of [0, 100, 512, 5_000, whole.length >> 1, whole.length - 1_600]) {
        writeFileSync(file, whole.subarray(0, length));
        const into = fresh();
        expect(await message(into)).toMatch(/^FILE cannot be restored: /);
        expect(readdirSync(into)).toEqual([]);
      }
    });

    it('is refused for any byte that was changed, naming the file where it can', async () => {
      const whole = readFileSync(file);
      const secret = whole.indexOf('the secret');
      for (const [where, said] of [
        [secret, 'FILE cannot be restored: secret is damaged'],
        [6_000, 'FILE cannot be restored: tocsin.db is damaged'],
        [10, 'FILE cannot be restored: it is no backup, or damaged'],
        [whole.indexOf('tocsin-backup"'), 'FILE cannot be restored: it is no backup of this service'],
      ] as const) {
        const changed = Buffer.from(whole);
        changed[where]! ^= 1;
        writeFileSync(file, changed);
        expect(await message(fresh())).toBe(said);
      }
    });

    it('is refused when a newer release made it, in one sentence', async () => {
      const text = readFileSync(file);
      const where = text.indexOf(`"store": ${migrations.length}`) + 9;
      text.write(String(migrations.length + 1), where, 'latin1');
      writeFileSync(file, text);
      expect(await message(fresh())).toBe(
        `FILE cannot be restored: it was made by a newer release (backup version 1, store version ${migrations.length + 1}), but this program knows only 1 and ${migrations.length}: restore it with that release.`,
      );
    });

    it.each([['../escape'], ['/tmp/escape'], ['vault/../../escape'], ['tocsin.sh'], ['other/file']])(
      'is refused when it holds %s',
      async (name) => {
        const whole = readFileSync(file);
        // Its first file is the head: one block for its name, one for its text.
        writeFileSync(file, Buffer.concat([whole.subarray(0, 1_024), tarHeader(name, 0), whole.subarray(1_024)]));
        expect(await message(fresh())).toBe(`FILE cannot be restored: it holds ${name}, which is none of ours`);
      },
    );
  });

  it('needs a file that is there', async () => {
    expect(await message(fresh())).toBe('There is no file FILE');
  });
});

describe('the tar format', () => {
  it('carries sizes beyond what octal digits can say', async () => {
    const size = 10 * 1024 ** 3;
    writeFileSync(file, Buffer.concat([tarHeader('big', size), Buffer.alloc(512)]));
    const files = readTar(file);
    expect((await files.next()).value).toMatchObject({ name: 'big', size });
    await files.return(undefined);
    // Its bytes are not there, so tar complains at the end; the size it read is what counts.
    expect(spawnSync('tar', ['-tvf', file], { encoding: 'utf8' }).stdout).toContain(` ${size} `);
  });

  it('refuses a name that does not fit', () => {
    expect(() => tarHeader('x'.repeat(101), 0)).toThrow(RangeError);
  });
});

it('a database of a newer release is refused by the commands in one sentence', async () => {
  await store.close();
  const db = new DatabaseSync(join(home, 'tocsin.db'));
  db.exec(`PRAGMA user_version = ${migrations.length + 1}`);
  db.close();
  await expect(open(home)).rejects.toThrow(
    /start the newer release that wrote it, or restore a backup from before the upgrade\.$/,
  );
});
