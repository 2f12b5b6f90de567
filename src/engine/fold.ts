import { toSimplified } from './simplified.js';

/**
 * The canonical fold: which unit of the matcher's text each UTF-16 unit of the given text becomes.
 *
 * One table of 65,536 entries, so that folding costs one look-up a unit. `skip` drops the unit (zero-width characters, marks that
 * carry no meaning for matching), `expand` says that it becomes several units (ligatures, ß): those are in a small map.
 * Sources: Unicode NFKC and default-ignorable property; folds of Arabic, Hebrew and Indic marks as in the engine's README.
 */
export const skip = 0xffff;
export const expand = 0xfffe;

/** What a folded unit is to the segmenter. */
export const kind = { other: 0, word: 1, space: 2, stop: 3, pause: 4, quote: 5, dense: 6, digit: 7 } as const;

export interface FoldTables {
  fold: Uint16Array;
  kinds: Uint8Array;
  expansions: Map<number, number[]>;
}

const ranges = (list: [number, number][]) => (unit: number) => {
  for (const [from, to] of list) if (unit >= from && unit <= to) return true;
  return false;
};

const ignorable = ranges([
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xfff0, 0xfff8],
]);
/** Marks that are spelling noise for matching. Vowel signs of Indic, Burmese, Thai and Ethiopic scripts are letters here and stay. */
const noiseMark = ranges([
  [0x0300, 0x036f],
  [0x0483, 0x0489],
  [0x0591, 0x05bd],
  [0x05bf, 0x05bf],
  [0x05c1, 0x05c2],
  [0x05c4, 0x05c5],
  [0x05c7, 0x05c7],
  [0x0610, 0x061a],
  [0x0640, 0x0640],
  [0x064b, 0x065f],
  [0x0670, 0x0670],
  [0x06d6, 0x06dc],
  [0x06df, 0x06e8],
  [0x06ea, 0x06ed],
  [0x093c, 0x093c],
  [0x09bc, 0x09bc],
  [0x0a3c, 0x0a3c],
  [0x0abc, 0x0abc],
  [0x0b3c, 0x0b3c],
  [0x0cbc, 0x0cbc],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x20d0, 0x20ff],
  [0xfe20, 0xfe2f],
]);
/** Scripts written without spaces: a word boundary there needs the segmenter. */
const denseScript = ranges([
  [0x0e00, 0x0eff],
  [0x1000, 0x109f],
  [0x1780, 0x17ff],
  [0x3040, 0x30ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xaa60, 0xaa7f],
  [0xf900, 0xfaff],
]);

/** No text means anything by these to others; the respelt view uses some of them. */
const privateUse = (code: number): boolean => code >= 0xe000 && code <= 0xf8ff;
/** Letters of the respelt view (`respell.ts`): words like others to whoever looks for the ends of one. */
const respelt = (unit: number): boolean => unit >= 0xe000 && unit <= 0xefff;

const single: Record<string, string> = {
  ı: 'i',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
  ƴ: 'y',
  ɖ: 'd',
  ʋ: 'v',
  ƒ: 'f',
  ɣ: 'g',
  ŋ: 'ng',
  ɲ: 'ny',
  ɛ: 'e',
  ɔ: 'o',
  ɩ: 'i',
  ʊ: 'u',
  ɨ: 'i',
  ʉ: 'u',
  ə: 'e',
  ǝ: 'e',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ð: 'd',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ئ: 'ي',
  ؤ: 'و',
  ة: 'ه',
  ۀ: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ە: 'ه',
  ک: 'ك',
  ڪ: 'ك',
  ں: 'ن',
  // Kurdish, as it is typed on keyboards without its letters.
  ڕ: 'ر',
  ڵ: 'ل',
  ێ: 'ي',
  ۆ: 'و',
  // Sinhala: long and short vowels, and letters that sound alike, are mixed up by most who type it.
  'ෝ': 'ො',
  'ේ': 'ෙ',
  ළ: 'ල',
  ණ: 'න',
  'ँ': 'ं',
  'ঁ': 'ং',
  'ઁ': 'ં',
  'ਁ': 'ਂ',
  'ੰ': 'ਂ',
  ൺ: 'ണ്',
  ൻ: 'ന്',
  ർ: 'ര്',
  ൽ: 'ല്',
  ൾ: 'ള്',
  ൿ: 'ക്',
  '’': "'",
  '‘': "'",
  '‛': "'",
  ʼ: "'",
  ʻ: "'",
  ʾ: "'",
  ʿ: "'",
  '`': "'",
  '´': "'",
  '′': "'",
  ˈ: "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '«': '"',
  '»': '"',
  '‹': '"',
  '›': '"',
  '「': '"',
  '」': '"',
  '『': '"',
  '』': '"',
  '〝': '"',
  '〞': '"',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  ـ: '',
};

/** Letters drawn small or upside down: in the text as signs of phonetics, meant as letters. */
const drawn = 'ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpǫqʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzɐaɯmɹrʇtʌvʍwʎyɥhǝeɟfᵷgɾrʞkꞁlſs';
for (let i = 0; i < drawn.length; i += 2) single[drawn[i]!] ??= drawn[i + 1]!;

const stops = new Set([...'.!?…。！？؟۔।॥።፧።။၏‼⁇⁈⁉\n\r\u2028\u2029\u0085'].map((c) => c.charCodeAt(0)));
const pauses = new Set([...',;:()[]{}،؛፣፤፥፦、，；：（）【】၊|'].map((c) => c.charCodeAt(0)));
const letter = /[\p{L}\p{M}]/u;
const digit = /\p{Nd}/u;
const space = /[\s\p{Z}]/u;

/** Folds one character (given as a string) to its canonical units; `''` when it is dropped. */
export function foldCharacter(char: string): string {
  const known = single[char];
  if (known !== undefined) return known;
  const code = char.codePointAt(0)!;
  if (code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029 || code === 0x85) return '\n';
  if (code < 0x10000 && (ignorable(code) || noiseMark(code) || privateUse(code))) return '';
  if (code >= 0xe0000 && code <= 0xe0fff) return '';
  // Letters on coloured discs and squares, which NFKC leaves alone: "🅱", "🅐".
  if (code >= 0x1f150 && code <= 0x1f169) return String.fromCharCode(0x61 + code - 0x1f150);
  if (code >= 0x1f170 && code <= 0x1f189) return String.fromCharCode(0x61 + code - 0x1f170);
  const simplified = toSimplified.get(char);
  if (simplified !== undefined) return simplified;
  let out = '';
  for (const part of char.normalize('NFKC').toLowerCase()) {
    const mapped = single[part];
    if (mapped !== undefined) {
      out += mapped;
      continue;
    }
    if (space.test(part)) {
      out += ' ';
      continue;
    }
    if (digit.test(part)) {
      out += String(digitValue(part));
      continue;
    }
    // й is a letter of its own, not и with a mark; Indic and other base-plus-mark compositions are kept as NFC has them.
    if (part === 'й') {
      out += part;
      continue;
    }
    for (const piece of part.normalize('NFD')) {
      const unit = piece.codePointAt(0)!;
      if (unit < 0x10000 && (noiseMark(unit) || ignorable(unit))) continue;
      out += single[piece] ?? toSimplified.get(piece) ?? piece;
    }
  }
  // Hangul syllables and others whose NFD is several letters: keep the composed form.
  const composed = out.normalize('NFC');
  return composed;
}

function digitValue(char: string): number {
  const code = char.codePointAt(0)!;
  // Decimal digits come in runs of ten whose zero is the nearest code point below with the property.
  let zero = code;
  while (zero > 0 && code - zero < 9 && digit.test(String.fromCodePoint(zero - 1))) zero--;
  return (code - zero) % 10;
}

export function kindOf(unit: number): number {
  if (unit === 0x20) return kind.space;
  if (respelt(unit)) return kind.word;
  if (stops.has(unit)) return kind.stop;
  if (pauses.has(unit)) return kind.pause;
  if (unit === 0x22) return kind.quote;
  if (unit >= 0x30 && unit <= 0x39) return kind.digit;
  if (denseScript(unit)) return kind.dense;
  const char = String.fromCharCode(unit);
  if (letter.test(char)) return kind.word;
  return kind.other;
}

/** Most characters fold to themselves; this finds out without taking them apart. */
function foldsToItself(char: string, unit: number): boolean {
  return (
    char.normalize('NFKD') === char &&
    char.toLowerCase() === char &&
    single[char] === undefined &&
    !ignorable(unit) &&
    !noiseMark(unit) &&
    !space.test(char) &&
    !digit.test(char) &&
    unit !== 0x0a &&
    unit !== 0x0d &&
    unit !== 0x2028 &&
    unit !== 0x2029 &&
    unit !== 0x85
  );
}

let tables: FoldTables | undefined;

/** The tables: the same whatever is compiled, so they are built once (about 30 ms) and shared. */
export const foldTables = (): FoldTables => (tables ??= buildFoldTables());

function buildFoldTables(): FoldTables {
  const fold = new Uint16Array(new SharedArrayBuffer(65_536 * 2));
  const kinds = new Uint8Array(new SharedArrayBuffer(65_536));
  const expansions = new Map<number, number[]>();
  for (let unit = 0; unit < 65_536; unit++) {
    if (unit >= 0xd800 && unit <= 0xdfff) {
      fold[unit] = unit;
      continue;
    }
    // Han folds to itself or to its simplified form: nearly half of the table.
    if ((unit >= 0x3400 && unit <= 0x4dbf) || (unit >= 0x4e00 && unit <= 0x9fff)) {
      fold[unit] = toSimplified.get(String.fromCharCode(unit))?.charCodeAt(0) ?? unit;
      kinds[unit] = kind.dense;
      continue;
    }
    if (privateUse(unit)) {
      fold[unit] = skip;
      kinds[unit] = respelt(unit) ? kind.word : kind.other;
      continue;
    }
    kinds[unit] = kindOf(unit);
    const char = String.fromCharCode(unit);
    const folded = (unit >= 0xac00 && unit <= 0xd7a3) || foldsToItself(char, unit) ? char : foldCharacter(char);
    // U+FFFE is no character; left in, it would be taken for the sign of an expansion.
    if (folded.length === 0 || unit === expand) fold[unit] = skip;
    else if (folded.length === 1) fold[unit] = folded.charCodeAt(0);
    else {
      fold[unit] = expand;
      expansions.set(
        unit,
        [...Array(folded.length).keys()].map((i) => folded.charCodeAt(i)),
      );
    }
  }
  return { fold, kinds, expansions };
}
