import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { classifiedLine } from '../../src/contract/answers.js';
import { classifyLines } from '../../src/cli/classify-lines.js';
import type { Assessment } from '../../src/engine/types.js';
import { assessment } from '../support/posts.js';
import { cli, ended, start } from '../support/process.js';

const parse = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const jsonl = (rows: unknown[]) =>
  rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join('');

describe('tocsin classify', () => {
  it('answers each line in order, goes on after broken ones, and keeps the findings', async () => {
    const { code, out, err } = await cli(['classify'], {
      input: jsonl([
        { id: 'a', text: 'All refugees are blorvens.', language: 'eng', country: 'KEN' },
        '{"text": ',
        { id: 3, text: 'Good morning.', extra: 'passed over' },
        '',
        { id: 'c' },
        { text: 'x', language: 'english' },
        '[1]',
        { text: 'They are blorvens', parent: 'What of the refugees?' },
      ]),
    });
    expect([code, err]).toEqual([0, '']);
    const lines = parse(out);
    expect(lines).toHaveLength(7);
    const [first, broken, second, noText, language, list, last] = lines;
    expect(classifiedLine.parse(first)).toMatchObject({
      id: 'a',
      flagged: true,
      severity: 4,
      covered: true,
      lang: 'eng',
    });
    expect(classifiedLine.parse(first).findings!.length).toBeGreaterThan(0);
    expect(Object.keys(first!)).toEqual([
      'id',
      'flagged',
      'level',
      'severity',
      'lang',
      'covered',
      'groups',
      'findings',
    ]);
    expect(broken).toEqual({ line: 2, error: { code: 'malformed_body', detail: 'The line is not JSON' } });
    expect(second).toMatchObject({ id: 3, flagged: false, findings: [] });
    expect(noText).toMatchObject({ line: 5, error: { code: 'invalid_input', fields: [{ field: 'text' }] } });
    expect(language).toMatchObject({
      line: 6,
      error: { fields: [{ field: 'language', expected: expect.stringContaining('ISO 639-3') }] },
    });
    expect(list).toMatchObject({ line: 7, error: { code: 'invalid_input' } });
    expect(last).toMatchObject({ id: null, flagged: true });
  });

  it('leaves the findings out with --brief', async () => {
    const { code, out } = await cli(['classify', '--brief'], { input: jsonl([{ id: 1, text: 'blorven' }]) });
    expect(code).toBe(0);
    expect(Object.keys(parse(out)[0]!)).toEqual(['id', 'flagged', 'level', 'severity', 'lang', 'covered', 'groups']);
  });

  it('keeps the order over many batches on several threads', async () => {
    const rows = Array.from({ length: 3_000 }, (_, id) => ({
      id,
      text: `${'word '.repeat((id * 7919) % 200)}${id % 3 === 0 ? 'blorven' : ''}`,
    }));
    const { code, out } = await cli(['classify', '--brief'], { input: jsonl(rows), env: { TOCSIN_WORKERS: '3' } });
    expect(code).toBe(0);
    expect(parse(out).map(({ id, flagged }) => [id, flagged])).toEqual(rows.map(({ id }) => [id, id % 3 === 0]));
  });

  it('says nothing to nothing', async () => {
    expect(await cli(['classify'])).toMatchObject({ code: 0, out: '', err: '' });
  });

  it('answers while more is coming', async () => {
    const child = start('cli', ['classify', '--brief'], {});
    const end = ended(child);
    // Two full batches: the first is answered without the end of the input.
    child.stdin.write(jsonl(Array.from({ length: 128 }, (_, id) => ({ id, text: 'x' }))));
    child.stdin.write(jsonl(Array.from({ length: 128 }, (_, id) => ({ id, text: 'x' }))));
    await once(child.stdout, 'data');
    child.stdin.end();
    expect(parse((await end).out)).toHaveLength(256);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const child = start('cli', ['classify', '--brief'], {});
    child.stdin.on('error', () => undefined);
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const feed = () => {
      const row = jsonl(Array.from({ length: 64 }, () => ({ text: 'x' })));
      while (child.stdin.writable && child.stdin.write(row));
    };
    child.stdin.on('drain', feed);
    feed();
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = (await once(child, 'exit')) as [number];
    expect([code, err]).toEqual([0, '']);
  });

  it('refuses options it does not know', async () => {
    const { code, err, out } = await cli(['classify', '--breif']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^tocsin: there is no option --breif\n/);
  });
});

const verdicts = async (items: unknown[]): Promise<Assessment[]> => items.map(() => assessment());
const noEngine = () => Promise.reject(new Error('no engine'));
async function* broken() {
  yield new TextEncoder().encode('{"text":"x"}\n');
  throw new Error('gone');
}

describe('lines to verdicts', () => {
  const input = (rows: number) =>
    (async function* () {
      for (let row = 0; row < rows; row++) {
        pulled = row + 1;
        yield new TextEncoder().encode(`${JSON.stringify({ id: row, text: 'x' })}\n`);
      }
    })();
  let pulled = 0;

  it('reads no further than its reader follows', async () => {
    const waiting: (() => void)[] = [];
    let open = false;
    const slow = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => (open ? done() : void waiting.push(done)),
    });
    const work = classifyLines({ assess: verdicts, workers: 2, input: input(10_000), output: slow, brief: true });
    // What is pulled in stands still once the batches in hand are full and the first line is not taken.
    await new Promise((resolve) => setImmediate(resolve));
    const stalled = pulled;
    expect(stalled).toBeLessThanOrEqual(5 * 64);
    await new Promise((resolve) => setImmediate(resolve));
    expect(pulled).toBe(stalled);
    open = true;
    for (const done of waiting) done();
    expect(await work).toEqual({ assessed: 10_000, broken: 0 });
  });

  it('ends with the error when the engine fails', async () => {
    const output = new PassThrough().resume();
    await expect(
      classifyLines({ assess: noEngine, workers: 1, input: input(300), output, brief: true }),
    ).rejects.toThrow('no engine');
  });

  it('ends with the error when the input breaks off', async () => {
    const output = new PassThrough().resume();
    await expect(classifyLines({ assess: verdicts, workers: 1, input: broken(), output, brief: true })).rejects.toThrow(
      'gone',
    );
  });
});
