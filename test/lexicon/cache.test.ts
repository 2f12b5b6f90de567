import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEngine } from '../../src/engine/index.js';
import { openLexicon } from '../../src/lexicon/cache.js';
import { flatten, unflatten } from '../../src/lexicon/flat.js';
import { LexiconError } from '../../src/lexicon/load.js';
import { root } from '../support/engine.js';
import { recordingLog } from '../support/recording-log.js';

let home: string;
let log: ReturnType<typeof recordingLog>;
let pack: string;
let folders: { lexicons: string; data: string };
const text = 'All blorvens are rats. Kill all blorvens.';

/** The pack of the tests under another language's name: English has a list of ordinary words, which takes a second to compile. */
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'tocsin-cache-'));
  log = recordingLog();
  const from = join(root, 'test', 'support', 'lexicons');
  folders = { lexicons: join(home, 'lexicons'), data: join(root, 'data') };
  pack = join(folders.lexicons, 'zza');
  await cp(join(from, '_shared'), join(folders.lexicons, '_shared'), { recursive: true });
  await mkdir(pack);
  for (const name of await readdir(join(from, 'eng')))
    await writeFile(join(pack, name), (await readFile(join(from, 'eng', name), 'utf8')).replaceAll('"eng', '"zza'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const open = (at = home) => openLexicon(folders, { home: at, log });
const files = () => readdir(join(home, 'compiled'));
const onlyFile = async () => join(home, 'compiled', (await files())[0]!);
const said = () => log.lines.map(({ message }) => message);
const verdict = ({ compiled }: Awaited<ReturnType<typeof open>>) =>
  createEngine({ compiled, detect: () => [], stem: () => undefined }).assess(text);

describe('compiled lexicons', () => {
  it('are kept for their owner alone and read back the same', async () => {
    const first = await open();
    const mode = (await stat(await onlyFile())).mode & 0o777;
    const second = await open();
    expect(mode).toBe(0o600);
    expect(second).toEqual(first);
    expect(verdict(second)).toEqual(verdict(first));
    expect(said()).toEqual(['the compiled lexicons are kept']);
  });

  it('lie in shared memory, one stretch for all threads', async () => {
    await open();
    const { compiled } = await open();
    expect(compiled.automaton.cells.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(compiled.senses.entry.buffer).toBe(compiled.automaton.cells.buffer);
  });

  it('are compiled again when a byte is damaged', async () => {
    const first = await open();
    const file = await onlyFile();
    const bytes = await readFile(file);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(file, bytes);
    expect(await open()).toEqual(first);
    expect(said()).toContain('the compiled lexicons are damaged; they are compiled again');
    log.lines.length = 0;
    await open();
    expect(said()).toEqual([]);
  });

  it.each([0, 10, 5_000])('are compiled again when the file ends after %d bytes', async (length) => {
    const first = await open();
    await truncate(await onlyFile(), length);
    expect(await open()).toEqual(first);
    expect(said()).toContain('the compiled lexicons are damaged; they are compiled again');
  });

  it('are compiled again when a pack has changed, its size and time not', async () => {
    const { compiled } = await open();
    const file = join(pack, 'terms.jsonl');
    const { atime, mtime } = await stat(file);
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('blorven', 'blarven'));
    await utimes(file, atime, mtime);
    const changed = await open();
    expect(changed.compiled.revision).not.toBe(compiled.revision);
    expect(await files()).toHaveLength(2);
  });

  it('are not kept where they cannot be, and all goes on', async () => {
    await writeFile(join(home, 'file'), '');
    const opened = await open(join(home, 'file'));
    expect(opened.compiled.revision).toMatch(/^\d/);
    expect(said()).toContain('the compiled lexicons cannot be kept; every start compiles them');
  });

  it('are kept of four sets of packs, no more', async () => {
    for (let i = 0; i < 6; i++) {
      await writeFile(join(folders.lexicons, 'more.json'), String(i));
      await open();
    }
    expect(await files()).toHaveLength(4);
  });

  it('hide no mistake in a pack', async () => {
    await open();
    await writeFile(join(pack, 'terms.jsonl'), '{"id": 7}\n');
    await expect(open()).rejects.toBeInstanceOf(LexiconError);
  });
});

describe('a flat value', () => {
  it('comes back as it was: maps, typed arrays of each kind, and arrays of odd lengths', () => {
    const value = {
      a: new Uint8Array([1, 2, 3]),
      list: [{ b: new Uint16Array([65_535]) }, { b: new Uint32Array([0xffffffff, 1]), none: [] }],
      map: new Map([
        [1, [2, 3]],
        [4, []],
      ]),
      c: new Int32Array([-1, 2]),
      text: 'ÿ “…” 𐀀',
      empty: new Uint8Array(0),
    };
    const bytes = flatten(value);
    expect(unflatten(bytes)).toEqual(value);
  });
});
