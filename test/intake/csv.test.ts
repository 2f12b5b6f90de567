import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { cells, delimiters, records } from '../../src/intake/uploads/csv.js';
import type { Delimiter } from '../../src/intake/uploads/csv.js';
import { readLines } from '../../src/intake/uploads/lines.js';
import { collect } from '../support/collect.js';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const linesOf = (bytes: Buffer, size = 7, max = 1000) => collect(readLines(pieces(bytes, size), max));
const recordsOf = (text: string, delimiter: Delimiter = ',', size = 5) =>
  collect(records(readLines(pieces(Buffer.from(text), size), 10_000), delimiter));

describe('lines of a file', () => {
  it('are numbered, without their ends, whatever the chunks', async () => {
    const bytes = Buffer.from('\ufeffone\r\n\ndrei é 😀\nend');
    for (const size of [1, 2, 3, 5, 100])
      expect(await linesOf(bytes, size)).toEqual([
        { number: 1, text: 'one' },
        { number: 2, text: '' },
        { number: 3, text: 'drei é 😀' },
        { number: 4, text: 'end' },
      ]);
  });

  it('are marked when they are no UTF-8, and only they', async () => {
    const bytes = Buffer.concat([Buffer.from('good\n'), Buffer.from('caf\xe9\n', 'latin1'), Buffer.from('bon\n')]);
    expect(await linesOf(bytes)).toEqual([
      { number: 1, text: 'good' },
      { number: 2, text: 'caf\ufffd', bad: 'not UTF-8' },
      { number: 3, text: 'bon' },
    ]);
  });

  it('are marked when they are too long, and are not held', async () => {
    for (const size of [1, 4, 1000]) {
      const lines = await linesOf(Buffer.from(`ok\n${'x'.repeat(50)}\nok\n${'y'.repeat(11)}`), size, 10);
      expect(lines.map(({ number, bad }) => [number, bad])).toEqual([
        [1, undefined],
        [2, 'too long'],
        [3, undefined],
        [4, 'too long'],
      ]);
    }
  });

  it.each([
    ['UTF-16', Buffer.from('\ufefftext', 'utf16le'), /UTF-16/],
    ['a workbook', Buffer.from('PK\u0003\u0004...'), /workbook/],
    ['a PDF', Buffer.from('%PDF-1.7'), /PDF/],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), /gzip/],
    ['UTF-16 without a mark', Buffer.from('text', 'utf16le'), /not text/],
    ['a picture of three bytes', Buffer.from([1, 0, 2]), /not text/],
  ])('refuses %s with a sentence', async (_, bytes, message) => {
    await expect(linesOf(bytes, 3)).rejects.toThrow(message);
  });
});

describe('rows of a CSV file', () => {
  it('begin where they begin, with blank lines and line ends inside', async () => {
    expect(await recordsOf('a,b\n1,"x\ny"\n\n2,z\n"","""\n"""\n')).toEqual([
      { line: 1, text: 'a,b' },
      { line: 2, text: '1,"x\ny"' },
      { line: 5, text: '2,z' },
      { line: 6, text: '"","""\n"""' },
    ]);
  });

  it('lose to a quote that is never closed only the row it stands in', async () => {
    const text = 'a;b\n1;"open\n2;"fine"\n3;plain\n4;"also open\n5;plain\n6;last';
    expect(await recordsOf(text, ';')).toEqual([
      { line: 1, text: 'a;b' },
      { line: 2, text: '', problem: expect.stringContaining('closing quote') },
      { line: 3, text: '2;"fine"' },
      { line: 4, text: '3;plain' },
      { line: 5, text: '', problem: expect.stringContaining('closing quote') },
      { line: 6, text: '5;plain' },
      { line: 7, text: '6;last' },
    ]);
  });

  it('do not wait for a closing quote for ever', async () => {
    const found = await recordsOf(`"open\n${'x,y\n'.repeat(2_000)}`, ',', 1000);
    expect(found).toHaveLength(2_001);
    expect(found[0]).toMatchObject({ line: 1, problem: expect.stringContaining('closing quote') });
    expect(found[2000]).toEqual({ line: 2001, text: 'x,y' });
  });

  it('take a quote inside a bare cell for a letter', async () => {
    expect(await recordsOf('5" pipe,x\n2,y\n')).toEqual([
      { line: 1, text: '5" pipe,x' },
      { line: 2, text: '2,y' },
    ]);
  });

  it.each([
    ['a,b', ['a', 'b']],
    ['"a""b",  "c,d" ,e', ['a"b', 'c,d', 'e']],
    ['"x\ny",z', ['x\ny', 'z']],
    ['3,bro"ken,z', ['3', 'bro"ken', 'z']],
    [',,', ['', '', '']],
    ['"bad" q,x', undefined],
    ['"open', undefined],
  ])('%j are cut into cells', (row, expected) => {
    expect(cells(row, ',')).toEqual(expected);
  });

  it('come back as they were written, for any cells, delimiter, line end and chunk', async () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', ' ', 'é', 'ن', '😀') }),
      fc.string({ unit: 'grapheme' }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...delimiters),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 40 }),
        async (rows, delimiter, end, size) => {
          // A carriage return before a line end inside a cell belongs to the line end; a NUL is no text.
          const clean = rows.map((row) => row.map((value) => value.replaceAll(/[\r\0]/g, '')));
          const file = clean
            .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter))
            .join(end);
          const found = await collect(records(readLines(pieces(Buffer.from(file), size), 10_000), delimiter));
          expect(found.map(({ text }) => cells(text, delimiter))).toEqual(clean);
        },
      ),
      { numRuns: 300 },
    );
  });
});
