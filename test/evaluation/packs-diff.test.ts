import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { diffOf, printDiff } from '../../src/evaluation/packs-diff.js';
import type { PacksDiff } from '../../src/evaluation/packs-diff.js';
import { diffPacks } from '../../src/lexicon/diff.js';
import { testEnv } from '../support/app.js';
import { folders } from '../support/engine.js';
import { recordingLog } from '../support/recording-log.js';

let root: string;
let diff: PacksDiff;
const at = (...parts: string[]) => join(root, ...parts);
const git = (...args: string[]) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=test', '-c', 'user.email=test@example.org', ...args]);
const here = () => ({ lexicons: at('lexicons'), data: folders.data });
const cache = { log: recordingLog() };
async function edit(file: string, change: (text: string) => string): Promise<void> {
  const path = at('lexicons', 'kau', file);
  await writeFile(path, change(await readFile(path, 'utf8')));
}

/** A repository with the invented pack in its first revision, and changes that lie beside it. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tocsin-diff-'));
  await cp(testEnv.TOCSIN_LEXICONS, at('lexicons'), { recursive: true });
  // In a language without a list of ordinary words, whose compiling takes seconds.
  await rename(at('lexicons', 'eng'), at('lexicons', 'kau'));
  for (const file of ['pack.json', 'terms.jsonl', 'groups.jsonl', 'cues.jsonl'])
    await edit(file, (text) => text.replaceAll('"eng', '"kau'));
  await mkdir(at('test', 'conformance'), { recursive: true });
  await writeFile(
    at('test', 'conformance', 'kau.jsonl'),
    [
      '{"id": "eng-001", "capability": "slur", "text": "They are blorvens.", "flagged": true}',
      '{"id": "eng-002", "capability": "neutral", "text": "It rained on the glimmeks.", "flagged": false}',
      '{"id": "eng-003", "capability": "neutral", "text": "It rained.", "flagged": false}',
      '',
    ].join('\n'),
  );
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
  await edit('terms.jsonl', (text) => text.replace('"blorven", "blorvens"', '"blorven", "glimmeks"'));
  await edit('cues.jsonl', (text) =>
    text
      .split('\n')
      .filter((line) => !line.includes('kau-c-002'))
      .join('\n'),
  );
  await edit(
    'groups.jsonl',
    (text) => `${text}{"id": "kau-g-002", "group": "X.gen.women", "kind": "neutral", "forms": ["women"]}\n`,
  );
  await edit('pack.json', (text) => text.replace('"countries": []', '"countries": ["GBR"]'));
  diff = await diffOf('HEAD', at('lexicons'), here(), cache);
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('packs diff', () => {
  it('names what changed by pack, file, entry and field; of lists what went and came', () => {
    expect(diff.changes.map(({ kind, file, line, id }) => [kind, file, line, id])).toEqual([
      ['changed', 'pack.json', 1, ''],
      ['changed', 'terms.jsonl', 1, 'kau-t-001'],
      ['added', 'groups.jsonl', 2, 'kau-g-002'],
      ['removed', 'cues.jsonl', 2, 'kau-c-002'],
    ]);
    expect(diff.changes.flatMap(({ fields }) => fields)).toEqual([
      { field: 'countries', before: [], after: ['GBR'] },
      { field: 'forms', before: ['blorvens'], after: ['glimmeks'] },
    ]);
  });

  it('names the verdicts that flip, and whether they are what the writer meant', () => {
    expect(diff.texts).toBe(3);
    expect(diff.flips.map(({ sample, before, after }) => [sample.line, before.flagged, after.flagged])).toEqual([
      [1, true, false],
      [2, false, true],
    ]);
    expect(printDiff(diff)).toContain('conformance/kau.jsonl:1: no longer flagged, NOT as meant: They are blorvens.');
    expect(printDiff(diff)).toContain('conformance/kau.jsonl:2: flagged now, NOT as meant: It rained on the glimmeks.');
  });

  it('shows signs that a terminal would obey as their numbers', async () => {
    const file = at('texts.txt');
    await writeFile(file, 'It rained on \u001B[2Jthe glimmeks.\nNothing here.\n');
    const own = await diffOf('HEAD', at('lexicons'), here(), cache, file);
    expect([own.texts, own.flips.length]).toEqual([2, 1]);
    expect(printDiff(own)).toContain('texts.txt:1: flagged now: It rained on \\u{1b}[2Jthe glimmeks.');
  });

  it('says so when nothing changed, and judges no text', async () => {
    const same = await diffOf(at('lexicons'), at('lexicons'), here(), cache);
    expect([same.changes, same.flips]).toEqual([[], []]);
    expect(printDiff(same)).toContain('The packs are the same.');
  });

  it('shows a pack that is new or gone entry by entry', async () => {
    const other = at('other');
    await cp(at('lexicons', '_shared'), join(other, '_shared'), { recursive: true });
    const gone = await diffPacks(at('lexicons'), other);
    expect(new Set(gone.map(({ kind }) => kind))).toEqual(new Set(['removed']));
    expect(gone.length).toBe(5);
    expect((await diffPacks(other, at('lexicons'))).map(({ kind }) => kind)).toEqual(Array(5).fill('added'));
  });

  it.each(['no-such-revision', '--output=x', 'HEAD:nowhere'])('says what it expected instead of %s', async (name) => {
    await expect(diffOf(name, at('lexicons'), here(), cache)).rejects.toThrow(
      `${name}: expected a folder of packs, or a git revision of ${at('lexicons')}`,
    );
  });
});
