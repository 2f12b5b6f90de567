import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runCommand } from 'citty';
import { createEvalCommand } from '../../src/evaluation/command.js';
import { recordingLog } from '../support/recording-log.js';
import { openEngine } from '../../src/evaluation/open.js';
import type { OpenedEngine } from '../../src/evaluation/open.js';
import type { Summary } from '../../src/evaluation/summary.js';
import { folders, tables } from '../support/engine.js';

const rows = [
  {
    id: 1,
    text: 'The Tutsi are cockroaches.',
    hateful: true,
    lang: 'eng',
    functionality: 'dehumanisation',
    target: 'Tutsi',
  },
  { id: 2, text: 'The Tutsi live in Rwanda.', hateful: false, lang: 'eng', functionality: 'neutral' },
  { id: 3, text: 'There are cockroaches in the kitchen.', hateful: true, lang: 'eng', functionality: 'homonym' },
  { id: 4, text: 'Watoto wanacheza mpira shuleni kila siku na marafiki zao.', hateful: null, lang: 'swa' },
];

describe('tocsin eval', () => {
  let opened: OpenedEngine;
  let folder: string;
  let set: string;
  let out: string;
  let err: string;

  beforeAll(async () => {
    opened = await openEngine(folders, { home: tables, log: recordingLog() });
    folder = await mkdtemp(join(tmpdir(), 'tocsin-eval-'));
    set = join(folder, 'set.jsonl');
    await writeFile(set, `${rows.map((row) => JSON.stringify(row)).join('\n')}\nnot a row\n`);
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(() => {
    out = '';
    err = '';
  });

  async function run(...rawArgs: string[]): Promise<void> {
    const command = createEvalCommand({
      open: () => Promise.resolve(opened),
      print: (text) => {
        out += text;
        return Promise.resolve();
      },
      complain: (text) => {
        err += text;
      },
    });
    await runCommand(command, { rawArgs });
  }

  it('prints the figures, and says which rows were left out', async () => {
    await run(set);
    expect(out).toMatch(/^4 rows, 3 labelled for hate \(2 hateful\)/);
    expect(out).toMatch(/^recall +50\.0 \[/m);
    expect(out).toMatch(/^target +100\.0/m);
    expect(out).toMatch(/^hateful +1 +1$/m);
    expect(err).toBe('set.jsonl:5: expected one JSON object\n');
  });

  it('scores each part where it is told to', async () => {
    await run(set, '--by', 'functionality');
    expect(out).toMatch(/^dehumanisation +1 +100\.0/m);
    expect(out).toMatch(/^homonym +1 +0\.0/m);
  });

  it('prints the whole summary as JSON, the same bytes each time', async () => {
    await run(set, '--json', '--by', 'lang');
    const first = out;
    out = '';
    await run(set, '--json', '--by', 'lang');
    expect(out).toBe(first);
    const summary = JSON.parse(out) as Summary;
    expect(summary.scores.confusion).toEqual({ truePositive: 1, falseNegative: 1, falsePositive: 0, trueNegative: 1 });
    expect(summary.tables).toEqual([
      { by: 'lang', parts: [expect.objectContaining({ part: 'eng' }), expect.objectContaining({ part: 'swa' })] },
    ]);
    expect(summary.bad).toHaveLength(1);
  });

  it('draws the intervals from the seed it is given', async () => {
    await run(set, '--json', '--seed', '7');
    const summary = JSON.parse(out) as Summary;
    expect(summary).toMatchObject({ seed: 7, resamples: 1000 });
    expect(summary.scores.figures.accuracy.interval).not.toBeNull();
  });

  it('compares with what an earlier run saved', async () => {
    const saved = join(folder, 'earlier.json');
    await run(set, '--save', saved);
    out = '';
    await run(set, '--against', saved);
    expect(out).toContain('4 common rows, 0 verdicts changed, 0 gained, 0 lost');
    const earlier = await readFile(saved, 'utf8');
    await writeFile(saved, earlier.replace('"flagged": true', '"flagged": false'));
    out = '';
    await run(set, '--against', saved);
    expect(out).toContain('4 common rows, 1 verdicts changed, 1 gained, 0 lost');
    expect(out).toContain('+ flagged now: set.jsonl#1');
  });

  it('writes a report, by capability when nobody says how', async () => {
    const report = join(folder, 'report.html');
    await run(set, '--report', report);
    expect(await readFile(report, 'utf8')).toMatch(/^<!doctype html>[^]*By functionality[^]*homonym[^]*<\/html>\s*$/);
  });

  it('keeps files of one name apart by their paths, and adds a table by file', async () => {
    const twin = join(await mkdtemp(join(folder, 'other-')), 'set.jsonl');
    await writeFile(twin, JSON.stringify(rows[0]));
    await run(set, twin, '--json');
    const summary = JSON.parse(out) as Summary;
    expect(summary.files).toEqual([
      { name: set, rows: 4, bad: 1 },
      { name: twin, rows: 1, bad: 0 },
    ]);
    expect(summary.tables.map((table) => table.by)).toEqual(['file']);
  });

  it('makes what comes from files harmless to a terminal', async () => {
    const tricky = join(folder, 'tricky.jsonl');
    await writeFile(
      tricky,
      `${JSON.stringify({ id: 'a', text: 'x', hateful: false, label: '\u001b[2J\u202eevil' })}\n${JSON.stringify({ id: '\u001b]0;', text: 1 })}\n`,
    );
    await run(tricky, '--by', 'label');
    expect(out).toContain('\\u{1b}[2J\\u{202e}evil');
    expect([...out, ...err].filter((char) => char !== '\n' && /\p{Cc}|\p{Cf}/u.test(char))).toEqual([]);
  });

  it.each([
    ['a file that is not there', ['nowhere.jsonl'], /nowhere\.jsonl cannot be read: ENOENT/],
    ['earlier results that are not there', ['SET', '--against', 'nowhere.json'], /nowhere\.json/],
    ['earlier results that are something else', ['SET', '--against', 'SET'], /cannot be read/],
    ['a seed that is no number', ['SET', '--seed', 'x'], /--seed/],
    ['a report that cannot be written', ['SET', '--report', 'no/such/folder/out.html'], /cannot be written: ENOENT/],
    ['an unknown part', ['SET', '--by', 'colour'], /colour/],
    ['no file at all', [], /FILES/],
  ])('refuses %s', async (_what, args, message) => {
    await expect(run(...args.map((arg) => (arg === 'SET' ? set : arg)))).rejects.toThrow(message);
    expect(out).toBe('');
  });

  it('refuses a set without a usable row, and earlier results of another shape', async () => {
    const empty = join(folder, 'empty.jsonl');
    await writeFile(empty, '\n');
    await expect(run(empty)).rejects.toThrow('No row could be used');
    await writeFile(empty, '{"format":"tocsin-eval/1","revision":"r","outcomes":[{"id":1}]}');
    await expect(run(set, '--against', empty)).rejects.toThrow(/holds no earlier results: outcomes\.0\./);
  });
});
