import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../../src/store/open.js';
import { systemClock } from '../../src/base/clock.js';
import { assessedEvent } from '../../src/contract/event.js';
import { assessed, received, row } from '../support/posts.js';
import { cli, start } from '../support/process.js';
import { recordingLog } from '../support/recording-log.js';
import { killWriters, table } from './kill-paths.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-kills-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('killed at any moment on every path: nothing acknowledged is lost, nothing is there twice', async () => {
  const home = join(folder, 'home');
  const report = await killWriters(14, 20_260_301, { TOCSIN_HOME: home }, 10);
  // The table is what says what went wrong.
  const wrong = report.rows.filter(({ lost, doubled }) => lost + doubled > 0).length + report.faults.length;
  expect({ wrong, table: table(report) }).toEqual({ wrong: 0, table: expect.any(String) });
  expect(report.rows.filter(({ acknowledged }) => acknowledged === 0)).toEqual([]);
  const db = new DatabaseSync(join(home, 'tocsin.db'));
  expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  db.close();
}, 180_000);

describe('a move that is killed', () => {
  const posts = 2_000;
  beforeEach(async () => {
    const path = join(folder, 'home', 'tocsin.db');
    const store = await openStore({ driver: 'sqlite', path, clock: systemClock, log: recordingLog() });
    for (let from = 0; from < posts; from += 500) {
      const rows = Array.from({ length: 500 }, (_, i) =>
        row(received(String(from + i).padStart(6, '0')), [`k${from + i}`]),
      );
      await store.posts.insertMany(rows);
      await store.posts.save(
        rows.map(({ post }) => {
          const doc = assessed(post);
          return { doc, expectedVersion: 1, events: [assessedEvent(doc, post.receivedAt)] };
        }),
      );
    }
    await store.close();
  });
  const env = (home: string) => ({ TOCSIN_HOME: join(folder, home), TOCSIN_LOG: 'error' });

  it('goes on where it was killed, and ends the same', async () => {
    const file = join(folder, 'export.jsonl');
    await cli(['export', file], { env: env('home') });
    for (const lines of [1, 2, 4, 6]) {
      const child = start('cli', ['import', file], env('copy'));
      const gone = once(child, 'exit');
      let seen = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        seen += text;
        if (seen.split('\n').length > lines) child.kill('SIGKILL');
      });
      expect((await gone)[1]).toBe('SIGKILL');
    }
    const { code, out } = await cli(['import', file], { env: env('copy') });
    expect([code, out]).toEqual([0, expect.stringContaining(`imported ${posts} posts, ${2 * posts} events`)]);
    const contents = async (home: string) => {
      const { out } = await cli(['export', '-'], { env: env(home) });
      return out.split('\n').filter((line) => !/"kind":"(audit|end|tocsin-export)"/.test(line));
    };
    expect(await contents('copy')).toEqual(await contents('home'));
  }, 300_000);

  it('leaves no backup that is not whole, and no store that is half restored', async () => {
    const file = join(folder, 'backup.tar');
    const killWhen = async (args: string[], home: string, seen: (name: string) => boolean, where: string) => {
      const child = start('cli', args, env(home));
      const gone = once(child, 'exit');
      const watcher = watch(where, (_, name) => name !== null && seen(name) && child.kill('SIGKILL'));
      await gone;
      watcher.close();
    };
    for (const draft of ['backup.tar.db-partial', 'backup.tar.partial'])
      await killWhen(['backup', file], 'home', (name) => name === draft, folder);
    // Killed before its last step it is not there under its name; killed after it, it is whole.
    if (existsSync(file)) expect((await cli(['restore', file], { env: env('early') })).code).toBe(0);
    expect((await cli(['backup', file], { env: env('home') })).code).toBe(0);
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);

    mkdirSync(join(folder, 'restored'));
    await killWhen(['restore', file], 'restored', (name) => name.startsWith('restoring-'), join(folder, 'restored'));
    const again = await cli(['restore', file, '--force'], { env: env('restored') });
    expect([again.code, again.err]).toEqual([0, '']);
    expect((await cli(['verify'], { env: env('restored') })).out).toContain('unbroken');
  }, 300_000);
});
