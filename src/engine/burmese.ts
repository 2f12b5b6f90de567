/**
 * Burmese written for the font Zawgyi, which puts other letters on the same code points as Unicode and in another order. Such text is turned into
 * Unicode before anything else reads it, syllable by syllable, so that each unit keeps the offset of its syllable in the text as given. Who tells
 * the two apart and converts a syllable is injected (`lexicon/burmese.ts`): the engine has no tables for it.
 */
export interface Zawgyi {
  /** 0–1: how likely the text is meant for that font; not a number, or below 0, where it holds no Burmese. */
  probability: (text: string) => number;
  /** What a few letters written for that font are in Unicode. */
  toUnicode: (syllable: string) => string;
}

/** Text turned into Unicode. `starts[i]` is the offset in the text as given of unit i; `starts[text.length]` is the length of that. */
export interface Recoded {
  text: string;
  starts: Int32Array;
}

/** Few letters look the same in both encodings: only what is beyond doubt is converted, and for those letters it makes no difference. */
const certain = 0.95;
/** Letters a line is judged by. */
const sample = 2_000;

const burmese = (unit: number): boolean => unit >= 0x1000 && unit <= 0x109f;
/** Stand before the consonant they belong to, in that encoding. */
const leads = (unit: number): boolean => unit === 0x1031 || unit === 0x103b || (unit >= 0x107e && unit <= 0x1084);
const consonants = new Set([
  0x103f, 0x104e, 0x106a, 0x106b, 0x106e, 0x106f, 0x1086, 0x108f, 0x1090, 0x1091, 0x1092, 0x1097,
]);
/** A syllable may begin with it. The digit zero also stands for the letter wa there, which only its neighbours tell: never a beginning. */
const begins = (unit: number): boolean =>
  (unit >= 0x1000 && unit <= 0x102a) || consonants.has(unit) || leads(unit) || !burmese(unit);

/** Reads a text whose Burmese may be in that encoding; `undefined` when none of its lines is. Linear in the text. */
export function recode(text: string, zawgyi: Zawgyi): Recoded | undefined {
  const parts: string[] = [];
  const starts: number[] = [];
  let changed = false;
  const copy = (from: number, to: number) => {
    parts.push(text.slice(from, to));
    for (let i = from; i < to; i++) starts.push(i);
  };
  for (let line = 0; line < text.length;) {
    const found = text.indexOf('\n', line);
    const end = found < 0 ? text.length : found + 1;
    if (zawgyi.probability(text.slice(line, Math.min(end, line + sample))) >= certain) {
      changed = true;
      for (let from = line; from < end;) {
        if (!burmese(text.charCodeAt(from))) {
          copy(from, ++from);
          continue;
        }
        let to = from + 1;
        while (to < end && to - from < 32 && !(begins(text.charCodeAt(to)) && !leads(text.charCodeAt(to - 1)))) to++;
        const syllable = zawgyi.toUnicode(text.slice(from, to));
        parts.push(syllable);
        for (let i = 0; i < syllable.length; i++) starts.push(from);
        from = to;
      }
    } else copy(line, end);
    line = end;
  }
  if (!changed) return undefined;
  starts.push(text.length);
  return { text: parts.join(''), starts: Int32Array.from(starts) };
}
