import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChain } from '../../src/audit/chain.js';
import { verifyChain } from '../../src/audit/verify.js';
import { fixedClock } from '../../src/base/clock.js';
import { sha256 } from '../../src/base/ids.js';
import { canonicalJson } from '../../src/contract/canonical.js';
import { assessedEvent } from '../../src/contract/event.js';
import type { Upload } from '../../src/contract/upload.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/port.js';
import { exportLines, openExport } from '../../src/store/transfer/lines.js';
import { originOf, readStore, writeStore } from '../../src/store/transfer/records.js';
import type { StoreRecord } from '../../src/store/transfer/records.js';
import { assessed, at, noon, received, row } from '../support/posts.js';
import { missingMongo, mongo } from '../support/mongo.js';
import { recordingLog } from '../support/recording-log.js';
import { describeNeeding } from '../support/require.js';

const clock = fixedClock(noon);
const posts = 1_203;
let folder: string;
let opened: Store[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-transfer-'));
  opened = [];
});
afterEach(async () => {
  for (const store of opened) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(driver: 'memory' | 'sqlite', name = ''): Promise<Store> {
  const store = await openStore({ driver, path: join(folder, name), clock, log: recordingLog() });
  opened.push(store);
  return store;
}

/** A store with something of everything. */
async function filled(): Promise<Store> {
  const store = await open('sqlite', 'first.db');
  for (let from = 0; from < posts; from += 401) {
    const rows = Array.from({ length: Math.min(401, posts - from) }, (_, i) => {
      const id = String(from + i).padStart(6, '0');
      return row(received(id, i, { text: `ኢትዮጵያ \u2028\u0000\uD800 ${id}` }), [`ext:${id}`, `row:${id}`]);
    });
    await store.posts.insertMany(rows);
    await store.posts.save(
      rows.slice(0, 50).map(({ post }) => {
        const doc = assessed(post, { score: 0.5, groups: ['G'], categories: ['T01'] });
        return { doc, expectedVersion: 1, events: [assessedEvent(doc, at(1))] };
      }),
    );
  }
  await store.keys.put({
    id: 'K',
    name: 'k',
    scopes: ['read'],
    hash: 'h',
    prefix: 'p',
    createdAt: at(0),
    createdBy: 'u',
  });
  await store.uploads.put({ id: 'U', fileName: 'a.csv', errors: [] } as unknown as Upload);
  await store.settings.set('url', 'http://localhost');
  await store.log.setCursor('classify', 7);
  const chain = createChain({ store, clock });
  for (let i = 0; i < 5; i++) await chain.record({ action: 'read', actor: { kind: 'user', id: 'u' }, target: `${i}` });
  return store;
}

async function text(store: Store): Promise<string> {
  const lines: string[] = [];
  for await (const line of exportLines(store)) lines.push(line);
  return lines.join('');
}

const copy = async (from: Store, to: Store) => writeStore(to, await originOf(from), readStore(from));

it('is the same text after sqlite → memory → file → sqlite', async () => {
  const first = await filled();
  const original = await text(first);
  const memory = await open('memory');
  expect(await copy(first, memory)).toMatchObject({ post: posts, key: 1, upload: 1, setting: 1, cursor: 1, audit: 5 });
  const path = join(folder, 'export.jsonl');
  writeFileSync(path, await text(memory));
  const { origin, read } = await openExport(path);
  const last = await open('sqlite', 'last.db');
  await writeStore(last, origin, read());
  expect(await text(last)).toBe(original);
  expect(original.split('\n').length).toBeGreaterThan(2 * posts);
  // What no export tells: counters, filters and the chain work in the copy as in the original.
  expect(await last.posts.counts()).toEqual(await first.posts.counts());
  expect(await verifyChain(last.audit.read)).toMatchObject({ entries: 5 });
  const page = { filter: { group: ['G'] }, order: 'newest' as const, limit: 20 };
  expect((await last.posts.page(page)).items).toEqual((await first.posts.page(page)).items);
});

describeNeeding('by way of MongoDB', missingMongo(), () => {
  it('is the same text after sqlite → mongo → sqlite, one that was broken off too', async () => {
    const server = await mongo();
    try {
      const first = await filled();
      const url = server.url(`tocsin_move_${process.pid}`);
      const between = await openStore({ driver: 'mongo', path: '', url, clock, log: recordingLog() });
      opened.push(between);
      const origin = await originOf(first);
      async function* broken(): AsyncGenerator<StoreRecord> {
        let left = 700;
        for await (const record of readStore(first)) {
          if (left-- === 0) throw new Error('the power went');
          yield record;
        }
      }
      await expect(writeStore(between, origin, broken())).rejects.toThrow('the power went');
      await copy(first, between);
      const last = await open('sqlite', 'last.db');
      await copy(between, last);
      expect(await text(last)).toBe(await text(first));
      expect(await between.posts.counts()).toEqual(await first.posts.counts());
    } finally {
      for (const store of opened.splice(0)) await store.close();
      await server.stop();
    }
  });
});

it('goes on where it was broken off, and ends the same', async () => {
  const first = await filled();
  const target = await open('sqlite', 'target.db');
  async function* broken(): AsyncGenerator<StoreRecord> {
    let left = posts + 600;
    for await (const record of readStore(first)) {
      if (left-- === 0) throw new Error('the power went');
      yield record;
    }
  }
  const origin = await originOf(first);
  await expect(writeStore(target, origin, broken())).rejects.toThrow('the power went');
  expect((await target.transfer.posts('', 9_999)).length).toBe(posts);
  const other = await open('memory');
  await createChain({ store: other, clock }).record({ action: 'read', actor: { kind: 'user', id: 'other' } });
  await expect(copy(other, target)).rejects.toMatchObject({ code: 'duplicate' });
  await copy(first, target);
  expect(await text(target)).toBe(await text(first));
});

it('fills no store that holds something', async () => {
  const first = await filled();
  const used = await open('memory');
  await used.settings.set('a', 1);
  await expect(copy(first, used)).rejects.toMatchObject({
    code: 'duplicate',
    message: 'The store that is to be filled is not empty; give a new one',
  });
  expect(await used.transfer.posts('', 1)).toEqual([]);
  // Nor one that was filled to the end.
  const done = await open('memory');
  await copy(first, done);
  await expect(copy(first, done)).rejects.toMatchObject({ code: 'duplicate' });
});

describe('a file', () => {
  let path: string;
  let lines: string[];
  beforeEach(async () => {
    path = join(folder, 'export.jsonl');
    const store = await open('memory');
    await store.settings.set('a', 1);
    await store.posts.insertMany([row(received('A')), row(received('B'))]);
    writeFileSync(path, await text(store));
    lines = readFileSync(path, 'utf8').split('\n');
  });
  const refusal = async (content: string) => {
    writeFileSync(path, content);
    const error = await openExport(path).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    return error?.message.replace(path, 'FILE');
  };

  it('is read to its end before one record of it is used', async () => {
    expect(await refusal(lines.slice(0, -2).join('\n'))).toBe('FILE is cut off after 5 records');
    expect(await refusal(lines.join('\n').replace('text of A', 'text of X'))).toBe(
      'FILE was changed since it was written',
    );
    expect(await refusal([lines[0], ...lines.slice(2)].join('\n'))).toBe('FILE was changed since it was written');
    expect(await refusal(`${lines.join('\n')}{}\n`)).toBe('FILE goes on after its end');
    expect(await refusal('{"text":"a post"}\n')).toBe('FILE is no export of a Tocsin store');
    expect(await refusal('')).toBe('FILE is no export of a Tocsin store');
    await expect(openExport(join(folder, 'none'))).rejects.toThrow(`There is no file ${join(folder, 'none')}`);
  });

  it('of a newer release is refused in one sentence', async () => {
    expect(await refusal(lines.join('\n').replace('"version":2', '"version":3'))).toBe(
      'FILE is an export of version 3, but this program knows only 2: import it with the newer release that wrote it.',
    );
  });

  it('of the release before, without people, is still read', async () => {
    const body = [lines[0]!.replace('"version":2', '"version":1'), ...lines.slice(1, -2)]
      .map((line) => `${line}\n`)
      .join('');
    writeFileSync(path, `${body}${canonicalJson({ kind: 'end', records: lines.length - 3, sha256: sha256(body) })}\n`);
    expect(await openExport(path)).toMatchObject({ records: lines.length - 3 });
  });

  it('with a record that does not fit names its line', async () => {
    const body = [lines[0], '{"kind":"post","post":{"id":"A"},"dedupe":[]}'].map((line) => `${line}\n`).join('');
    writeFileSync(path, `${body}${canonicalJson({ kind: 'end', records: 1, sha256: sha256(body) })}\n`);
    const { read } = await openExport(path);
    await expect(read().next()).rejects.toThrow(`${path} has a record on line 2 that does not fit`);
  });
});
