import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock } from '../../src/base/clock.js';
import { AppError } from '../../src/base/errors.js';
import { seededIds } from '../../src/base/ids.js';
import { createDemo } from '../../src/intake/demo.js';
import type { Demo, DemoDeps } from '../../src/intake/demo.js';
import { createIntake } from '../../src/intake/submit.js';
import type { Intake } from '../../src/intake/submit.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/port.js';
import { noon, received, row } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';

const forever = 2_000_000_000;
const texts = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}${n}`);

describe('the demo', () => {
  let folder: string;
  let store: Store;
  let intake: Intake;
  let admit: () => void;
  let log: ReturnType<typeof recordingLog>;
  const open: Demo[] = [];

  const sample = (name: string, texts: string[]) =>
    writeFileSync(
      join(folder, name),
      texts.map((text) => `${JSON.stringify({ text, expect: { flagged: true } })}\n`).join(''),
    );
  const demo = (parts: Partial<DemoDeps> = {}) => {
    const made = createDemo({
      store,
      intake,
      clock: fixedClock(noon),
      log,
      folder,
      signal: new AbortController().signal,
      intervalMs: 0,
      ...parts,
    });
    open.push(made);
    return made;
  };
  const posts = async () =>
    (await store.posts.page({ filter: { workspace: 'demo' }, order: 'newest', limit: 1000 })).items.reverse();
  /** Resolves when the store holds this many posts of the demo. */
  const holds = (count: number) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        posts().then((found) => {
          if (found.length < count) return;
          off();
          resolve();
        }, reject);
      };
      const off = store.log.onAppend(look);
      look();
    });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-demo-'));
    log = recordingLog();
    admit = () => undefined;
    const clock = fixedClock(noon);
    store = await openStore({ driver: 'memory', path: '', clock, log });
    intake = createIntake({
      store,
      clock,
      ids: seededIds('demo'),
      log,
      pseudonym: (author) => author,
      admit: () => admit(),
    });
  });
  afterEach(async () => {
    for (const made of open.splice(0)) await made.stop();
    rmSync(folder, { recursive: true });
  });

  it('replays every sample, of each file in turn, without what was expected of it', async () => {
    sample('b.jsonl', ['b0', 'b1', 'b2']);
    sample('a.jsonl', ['a0']);
    writeFileSync(join(folder, 'README.md'), 'not a sample');
    const shown = demo();
    await shown.start();
    await shown.done();
    const found = await posts();
    expect(found.map(({ text }) => text)).toEqual(['a0', 'b0', 'b1', 'b2']);
    expect(found[0]).toEqual(
      expect.objectContaining({
        via: 'demo',
        by: 'demo',
        workspace: 'demo',
        externalId: 'demo:a.jsonl:1',
        status: 'received',
      }),
    );
    expect(found.every((post) => !('expect' in post))).toBe(true);
    expect(await shown.status()).toEqual({ active: true, posted: 4 });
  });

  it('sends the first forty at once and the others one by one', async () => {
    sample('a.jsonl', texts('t', 45));
    const shown = demo({ intervalMs: forever });
    await shown.start();
    await holds(40);
    expect(await posts()).toHaveLength(40);
    await shown.stop();
    expect(await shown.status()).toEqual({ active: true, posted: 40 });
  });

  it('lets its posts be published over the last hours', async () => {
    sample('a.jsonl', texts('t', 60));
    const shown = demo();
    await shown.start();
    await shown.done();
    const ages = (await posts()).map(({ publishedAt }) => noon - Date.parse(publishedAt ?? ''));
    expect(ages[0]).toBe(6 * 3_600_000);
    expect(Math.min(...ages)).toBeGreaterThan(0);
    expect(ages).toEqual(ages.toSorted((a, b) => b - a));
  });

  it('goes on after a restart without doubling', async () => {
    sample('a.jsonl', texts('t', 50));
    const before = demo({ intervalMs: forever });
    await before.start();
    await holds(40);
    await before.stop();
    // Killed before it could remember what it sent.
    await store.settings.set('demo', { phase: 'running', posted: 20 });
    const after = demo();
    await after.start();
    await after.done();
    expect((await posts()).map(({ text }) => text)).toEqual(texts('t', 50));
    expect(await after.status()).toEqual({ active: true, posted: 50 });
    const again = demo();
    await again.start();
    await again.done();
    expect(await posts()).toHaveLength(50);
  });

  it('does not begin in a store that has posts', async () => {
    sample('a.jsonl', ['t']);
    await store.posts.insertMany([row(received('mine'))]);
    const shown = demo();
    await shown.start();
    await shown.done();
    expect(await posts()).toEqual([]);
    expect(await shown.status()).toEqual({ active: false, posted: 0 });
  });

  it('is removed while it runs, for good, and says so in the log', async () => {
    sample('a.jsonl', texts('t', 45));
    const shown = demo({ intervalMs: forever });
    await shown.start();
    await holds(40);
    await store.posts.insertMany([row(received('mine'))]);
    expect(await shown.remove('admin')).toBe(40);
    expect(await posts()).toEqual([]);
    expect(await store.posts.get('mine')).toBeDefined();
    expect(await store.log.read(0, 100, ['demo_removed'])).toHaveLength(1);
    expect(await shown.status()).toEqual({ active: false, posted: 40 });
    expect(await shown.remove('admin')).toBe(0);
    await store.posts.removeWorkspace('demo', []);
    const again = demo();
    await again.start();
    await again.done();
    expect(await posts()).toEqual([]);
  });

  it('finishes a removal that was cut short', async () => {
    await store.posts.insertMany([row(received('left', 0, { workspace: 'demo' }))]);
    await store.settings.set('demo', { phase: 'removed', posted: 1 });
    await demo().start();
    expect(await posts()).toEqual([]);
  });

  it('names a sample that does not fit and goes on', async () => {
    writeFileSync(
      join(folder, 'a.jsonl'),
      '{"text":"good"}\nnot json\n{"text":"x","place":{"country":"Kenya"}}\n{"text":"last"}',
    );
    const shown = demo();
    await shown.start();
    await shown.done();
    expect((await posts()).map(({ text }) => text)).toEqual(['good', 'last']);
    expect(log.lines.filter(({ level }) => level === 'warn').map(({ fields }) => fields)).toEqual([
      { file: 'a.jsonl', line: 2 },
      { sample: 'demo:a.jsonl:3', errors: [{ field: 'place.country', expected: expect.any(String) }] },
    ]);
  });

  it.each(['empty', 'missing'])('does nothing with a folder that is %s', async (kind) => {
    const shown = demo(kind === 'missing' ? { folder: join(folder, 'nowhere') } : {});
    await shown.start();
    await shown.done();
    expect(await shown.status()).toEqual({ active: false, posted: 0 });
    expect(log.lines).toMatchObject([{ level: 'info' }]);
  });

  it('waits when too much is waiting', async () => {
    sample('a.jsonl', ['t']);
    let refusals = 3;
    admit = () => {
      if (refusals-- > 0) throw new AppError('overloaded');
    };
    const shown = demo();
    await shown.start();
    await shown.done();
    expect(await posts()).toHaveLength(1);
    expect(log.lines).toEqual([]);
  });

  it('says so when it fails', async () => {
    sample('a.jsonl', ['t']);
    admit = () => {
      throw new Error('no');
    };
    const shown = demo();
    await shown.start();
    await shown.done();
    expect(log.lines).toMatchObject([{ level: 'error', fields: { err: { message: 'no' } } }]);
  });

  it('stops with the service, quietly', async () => {
    sample('a.jsonl', texts('t', 45));
    const service = new AbortController();
    const shown = demo({ intervalMs: forever, signal: service.signal });
    await shown.start();
    await holds(40);
    service.abort();
    await shown.done();
    expect(log.lines).toEqual([]);
  });
});
