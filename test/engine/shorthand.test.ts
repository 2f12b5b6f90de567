import { describe, expect, it } from '@jest/globals';
import type { CompiledLexicon } from '../../src/engine/compile.js';
import { foldTables } from '../../src/engine/fold.js';
import { createNormaliser } from '../../src/engine/normalise.js';
import { createShorthand } from '../../src/engine/shorthand.js';
import { wordSet } from '../../src/engine/words.js';

const tables = foldTables();
const pack = (lang: string, word: string, shorthand: Record<string, string>) => ({
  lang,
  shorthand,
  words: wordSet([], 0),
  vocabulary: wordSet([word], 1),
});
const normalise = createNormaliser(tables);
const read = (of: ReturnType<typeof createShorthand>, text: string, langs: string[], code: string) => {
  const out = of(normalise(text).view, new Set(langs), code);
  return out && String.fromCharCode(...out.units.subarray(0, out.length));
};
const made = () =>
  createShorthand({
    tables,
    packs: [pack('aaa', 'housa', { ppl: 'people' }), pack('bbb', 'house', { ppl: 'pupil' })],
  } as unknown as CompiledLexicon);

it('corrects a slip by the words of the language it is in, whatever the word stood for in another before', () => {
  const shared = made();
  expect(read(shared, 'hous', ['aaa'], 'aaa')).toBe('housa');
  expect(read(shared, 'hous', ['bbb'], 'bbb')).toBe('house');
});

it('still corrects slips of the text’s language where another with such a list is read beside it', () => {
  expect(read(made(), 'hous', ['aaa', 'bbb'], 'bbb')).toBe('house');
  expect(read(made(), 'hous', ['aaa', 'bbb'], 'und')).toBeUndefined();
});

describe('two words written together', () => {
  const words = ['should', 'shot', 'muslims', 'chinese', 'see'];
  const joined = createShorthand({
    tables,
    packs: [
      {
        lang: 'aaa',
        shorthand: { ppl: 'people' },
        words: wordSet(['together', 'becomes'], 2),
        vocabulary: wordSet(words, words.length),
        common: wordSet(['be', 'all', 'i', 'see', 'and'], 5),
      },
    ],
  } as unknown as CompiledLexicon);
  const of = (text: string) => read(joined, text, ['aaa'], 'aaa');

  it('are parted where one of them is among the commonest', () => {
    expect(of('shouldbe')).toBe('should be');
    expect(of('allmuslims')).toBe('all muslims');
    expect(of('ishot')).toBe('i shot');
  });

  it('stay one where they are a word of the language, a slip of one, or pieces that nobody uses', () => {
    expect(of('becomes')).toBeUndefined();
    expect(of('chiense')).toBe('chinese');
    expect(of('shotmuslims')).toBeUndefined();
    expect(of('besee')).toBeUndefined();
  });

  it('keep their places in the text', () => {
    const out = joined(normalise('they shouldbe shot').view, new Set(['aaa']), 'aaa')!;
    expect(out.cuts).toEqual([11]);
    const at = String.fromCharCode(...out.units.subarray(0, out.length)).indexOf('shot');
    expect(out.starts[at]).toBe(14);
  });
});
