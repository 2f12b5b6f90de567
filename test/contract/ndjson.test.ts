import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ndjsonLines } from '../../src/contract/ndjson.js';
import { collect } from '../support/collect.js';

async function* broken() {
  yield new TextEncoder().encode('1\n');
  throw new Error('gone');
}
async function* chunks(...parts: (string | Uint8Array)[]) {
  for (const part of parts) yield typeof part === 'string' ? new TextEncoder().encode(part) : part;
}
const lines = (parts: (string | Uint8Array)[], max = 1_000) => collect(ndjsonLines(chunks(...parts), max));

describe('lines of NDJSON', () => {
  it.each([
    ['nothing', [''], []],
    ['one line without an end', ['{}'], [[1, '{}']]],
    [
      'lines with ends',
      ['1\n2\n'],
      [
        [1, '1'],
        [2, '2'],
      ],
    ],
    [
      'blank lines, which count',
      ['1\n\n \n2'],
      [
        [1, '1'],
        [4, '2'],
      ],
    ],
    ['a line over several chunks', ['{"a"', ':1', '}\n'], [[1, '{"a":1}']]],
    [
      'a byte order mark',
      ['\uFEFF1\n2'],
      [
        [1, '1'],
        [2, '2'],
      ],
    ],
    ['a letter cut in two', [new Uint8Array([0xc3]), new Uint8Array([0xa9])], [[1, 'é']]],
  ])('finds %s', async (_name, parts, expected) => {
    expect((await lines(parts)).map(({ number, text }) => [number, text])).toEqual(expected);
  });

  it('skips a line that is too long, wherever it is cut, and goes on', async () => {
    const long = 'x'.repeat(11);
    expect(await lines(['1\n', long, long, `${long}\n2`], 10)).toEqual([
      { number: 1, text: '1' },
      { number: 2 },
      { number: 3, text: '2' },
    ]);
    expect(await lines([`${long}\n2\n${long}`], 10)).toEqual([{ number: 1 }, { number: 2, text: '2' }, { number: 3 }]);
    expect(await lines([long], 10)).toEqual([{ number: 1 }]);
  });

  it('finds the same lines however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', maxLength: 30 })),
        fc.array(fc.nat({ max: 20 })),
        async (texts, cuts) => {
          const bytes = new TextEncoder().encode(texts.join('\n'));
          const parts: Uint8Array[] = [];
          let at = 0;
          for (const cut of cuts) {
            parts.push(bytes.subarray(at, at + cut));
            at += cut;
          }
          parts.push(bytes.subarray(at));
          expect(await lines(parts, 20)).toEqual(await lines([bytes], 20));
        },
      ),
    );
  });

  it('passes on what the source throws', async () => {
    await expect(collect(ndjsonLines(broken(), 10))).rejects.toThrow('gone');
  });
});
