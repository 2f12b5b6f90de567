import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { fixedClock } from '../../src/base/clock.js';
import { postStatuses } from '../../src/contract/post.js';
import { openStore } from '../../src/store/open.js';
import { connect } from '../../src/store/sqlite/connection.js';
import { migrate } from '../../src/store/sqlite/migrate.js';
import { migrations } from '../../src/store/sqlite/schema.js';
import { at, assessed, noon, received, row } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';
import { storeSuite } from './suite.js';

const scratch = () => mkdtempSync(join(tmpdir(), 'tocsin-store-'));
const open = (path: string) => openStore({ driver: 'sqlite', path, clock: fixedClock(noon), log: recordingLog() });

storeSuite('sqlite', () => {
  const folder = scratch();
  return {
    open: () => open(join(folder, 'new', 'store.sqlite')),
    dispose: async () => rmSync(folder, { recursive: true }),
  };
});

describe('the sqlite file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = scratch();
    path = join(folder, 'store.sqlite');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('holds everything when opened again', async () => {
    const first = await open(path);
    const post = received('A');
    await first.posts.insertMany([row(post, ['k'])]);
    await first.posts.save([{ doc: assessed(post, { score: 1, groups: ['G'] }), expectedVersion: 1, events: [] }]);
    await first.log.setCursor('c', 1);
    await first.settings.set('s', 1);
    await first.idempotency.put('p', 'k', 'd', 1, at(0));
    await first.close();

    const again = await open(path);
    expect(await again.posts.get('A')).toEqual(assessed(post, { score: 1, groups: ['G'] }));
    expect((await again.posts.page({ filter: { group: ['G'] }, order: 'priority', limit: 9 })).items).toHaveLength(1);
    expect(await again.posts.counts()).toMatchObject({ open: 1, received: 0 });
    expect(await again.posts.insertMany([row(received('B'), ['k'])])).toEqual([{ id: 'A', duplicate: true }]);
    expect(await again.log.head()).toBe(1);
    expect(await again.log.cursor('c')).toBe(1);
    expect(await again.settings.get('s')).toBe(1);
    expect(await again.idempotency.get('p', 'k')).toEqual({ digest: 'd', answer: 1 });
    await again.close();
  });

  it('commits what was asked for before it is closed', async () => {
    const first = await open(path);
    const inserting = first.posts.insertMany([row(received('A'))]);
    await first.close();
    expect(await inserting).toEqual([{ id: 'A', duplicate: false }]);
    const again = await open(path);
    expect(await again.posts.get('A')).toBeDefined();
    await again.close();
  });

  it('is set up to survive a power cut', () => {
    const { db, close } = connect(path);
    const value = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect({
      journal: value('journal_mode'),
      sync: value('synchronous'),
      keys: value('foreign_keys'),
      busy: value('busy_timeout'),
    }).toEqual({
      journal: 'wal',
      sync: 2,
      keys: 1,
      busy: 5000,
    });
    close();
  });

  const raw = (work: (db: DatabaseSync) => void) => {
    const db = new DatabaseSync(path);
    work(db);
    db.close();
  };

  describe('migrations', () => {
    const twoSteps = [
      { name: 'first', sql: 'CREATE TABLE one (a INTEGER) STRICT; INSERT INTO one VALUES (1);' },
      { name: 'second', sql: 'ALTER TABLE one ADD COLUMN b INTEGER; UPDATE one SET b = a + 1;' },
    ];

    it('takes the steps that the file has not seen, once', () => {
      raw((db) => expect(migrate(db, path, twoSteps.slice(0, 1))).toEqual(['first']));
      raw((db) => expect(migrate(db, path, twoSteps)).toEqual(['second']));
      raw((db) => {
        expect(migrate(db, path, twoSteps)).toEqual([]);
        expect(db.prepare('SELECT a, b FROM one').all()).toEqual([{ a: 1, b: 2 }]);
      });
    });

    it('leaves the file at the last good step when one fails', () => {
      const broken = [
        ...twoSteps,
        { name: 'third', sql: 'CREATE TABLE three (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1);' },
      ];
      raw((db) => expect(() => migrate(db, path, broken)).toThrow(/nowhere/));
      raw((db) => {
        expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 });
        expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'three'").all()).toEqual([]);
        expect(migrate(db, path, twoSteps)).toEqual([]);
      });
    });

    it('refuses a newer file in one sentence and leaves it alone', async () => {
      await (await open(path)).close();
      raw((db) => db.exec(`PRAGMA user_version = ${migrations.length + 1}`));
      await expect(open(path)).rejects.toMatchObject({
        code: 'store_unavailable',
        message: `The store ${path} has version ${migrations.length + 1}, but this program knows only ${migrations.length}: start the newer release that wrote it, or restore a backup from before the upgrade.`,
      });
      raw((db) => expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length + 1 }));
    });

    it("refuses another program's database", async () => {
      raw((db) => db.exec('CREATE TABLE theirs (a)'));
      await expect(open(path)).rejects.toMatchObject({
        code: 'store_unavailable',
        message: expect.stringContaining('another program'),
      });
    });

    it('refuses a file that is no database', async () => {
      writeFileSync(path, 'these are not the bytes of a database '.repeat(200));
      await expect(open(path)).rejects.toMatchObject({
        code: 'store_unavailable',
        message: expect.stringContaining(path),
      });
    });
  });

  it('loses nothing acknowledged and keeps nothing by halves when the process is killed', async () => {
    for (const kills of [1, 40, 200]) {
      const child = spawn(process.execPath, [fileURLToPath(new URL('crash-child.js', import.meta.url)), path], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const acknowledged: string[] = [];
      const ended = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged.push(line);
        if (acknowledged.length === kills) child.kill('SIGKILL');
      }
      expect(await ended).toBe('SIGKILL');

      const store = await open(path);
      expect((await store.posts.getMany(acknowledged)).map(({ id }) => id)).toEqual(acknowledged);
      const events = await store.log.read(0, 100_000);
      const { items } = await store.posts.page({ filter: {}, order: 'newest', limit: 100_000 });
      // Every post with its event, every assessed one with both: never one without the other.
      const expected = items.flatMap(({ id, version }) =>
        version === 2 ? [`received:${id}`, `assessed:${id}:2`] : [`received:${id}`],
      );
      expect(events.map(({ id }) => id).sort()).toEqual(expected.sort());
      const counted = Object.fromEntries(
        postStatuses.map((status) => [status, items.filter((post) => post.status === status).length]),
      );
      expect(await store.posts.counts()).toEqual(counted);
      await store.close();
      const db = new DatabaseSync(path);
      expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
      expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
      db.close();
    }
  });
});
