import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fixedClock } from '../../src/base/clock.js';
import { seededIds, sha256 } from '../../src/base/ids.js';
import type { AuditInput } from '../../src/contract/audit.js';
import { canonicalJson } from '../../src/contract/canonical.js';
import { writeBag } from '../../src/evidence/bag.js';
import { createVault } from '../../src/evidence/vault.js';
import type { Vault } from '../../src/evidence/vault.js';
import { at, noon } from '../support/posts.js';

const actor = { kind: 'user', id: 'u1' } as const;
const bytes = Buffer.from([0, 1, 2, 255, 254, 10, 13, 10, 65]);
const said = { method: 'saved from the browser', name: 'page.bin', url: 'https://example.org/p/1' };
let folder: string;
let told: AuditInput[];
let vault: Vault;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-vault-'));
  told = [];
  vault = createVault({
    folder: join(folder, 'vault'),
    clock: fixedClock(noon),
    ids: seededIds('vault'),
    record: async (input) => told.push(input),
    version: '9.9.9',
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const capture = (input: object = said, what: Uint8Array = bytes, hold?: string) =>
  vault.capture(Readable.from([what.subarray(0, 4), what.subarray(4)]), input, actor, hold);

/** Turns one bit of a file over, whatever its mode says. */
function flip(path: string, where = 0): void {
  const content = readFileSync(path);
  content[where]! ^= 1;
  chmodSync(path, 0o600);
  writeFileSync(path, content);
}

describe('the vault', () => {
  it('keeps the bytes under their SHA-256, with who, when, how and from where', async () => {
    const item = await capture({ ...said, headers: [['content-type', 'text/html']], publishedAtClaimed: at(-5) });
    expect(item).toMatchObject({
      ...said,
      mime: 'application/octet-stream',
      headers: [['content-type', 'text/html']],
      sha256: sha256(bytes),
      bytes: bytes.length,
      capturedAt: at(0),
      collector: { actor, tool: 'tocsin', toolVersion: '9.9.9', machine: expect.any(String) },
      held: false,
    });
    const path = vault.objects.path(item.sha256);
    expect(readFileSync(path)).toEqual(bytes);
    expect(statSync(path).mode & 0o777).toBe(0o400);
    expect(await vault.get(item.id)).toEqual(item);
    expect(item.custody).toMatchObject([{ n: 1, action: 'capture', actor, at: at(0) }]);
    expect(told).toEqual([{ action: 'evidence.capture', actor, target: item.id, after: item.custody[0]!.hash }]);
  });

  it('keeps equal bytes once and both records of where they are from', async () => {
    const [one, two] = [await capture(), await capture({ ...said, url: 'https://example.org/p/2' })];
    expect([one.sha256, one.id === two.id]).toEqual([two.sha256, false]);
    const objects = readdirSync(join(folder, 'vault', 'objects'), { recursive: true, withFileTypes: true });
    expect(objects.filter((entry) => entry.isFile())).toHaveLength(1);
    expect((await vault.list()).map(({ url }) => url)).toEqual([one.url, two.url]);
  });

  it('chains the custody from the record on', async () => {
    const { id } = await capture();
    await vault.hold(id, 'court order', actor);
    const { custody, held: _, ...record } = await vault.release(id, 'order lifted', actor);
    expect(custody.map(({ action, reason }) => [action, reason])).toEqual([
      ['capture', said.method],
      ['hold', 'court order'],
      ['release', 'order lifted'],
    ]);
    expect(custody[0]!.prevHash).toBe(sha256(canonicalJson(record)));
    expect(custody.slice(1).map(({ prevHash }) => prevHash)).toEqual(custody.slice(0, 2).map(({ hash }) => hash));
  });

  it('holds once and releases once', async () => {
    const { id } = await capture(said, bytes, 'from the start');
    expect((await vault.get(id)).held).toBe(true);
    await expect(vault.hold(id, 'again', actor)).rejects.toMatchObject({ code: 'transition_not_allowed' });
    expect((await vault.release(id, 'done', actor)).held).toBe(false);
    await expect(vault.release(id, 'again', actor)).rejects.toMatchObject({ code: 'transition_not_allowed' });
  });

  it('keeps one custody when many act at once', async () => {
    const { id } = await capture();
    await Promise.all(Array.from({ length: 8 }, (_, i) => vault.noteExport(id, `copy ${i}`, actor)));
    const { custody } = await vault.get(id);
    expect(custody.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(custody.map(({ reason }) => reason)).size).toBe(9);
    expect(await vault.verify()).toEqual({ items: 1, faults: [] });
  });

  it('names the posts under hold', async () => {
    await capture({ ...said, post: 'P1' });
    const { id } = await capture({ ...said, post: 'P2' }, bytes, 'order');
    await capture({ ...said, post: 'P3' }, bytes, 'order');
    await vault.release(id, 'done', actor);
    expect(await vault.heldPosts()).toEqual(new Set(['P3']));
  });

  it.each([
    [{ method: '' }, 'method'],
    [{ method: 'm', url: 'ftp://x' }, 'url'],
    [{ method: 'm', mime: 'png' }, 'mime'],
    [{ method: 'm', colour: 'red' }, 'colour'],
  ])('refuses %j and keeps nothing', async (input, field) => {
    await expect(capture(input)).rejects.toMatchObject({ code: 'invalid_input', fields: [{ field }] });
    expect([await vault.list(), told]).toEqual([[], []]);
  });

  it('knows what it has not', async () => {
    for (const id of ['01', '../../etc', '0'.repeat(26)])
      await expect(vault.get(id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('leaves nothing behind of a capture that broke off', async () => {
    const broken = Readable.from(
      (async function* () {
        yield bytes;
        throw new Error('the line went dead');
      })(),
    );
    await expect(vault.capture(broken, said, actor)).rejects.toThrow('the line went dead');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect([files, await vault.list()]).toEqual([[], []]);
  });

  it('passes over what a kill broke off: a record without custody, and a custody without an event', async () => {
    const { id } = await capture();
    const copy = join(folder, 'vault', 'items', '0'.repeat(26));
    cpSync(join(folder, 'vault', 'items', id), copy, { recursive: true });
    rmSync(join(copy, 'custody', '000001.json'));
    expect([(await vault.list()).map((item) => item.id), await vault.verify()]).toEqual([
      [id],
      { items: 1, faults: [] },
    ]);
    rmSync(join(copy, 'custody'), { recursive: true });
    expect(await vault.verify()).toEqual({ items: 1, faults: [] });
  });

  describe('verification', () => {
    const part = (id: string, ...path: string[]) => join(folder, 'vault', 'items', id, ...path);

    it('finds one flipped byte of an original and names the item', async () => {
      const [, item] = [await capture(said, Buffer.from('another')), await capture()];
      flip(vault.objects.path(item.sha256), 5);
      const { items, faults } = await vault.verify();
      expect([items, faults]).toEqual([
        2,
        [{ id: item.id, reason: expect.stringContaining('its original was changed: the SHA-256 of its bytes is ') }],
      ]);
    });

    it.each([
      [
        'an original that is gone',
        (id: string) => rmSync(vault.objects.path(sha256(bytes))) ?? id,
        'its original is missing',
      ],
      [
        'an original that was cut',
        () => {
          const path = vault.objects.path(sha256(bytes));
          chmodSync(path, 0o600);
          writeFileSync(path, bytes.subarray(0, 3));
        },
        'its original has 3 bytes, not 9',
      ],
      [
        'a capture record that was changed',
        (id: string) => {
          const path = part(id, 'record.json');
          const text = readFileSync(path, 'utf8').replace('example.org', 'example.com');
          chmodSync(path, 0o600);
          writeFileSync(path, text);
        },
        'its capture record was changed, or is not the one its custody began with',
      ],
      [
        'a custody event that was changed',
        (id: string) => {
          const path = part(id, 'custody', '000002.json');
          const text = readFileSync(path, 'utf8').replace('court order', 'a whim');
          chmodSync(path, 0o600);
          writeFileSync(path, text);
        },
        'event 2 of its custody was changed',
      ],
      [
        'a custody event that is gone',
        (id: string) => rmSync(part(id, 'custody', '000001.json')),
        'event 1 of its custody is missing',
      ],
      [
        'a record that is no record',
        (id: string) => {
          chmodSync(part(id, 'record.json'), 0o600);
          writeFileSync(part(id, 'record.json'), '{');
        },
        'its capture record or its custody cannot be read',
      ],
    ])('finds %s', async (_, damage, reason) => {
      const { id } = await capture();
      await vault.hold(id, 'court order', actor);
      damage(id);
      expect((await vault.verify()).faults).toEqual([{ id, reason }]);
    });
  });
});

describe('the package', () => {
  const info = { at: at(0), by: 'cli ann', reason: 'asked for by the <court> & others', version: '9.9.9' };
  const check = (bag: string, manifest = 'manifest-sha256.txt') =>
    spawnSync('sha256sum', ['-c', '--strict', manifest], { cwd: bag, encoding: 'utf8' });
  const pack = async (name = 'bag') => {
    const bag = join(folder, name);
    await writeBag(bag, await vault.list(), vault.objects, info);
    return bag;
  };

  it('is BagIt 1.0, and sha256sum finds every byte of it in its place', async () => {
    const item = await capture({ ...said, name: '../bad name\n%.html' }, bytes, 'court order');
    await capture({ ...said, name: 'صورة.png' }, Buffer.from('another'));
    const bag = await pack();
    const text = (path: string) => readFileSync(join(bag, path), 'utf8');
    expect(text('bagit.txt')).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
    for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
      const { status, stdout } = check(bag, manifest);
      expect([status, stdout.split('\n').every((line) => line === '' || line.endsWith(': OK'))]).toEqual([0, true]);
    }
    const listed = text('manifest-sha256.txt')
      .trim()
      .split('\n')
      .map((line) => line.slice(66));
    const payload = readdirSync(join(bag, 'data'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(bag.length + 1));
    expect(listed.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(payload.toSorted((a, b) => (a < b ? -1 : 1)));
    const total = payload.reduce((sum, path) => sum + statSync(join(bag, path)).size, 0);
    expect(text('bag-info.txt')).toContain(`Payload-Oxum: ${total}.${payload.length}\n`);
    expect(text('tagmanifest-sha256.txt').match(/ {2}\S+$/gm)).toEqual(
      ['bagit.txt', 'bag-info.txt', 'README.html', 'manifest-sha256.txt'].map((name) => `  ${name}`),
    );
    expect(readFileSync(join(bag, 'data', item.id, 'original', '_bad_name_.html'))).toEqual(bytes);
    expect(text('README.html')).toContain('asked for by the &lt;court&gt; &amp; others');
    expect(text('README.html')).toContain(item.sha256);
  });

  it('can be followed from the original to the last event with nothing of ours', async () => {
    const { id } = await capture(said, bytes, 'court order');
    const bag = await pack();
    // A few lines of plain Node that import nothing of ours, so that it is not our code that agrees with itself.
    const script = `
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const [folder] = process.argv.slice(1);
const digest = (data) => createHash('sha256').update(data).digest('hex');
const read = (name) => readFileSync(folder + '/' + name);
const record = JSON.parse(read('record.json'));
if (digest(read('original/' + record.name)) !== record.sha256) throw new Error('original');
let before = digest(read('record.json').toString().trimEnd());
let last;
for (const line of read('custody.jsonl').toString().trimEnd().split('\\n')) {
  last = JSON.parse(line);
  // Keys are sorted, so the hash is cut out of the text as it stands.
  const without = line.replace('"hash":"' + last.hash + '",', '');
  if (last.prevHash !== before || digest(without) !== last.hash) throw new Error('event ' + last.n);
  before = last.hash;
}
console.log(last.action);`;
    expect(execFileSync(process.execPath, ['-e', script, join(bag, 'data', id)], { encoding: 'utf8' })).toBe('hold\n');
  });

  it('shows one flipped byte, and which file has it', async () => {
    const { id } = await capture();
    const bag = await pack();
    flip(join(bag, 'data', id, 'original', 'page.bin'));
    const { status, stdout } = check(bag);
    expect([status, stdout]).toEqual([1, expect.stringContaining(`data/${id}/original/page.bin: FAILED\n`)]);
  });

  it('is not made of an original that is not whole, nor over something that is there', async () => {
    const item = await capture();
    await pack('first');
    await expect(pack('first')).rejects.toMatchObject({ code: 'duplicate' });
    flip(vault.objects.path(item.sha256));
    await expect(pack('second')).rejects.toMatchObject({
      code: 'evidence_damaged',
      message: expect.stringContaining(item.id),
    });
    expect(readdirSync(folder).toSorted()).toEqual(['first', 'vault']);
  });
});
