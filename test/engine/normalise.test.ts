import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildFoldTables } from '../../src/engine/fold.js';
import { createNormaliser, foldForm } from '../../src/engine/normalise.js';

const normalise = createNormaliser(buildFoldTables());
const read = (text: string) => {
  const { view } = normalise(text);
  return String.fromCharCode(...view.units.subarray(0, view.length));
};

describe('the canonical view', () => {
  it.each([
    ['case', 'KiLL', 'kill'],
    ['accents, composed and not', 'Éé e\u0301', 'ee e'],
    ['zero-width noise inside a word', 'k\u200bi\u200dl\ufeffl', 'kill'],
    ['bidi controls', '\u202ekill\u202c', 'kill'],
    ['soft hyphen', 'ki\u00adll', 'kill'],
    ['full-width letters', 'ｋｉｌｌ', 'kill'],
    ['mathematical letters', '𝐤𝖎𝓁𝑙', 'kill'],
    ['a ligature', 'ﬁlth', 'filth'],
    ['sharp s', 'Straße', 'strasse'],
    ['Turkish dotless and dotted i', 'KAFIR kafır İ', 'kafir kafir i'],
    ['Hausa hooked letters', 'ɓarawo ƙasa', 'barawo kasa'],
    ['Arabic harakat and tatweel', 'كُفّـــار', 'كفار'],
    ['Arabic alef, yeh and kaf variants', 'أإآ ى ی ک ة', 'ااا ي ي ك ه'],
    ['Hebrew points', 'שָׁלוֹם', 'שלום'],
    ['й stays a letter', 'Йод ё', 'йод е'],
    ['Devanagari vowel signs stay, nukta goes', 'हिन्दी ज़', 'हिन्दी ज'],
    ['curly quotes and apostrophes', '“don’t” «x»', '"don\'t" "x"'],
    ['dashes', 'a–b—c', 'a-b-c'],
    ['digits of other scripts', '١٢٣ ४५', '123 45'],
    ['runs of white space', 'a \t\u00a0 b', 'a b'],
    ['a line break survives', 'a \n b', 'a\nb'],
    ['joiners and variation selectors of emoji, not skin tones, which can mean people', '👨🏿‍🦱❤️', '👨🏿🦱❤'],
    ['HTML entities', 'a &amp; b &#39;c&#39; &lt;', "a & b 'c' <"],
    ['an address becomes one sign', 'see https://kill.example/x now', 'see \ufffc now'],
    ['a name with @ becomes one sign', '@killer hi', '\ufffc hi'],
  ])('folds %s', (_, text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('keeps the offset of every unit: ascending, inside the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { view } = normalise(text);
        let last = 0;
        for (let i = 0; i <= view.length; i++) {
          expect(view.starts[i]).toBeGreaterThanOrEqual(last);
          last = view.starts[i]!;
        }
        expect(last).toBe(text.length);
      }),
      { numRuns: 500, seed: 11 },
    );
  });

  it('folds forms of a pack the way it folds texts', () => {
    for (const form of ['Kāfir', 'l’étranger', 'ﷺ', 'İnsan', 'Straße', 'ｋill  all']) expect(foldForm(form)).toBe(read(form));
  });
});
