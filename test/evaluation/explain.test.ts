import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand } from 'citty';
import type { Trace } from '../../src/engine/index.js';
import { createExplainCommand } from '../../src/evaluation/explain.js';
import { recordingLog } from '../support/recording-log.js';
import { openEngine } from '../../src/evaluation/open.js';
import type { OpenedEngine } from '../../src/evaluation/open.js';
import { folders, root, tables } from '../support/engine.js';

describe('tocsin explain', () => {
  let opened: OpenedEngine;

  beforeAll(async () => {
    opened = await openEngine(folders, { home: tables, log: recordingLog() });
  });

  async function explain(...rawArgs: string[]): Promise<string> {
    let out = '';
    const print = (text: string) => {
      out += text;
      return Promise.resolve();
    };
    const command = createExplainCommand({ open: () => Promise.resolve(opened), print, paint: (_tone, text) => text });
    await runCommand(command, { rawArgs });
    return out;
  }

  /** The lines under a title. */
  const part = (account: string, title: string) =>
    account.split('\n\n').find((one) => one.startsWith(`${title}\n`)) ?? '';

  it('tells every stage, from the letters to the priority', async () => {
    const account = await explain(
      'The Tutsi live here. They are c0ckroaches and we must never kill them.',
      '--country',
      'RWA',
    );
    expect(part(account, 'Read as')).toMatch(/the tutsi live here\.[^]*disguise read as[^]*cockroaches[^]*mixedDigits/);
    expect(part(account, 'Language')).toMatch(
      /eng, \d+ % sure, script Latn[^]*words of packs +eng \d+[^]*detector +(?:not asked|eng \d+ %)/,
    );
    expect(part(account, 'Cues')).toMatch(/“c0ckroaches” +dehumanising_noun\/vermin +eng-t-\d+ +sentence 2, disguised/);
    expect(part(account, 'Spoken of')).toMatch(/“They” +Tutsi \(RWA\.eth\.tutsi\) +protected, stands for “Tutsi”/);
    expect(part(account, 'Drafts: rules that fired')).toMatch(
      /dehumanise-animal \(T01\): “c0ckroaches” about “They”[^]*link attribute · mood – · negations 0 · stance asserted/,
    );
    expect(part(account, 'Drafts: rules that fired')).toMatch(
      /negations 1 · stance negated, cleared because of “never”/,
    );
    expect(part(account, 'Findings')).toMatch(/1\. [^]*\(T01\), asserted[^]*negated: does not count/);
    expect(part(account, 'Verdict')).toMatch(/flagged: level intermediate, severity 4 of 5/);
    expect(part(account, 'Rabat factors')).toMatch(/intent +unknown/);
    expect(part(account, 'Triage priority')).toMatch(/severity +36\.0 +of 45[^]*together +\d+\.\d +of 100/);
  });

  it('reads a pronoun from the post it answers', async () => {
    const account = await explain('They are snakes.', '--parent', 'Look at the Tutsi people.');
    expect(part(account, 'Text')).toContain('answers “Look at the Tutsi people.”');
    expect(part(account, 'Spoken of')).toContain('stands for “Tutsi people” in the post it answers');
  });

  it('says "not covered", never "clean", where no pack reads the language', async () => {
    const account = await explain('Þetta er íslenskur texti um veðrið í dag og ekkert annað.');
    expect(part(account, 'Verdict')).toContain('not covered: no pack reads this language');
    expect(part(account, 'Findings')).toContain('none');
  });

  it('has no word to say of nothing', async () => {
    expect(part(await explain(''), 'Verdict')).toContain('not covered');
  });

  it('shows hidden characters as their numbers instead of sending them to the terminal', async () => {
    const account = await explain('\u001b[31mTut\u200bsi\u202e \u0007');
    expect(account).toContain('\\u{1b}[31mTut\\u{200b}si\\u{202e} \\u{7}');
    expect([...account].filter((char) => char !== '\n' && /\p{Cc}|\p{Cf}/u.test(char))).toEqual([]);
  });

  it('prints the trace as JSON', async () => {
    const trace = JSON.parse(await explain('The Tutsi are cockroaches.', '--json', '--language', 'eng')) as Trace;
    expect(trace).toEqual(opened.engine.trace('The Tutsi are cockroaches.', { language: 'eng' }));
  });

  it.each([
    ['two texts', ['one', 'two'], 'expected one text'],
    ['a country in words', ['x', '--country', 'Kenya'], '--country: expected'],
    ['a language in words', ['x', '--language', 'Swahili'], '--language: expected'],
    ['no text', [], 'TEXT'],
  ])('refuses %s', async (_what, args, message) => {
    await expect(explain(...args)).rejects.toThrow(message);
  });
});

describe('the colours of an account', () => {
  /** What `paintFor` makes of a word, in a process of its own: the platform reads its environment, not the tests'. */
  function painted(isTTY: boolean, env: Record<string, string>): string {
    const module = pathToFileURL(join(root, 'dist', 'src', 'evaluation', 'explain.js')).href;
    const script = `import { PassThrough } from 'node:stream'; import { WriteStream } from 'node:tty'; import { paintFor } from '${module}';
      const stream = Object.assign(new PassThrough(), { isTTY: ${isTTY}, getColorDepth: WriteStream.prototype.getColorDepth });
      process.stdout.write(JSON.stringify(paintFor(stream)('bad', 'word')));`;
    const done = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { TERM: 'xterm-256color', ...env },
      encoding: 'utf8',
    });
    expect(done.stderr).toBe('');
    return JSON.parse(done.stdout) as string;
  }

  it.each([
    ['a terminal gets them', true, {}, '\u001b[31mword\u001b[39m'],
    ['a terminal with NO_COLOR does not', true, { NO_COLOR: '1' }, 'word'],
    ['a pipe does not', false, {}, 'word'],
    ['a pipe does not even with FORCE_COLOR', false, { FORCE_COLOR: '1' }, 'word'],
  ])('%s', (_what, isTTY, env, expected) => {
    expect(painted(isTTY, env)).toBe(expected);
  });
});
