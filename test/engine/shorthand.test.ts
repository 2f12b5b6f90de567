import { expect, it } from '@jest/globals';
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
