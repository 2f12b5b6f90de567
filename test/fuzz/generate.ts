import { seededRandom } from '../support/random.js';

/**
 * Texts that nobody writes and some that somebody might: all of Unicode, halves of surrogate pairs, one mark without end, nested quotations, mixed
 * scripts, and words of the packs with noise in them. The same seed and number give the same text.
 */
export interface Vocabulary {
  /** Forms of the packs, a sample over all classes. */
  words: readonly string[];
}

type Draw = () => number;
type Maker = (draw: Draw, vocabulary: Vocabulary) => string;

const int = (draw: Draw, below: number): number => Math.floor(draw() * below);
const one = <T>(draw: Draw, list: readonly T[]): T => list[int(draw, list.length)]!;
const times = (draw: Draw, most: number, make: () => string): string => {
  let out = '';
  for (let n = int(draw, most + 1); n > 0; n--) out += make();
  return out;
};

const noise = [
  '\u200b',
  '\u200d',
  '\u200c',
  '\ufeff',
  '\u00ad',
  '\u0301',
  '\u0300',
  '\u0640',
  '\u064e',
  '\ufe0f',
  '\u202e',
  '\u2066',
];
const signs = [
  '.',
  '?',
  '!',
  ',',
  '"',
  "'",
  '“',
  '”',
  '«',
  '»',
  '‘',
  '’',
  '\n',
  '\r\n',
  '\t',
  '-',
  '_',
  '*',
  '#',
  '@',
  '/',
  '\\',
  '|',
  '<',
  '>',
  '(',
  ')',
  '=',
  '…',
  '…',
  '&amp;',
  '&#39;',
  '&#x10ffff;',
  '&',
  'https://a.example/',
  '@name',
  '%',
];
const emoji = ['👩🏿‍🦱', '🏳️‍🌈', '🏳️‍⚧️', '🇷🇼', '🇺', '1️⃣', '🔫', '🐀', '🪳', '🧕', '👨‍👩‍👧‍👦', '❤️', '🅱️', '✡️'];
const grammar = [
  'all',
  'the',
  'are',
  'is',
  'not',
  'never',
  'and',
  'but',
  'they',
  'them',
  'should',
  'must',
  'kill',
  'said',
  'why',
  'wa',
  'na',
  'ni',
  'les',
  'sont',
  'في',
  'من',
  'है',
  'ነው',
  'እዩ',
  'je',
  'није',
];
/** One letter of each script. */
const scripts = [
  'a',
  'é',
  'ß',
  'я',
  'ђ',
  'λ',
  'ա',
  'ש',
  'ع',
  'ܐ',
  'ހ',
  'ߊ',
  'अ',
  'ড়',
  'ਅ',
  'અ',
  'ଅ',
  'த',
  'త',
  'ಅ',
  'ൻ',
  'අ',
  'ก',
  'ກ',
  'བ',
  'က',
  '္',
  'ဗ်',
  'ა',
  '한',
  'ᄒ',
  'ሐ',
  'ᏹ',
  'ក',
  '᠀',
  'ⵣ',
  'あ',
  'ア',
  '漢',
  '萬',
  '𠮷',
  '𐌰',
  '𝓀',
  'ｋ',
  'ﷺ',
  '㍿',
];

const anything: Maker = (draw) => String.fromCodePoint(int(draw, 0x110000));
const anyUnit: Maker = (draw) => String.fromCharCode(int(draw, 0x10000));
const lone: Maker = (draw) => String.fromCharCode(0xd800 + int(draw, 0x800));
const near: Maker = (draw) => {
  const block = int(draw, 0x2000) * 16;
  return times(draw, 12, () => String.fromCodePoint(Math.min(0x10ffff, block + int(draw, 64))));
};

const word: Maker = (draw, { words }) => {
  const plain = one(draw, words);
  const where = int(draw, plain.length + 1);
  switch (int(draw, 12)) {
    case 0:
      return plain.slice(0, where) + one(draw, noise) + plain.slice(where);
    case 1:
      return plain.slice(0, where) + plain.slice(where + 1);
    case 2:
      return plain.slice(0, where) + one(draw, [' ', '.', '-', '_', '*', '#']) + plain.slice(where);
    case 3:
      return [...plain].join(one(draw, [' ', '.', '-', '\u200b', '  ', '*']));
    case 4:
      return plain.toUpperCase();
    case 5:
      return plain.replaceAll('e', '3').replaceAll('i', '1').replaceAll('s', '$').replaceAll('a', '@');
    case 6:
      return plain.slice(0, where) + plain.slice(where - 1, where).repeat(2 + int(draw, 8)) + plain.slice(where);
    case 7:
      return plain.slice(0, where) + one(draw, ['*', '#', '_', '.']) + plain.slice(where + 1);
    case 8:
      return plain + one(draw, words);
    case 9:
      return plain.normalize('NFD');
    default:
      return plain;
  }
};

const part: Maker = (draw, vocabulary) => {
  const kind = int(draw, 20);
  if (kind < 9) return word(draw, vocabulary);
  if (kind < 12) return one(draw, grammar);
  if (kind < 14) return one(draw, signs);
  if (kind === 14) return one(draw, emoji);
  if (kind === 15) return one(draw, scripts);
  if (kind === 16) return near(draw, vocabulary);
  if (kind === 17) return lone(draw, vocabulary);
  if (kind === 18) return anything(draw, vocabulary);
  return one(draw, noise);
};

const sentence: Maker = (draw, vocabulary) => {
  const gap = one(draw, [' ', ' ', ' ', '', '\u00a0', '\n', ' . ']);
  const parts: string[] = [];
  for (let n = 1 + int(draw, 14); n > 0; n--) parts.push(part(draw, vocabulary));
  return parts.join(gap) + one(draw, ['', '.', '!', '?']);
};

const nested: Maker = (draw, vocabulary) => {
  const quotes = one(draw, ['"', "'", '“', '«', '(', '„', '「', '>']);
  const depth = 1 + int(draw, 40);
  return quotes.repeat(depth) + sentence(draw, vocabulary) + one(draw, ['"', '”', '»', ')', '']).repeat(depth);
};

/** One piece, many times. `huge` is how many units at the most. */
const repeated = (draw: Draw, vocabulary: Vocabulary, huge: number): string => {
  const piece = one(draw, [part, part, anyUnit, sentence, near])(draw, vocabulary) || 'a';
  return piece.repeat(Math.max(1, Math.floor((huge * (0.5 + draw() / 2)) / piece.length)));
};

/** The text with this number of a run with this seed. */
export function textOf(seed: number, number: number, vocabulary: Vocabulary): string {
  const draw = seededRandom((Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0).next;
  const kind = draw();
  if (kind < 0.000_004) return repeated(draw, vocabulary, 1_000_000);
  if (kind < 0.000_5) return repeated(draw, vocabulary, 20_000);
  if (kind < 0.01) return repeated(draw, vocabulary, 1_000);
  if (kind < 0.55) return sentence(draw, vocabulary);
  if (kind < 0.65) return times(draw, 4, () => sentence(draw, vocabulary) + one(draw, [' ', '\n', '']));
  if (kind < 0.75) return times(draw, 40, () => anything(draw, vocabulary));
  if (kind < 0.8) return times(draw, 60, () => anyUnit(draw, vocabulary));
  if (kind < 0.85) return times(draw, 20, () => one(draw, scripts) + (draw() < 0.2 ? ' ' : ''));
  if (kind < 0.9) return nested(draw, vocabulary);
  if (kind < 0.95) return times(draw, 30, () => part(draw, vocabulary));
  return near(draw, vocabulary) + lone(draw, vocabulary) + word(draw, vocabulary);
}
