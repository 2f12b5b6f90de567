import { describe, expect, it } from '@jest/globals';
import type { Assessment, Context } from '../../src/engine/index.js';
import { evaluate } from '../../src/evaluation/run.js';
import type { Evaluated } from '../../src/evaluation/run.js';

const verdict = (flagged: boolean) =>
  ({
    flagged,
    language: { code: 'eng' },
    coverage: { covered: true },
    groups: [],
    level: 'none',
    severity: 0,
    confidence: 0,
    findings: [],
  }) as unknown as Assessment;

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  content: string | Uint8Array,
  { size = 7, assess = (_text: string, _context: Context) => verdict(true) } = {},
): Promise<Evaluated[]> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const all: Evaluated[] = [];
  for await (const one of evaluate('set.jsonl', chunked(bytes, size), assess)) all.push(one);
  return all;
}

const reasons = (all: Evaluated[]) =>
  all.flatMap((one) => ('bad' in one ? [`${one.bad.line}: ${one.bad.reason}`] : []));
const texts = (all: Evaluated[]) => all.flatMap((one) => ('outcome' in one ? [one.outcome.text] : []));

describe('a run over a set', () => {
  it.each([1, 2, 3, 64, 4096])('reads the same rows in pieces of %i bytes', async (size) => {
    const all = await read('\ufeff{"id":1,"text":"naïve \u2028 መልካም 👩🏿‍🦱"}\r\n\n{"id":"b","text":""}', { size });
    expect(texts(all)).toEqual(['naïve \u2028 መልካም 👩🏿‍🦱', '']);
    expect(all.map((one) => ('outcome' in one ? [one.outcome.id, one.outcome.line] : []))).toEqual([
      ['1', 1],
      ['b', 3],
    ]);
  });

  it('reads the cases of the packs by the names that linguists give things', async () => {
    const [one] = await read(
      '{"id":"eng-1","capability":"emotion","text":"x","flagged":true,"groups":["X.rel.muslim","X.rel.jewish"]}',
    );
    expect(one).toMatchObject({
      outcome: { expected: true, functionality: 'emotion', target: 'X.rel.muslim|X.rel.jewish' },
    });
    expect(reasons(await read('{"id":"eng-2","text":"x","flagged":"yes"}'))).toEqual([
      '1: flagged: expected true, false or null',
    ]);
  });

  it('tells bad rows with line and reason, and goes on', async () => {
    const all = await read(
      [
        'not json',
        '[1]',
        '{"text":"no id"}',
        '{"id":"","text":"empty id"}',
        '{"id":"a"}',
        '{"id":"b","text":1}',
        '{"id":"c","text":"x","hateful":"yes"}',
        '{"id":"d","text":"x","country":"Kenya"}',
        '{"id":"e","text":"x","lang":3,"hateful":1}',
        '{"id":"f","text":"good"}',
        '{"id":"f","text":"again"}',
        '{"id":"g","text":"good too"}',
      ].join('\n'),
    );
    expect(texts(all)).toEqual(['good', 'good too']);
    expect(reasons(all)).toEqual([
      '1: expected one JSON object',
      '2: the line: expected one JSON object',
      '3: id: expected a string that is not empty, or a number',
      '4: id: expected a string that is not empty, or a number',
      '5: text: expected a string',
      '6: text: expected a string',
      '7: hateful: expected true, false or null',
      '8: country: expected a country of three capital letters, such as "KEN"',
      '9: lang: expected a string; hateful: expected true, false or null',
      '11: id: expected an id of its own; "f" is that of line 10',
    ]);
  });

  it('takes bytes that are not UTF-8 for a bad row, not for replacement signs', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"id":"a","text":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}\n{"id":"b","text":"fine"}'),
    ]);
    const all = await read(bytes);
    expect(reasons(all)).toEqual(['1: expected UTF-8']);
    expect(texts(all)).toEqual(['fine']);
  });

  it('tells the engine text, country and parent, and nothing of the labels', async () => {
    const asked: [string, Context][] = [];
    const assess = (text: string, context: Context) => (asked.push([text, context]), verdict(false));
    await read(
      '{"id":"a","text":"t","lang":"swa","hateful":true,"target":"X","label":"hate","functionality":"slur","template":"1","country":"KEN","parent":"p"}\n{"id":"b","text":"u"}',
      { assess },
    );
    expect(asked).toEqual([
      ['t', { country: 'KEN', parent: 'p' }],
      ['u', { country: undefined, parent: undefined }],
    ]);
  });

  it('keeps null and absent labels apart from false', async () => {
    const all = await read(
      '{"id":"a","text":"t","hateful":false}\n{"id":"b","text":"t","hateful":null,"target":null}\n{"id":"c","text":"t"}',
    );
    expect(all.map((one) => 'outcome' in one && one.outcome.expected)).toEqual([false, null, null]);
  });

  it('ends with the row on which the engine failed', async () => {
    const assess = () => {
      throw new Error('boom');
    };
    await expect(read('{"id":"a","text":"t"}', { assess })).rejects.toThrow('the engine failed on set.jsonl:1');
  });
});
