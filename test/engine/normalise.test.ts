import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spanOf } from '../../src/engine/assess.js';
import { foldTables } from '../../src/engine/fold.js';
import { foldForm } from '../../src/engine/forms.js';
import { createNormaliser } from '../../src/engine/normalise.js';
import { createRespeller, respell } from '../../src/engine/respell.js';
import { otherScript } from '../../src/engine/scripts.js';
import { openZawgyi } from '../../src/lexicon/burmese.js';

const normalise = createNormaliser(foldTables(), openZawgyi());
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
    ['traditional Chinese', '殺光猶太人 難民', '杀光犹太人 难民'],
    ['compatibility ideographs, through NFKC', '\uf9dc\ufa0c', '隆兀'],
    ['small capitals', 'ᴋɪʟʟ', 'kill'],
    ['letters on discs and squares', '🅺🅸🅻🅻 🅱️ 🅚🅘🅛🅛 🄺', 'kill b kill k'],
    ['letters of African alphabets to those people type', 'ŋ ɲ ɛ ɔ', 'ng ny e o'],
    ['Azeri schwa', 'Ermənilər', 'ermeniler'],
    ['Devanagari chandrabindu and anusvara alike', 'हाँ हां', 'हां हां'],
    ['Malayalam chillu letters, either way of writing them', 'അവൻ അവന്\u200d', 'അവന് അവന്'],
    ['Ethiopic sounds that contrast in Tigrinya stay apart', 'ሐ ሀ ዐ አ', 'ሐ ሀ ዐ አ'],
    ['Cyrillic stays Cyrillic', 'Србија', 'србија'],
    ['Urdu noon ghunna', 'ہاں', 'هان'],
    ['private use characters go', 'k\ue061ill', 'kill'],
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
    for (const form of ['Kāfir', 'l’étranger', 'ﷺ', 'İnsan', 'Straße', 'ｋill  all'])
      expect(foldForm(form)).toBe(read(form));
  });
});

describe('Burmese written for the font Zawgyi', () => {
  // "human beings are born free", in both encodings.
  const zawgyi = 'လူတိုင္းသည္ တူညီ လြတ္လပ္ေသာ ဂုဏ္သိကၡာျဖင့္';
  const unicode = 'လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့်';

  it('is read as Unicode', () => expect(read(zawgyi)).toBe(read(unicode)));

  it('keeps Unicode as it is, and what is not Burmese', () => {
    expect(read(unicode)).toBe(unicode);
    expect(read('hello လူ')).toBe('hello လူ');
  });

  it('keeps the offset of every syllable', () => {
    const { view } = normalise(`well, ${zawgyi}`);
    const folded = String.fromCharCode(...view.units.subarray(0, view.length));
    const at = folded.indexOf('လွတ်လပ်သော');
    expect(at).toBeGreaterThan(0);
    expect(view.starts[at]).toBe(`well, ${zawgyi}`.indexOf('လြတ္လပ္ေသာ'));
    expect(view.starts[at + 'လွတ်လပ်သော'.length]).toBe(`well, ${zawgyi}`.indexOf(' ဂုဏ္'));
    expect(view.starts[view.length]).toBe(`well, ${zawgyi}`.length);
  });

  it('judges each line by itself', () => expect(read(`${unicode}\n${zawgyi}`)).toBe(`${unicode}\n${read(unicode)}`));
});

describe('languages in two alphabets', () => {
  it.each([
    ['ubiti', ['убити']],
    ['ljudi njegovi džukela', ['људи његови џукела']],
    ['injekcija', ['инјекција']],
    ['nadživeti', ['надживети']],
    ['Čeljad', ['чељад']],
    ['убити', ['ubiti']],
    ['đubre', ['ђубре', 'djubre']],
    ['ђубре', ['đubre', 'djubre']],
    ['qwert', []],
  ])('Serbian, Croatian, Bosnian: %s', (form, others) => expect(otherScript('hbs', form)).toEqual(others));

  it('leaves Russian alone', () => expect(otherScript('rus', 'люди')).toEqual([]));
});

describe('the coarser alphabets', () => {
  const view = createRespeller();
  const viewed = (text: string, how: 'ethiopic' | 'romanised') => {
    const { units, length } = view(normalise(text).view, how);
    return String.fromCharCode(...units.subarray(0, length));
  };

  it.each([
    ['amh', 'ሀሰት', 'ሐሠት'],
    ['amh', 'ዓለም', 'አለም'],
    ['amh', 'ፀሐይ', 'ጸሀይ'],
    ['hin', 'maaro', 'maro'],
    ['hin', 'kutte', 'kute'],
    ['urd', 'zyada', 'jyada'],
    ['hin', 'phoolon', 'fulon'],
    ['hin', 'jeena', 'jiina'],
    ['urd', 'wapas', 'vapas'],
  ])('%s: %s and %s are one', (lang, one, other) => {
    expect(respell(lang, one)).toBe(respell(lang, other));
    expect(respell(lang, one)).toBe(viewed(other, lang === 'amh' ? 'ethiopic' : 'romanised'));
  });

  it('are for those languages only', () => {
    expect(respell('tir', 'ሓሶት')).toBeUndefined();
    expect(respell('eng', 'boom')).toBeUndefined();
    expect(respell('hin', 'हिन्दू')).toBeUndefined();
  });

  it('never run past the view, whatever the text, and keep ascending offsets', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('e', 'o', 'p', 'h', 'w', ' ', 'ሐ', 'ሠ', '.'), maxLength: 40 }),
        (text) => {
          const canonical = normalise(text).view;
          for (const how of ['ethiopic', 'romanised'] as const) {
            const { starts, length } = view(canonical, how);
            expect(length).toBeLessThanOrEqual(canonical.length);
            for (let i = 1; i <= length; i++) expect(starts[i]).toBeGreaterThan(starts[i - 1]!);
          }
        },
      ),
      { numRuns: 300, seed: 12 },
    );
  });
});

describe('the place of a letter', () => {
  it.each([
    ['the first', 1],
    ['the last', 2],
  ])('that is one of several which one sign stands for is that of the sign, %s too', (_, unit) => {
    const text = 'a⒴b';
    const { view } = normalise(text);
    expect(String.fromCharCode(...view.units.subarray(0, view.length))).toBe('a(y)b');
    expect(spanOf(view, text, unit, unit + 1)).toEqual({ start: 1, end: 2 });
  });
});
