import { kind } from './fold.js';
import { masked } from './normalise.js';
import type { View } from './normalise.js';

/** Words, clauses, sentences and quotations of a view. Token indexes are positions in the arrays below. */
export interface Structure {
  starts: number[];
  ends: number[];
  sentence: number[];
  clause: number[];
  /** Token stands inside quotation marks. */
  quoted: boolean[];
  /** Token follows the one before without a space, and does not begin with the particle that ties what stands before it to a noun: it is no noun that that describes. */
  loose: boolean[];
  /** Tokens of a script without spaces. */
  dense: boolean[];
  /** Per sentence: it ends with a question mark. */
  questions: boolean[];
  /** Per sentence: an exclamation mark. */
  exclaims: boolean[];
  sentences: number;
}

const questionMarks = new Set([...'?？؟‽'].map((c) => c.charCodeAt(0)));

/** Thai puts a space where others put a comma, and none between words. */
const isThai = (unit: number): boolean => unit >= 0x0e01 && unit <= 0x0e5b;

/** "恶心的天气": what stands before the particle describes the noun behind it. */
const tying = new Set([...'的之'].map((c) => c.charCodeAt(0)));

/** Words after which a sentence or a clause without a sign is cut: nobody's grammar reaches so far, and time must not grow with it. */
const longest = { sentence: 360, clause: 120 };

/** Cuts a view into tokens. `cuts`: where words written without a space begin. Linear in the view. */
export function structureOf(view: View, kinds: Uint8Array, cuts?: ReadonlySet<number>): Structure {
  const { units, length } = view;
  const s: Structure = {
    starts: [],
    ends: [],
    sentence: [],
    clause: [],
    quoted: [],
    loose: [],
    dense: [],
    questions: [false],
    exclaims: [false],
    sentences: 1,
  };
  const quoteSpans = quotations(view, kinds);
  let quote = 0;
  let sentence = 0;
  let clause = 0;
  let pending = false;
  const breakSentence = () => {
    if (s.sentence.at(-1) !== sentence) return;
    sentence++;
    clause++;
    s.questions.push(false);
    s.exclaims.push(false);
  };
  for (let i = 0; i < length;) {
    const what = kinds[units[i]!]!;
    const sign = pictograph(units, i, length);
    if (what === kind.word || what === kind.digit || what === kind.dense || units[i] === masked || sign > 0) {
      let end = i + Math.max(1, sign);
      if (units[i] !== masked && sign === 0) {
        for (; end < length && !cuts?.has(end); end++) {
          const k = kinds[units[end]!]!;
          if (k === kind.word || k === kind.digit || k === kind.dense) continue;
          const joins =
            units[end] === 0x27 &&
            end + 1 < length &&
            kinds[units[end + 1]!] === kind.word &&
            kinds[units[end - 1]!] === kind.word;
          if (!joins) break;
        }
      }
      if (pending) {
        breakSentence();
        pending = false;
      }
      const count = s.starts.length;
      if (count - longest.sentence >= 0 && s.sentence[count - longest.sentence] === sentence) breakSentence();
      if (count - longest.clause >= 0 && s.clause[count - longest.clause] === clause) clause++;
      while (quote < quoteSpans.length && quoteSpans[quote]!.end <= i) quote++;
      const q = quoteSpans[quote];
      s.starts.push(i);
      s.ends.push(end);
      s.sentence.push(sentence);
      s.clause.push(clause);
      s.quoted.push(q !== undefined && i >= q.start && i < q.end);
      s.dense.push(what === kind.dense);
      s.loose.push(what === kind.dense && count > 0 && s.ends[count - 1] === i && !tying.has(units[i]!));
      i = end;
      continue;
    }
    if (what === kind.stop) {
      // A dot inside "e.g." or "3.5" ends nothing: it has no space after it.
      const bare =
        units[i] === 0x2e &&
        i + 1 < length &&
        kinds[units[i + 1]!] !== kind.space &&
        units[i + 1] !== 0x0a &&
        units[i + 1] !== 0x22 &&
        units[i + 1] !== 0x27 &&
        kinds[units[i + 1]!] !== kind.stop;
      // "k!ll": a letter in disguise.
      const inWord =
        units[i] === 0x21 &&
        i > 0 &&
        i + 1 < length &&
        kinds[units[i - 1]!] === kind.word &&
        kinds[units[i + 1]!] === kind.word;
      if (!bare && !inWord) {
        if (questionMarks.has(units[i]!)) s.questions[sentence] = true;
        if (units[i] === 0x21) s.exclaims[sentence] = true;
        pending = true;
      }
    } else if (what === kind.pause || (what === kind.space && isThai(units[i - 1]!) && isThai(units[i + 1]!))) clause++;
    else if (units[i] === 0x2d && i > 0 && kinds[units[i - 1]!] === kind.space) clause++;
    i++;
  }
  s.sentences = sentence + 1;
  return s;
}

/** Units of an emoji or other pictograph at `i`, 0 when there is none: such a sign stands for a word. */
function pictograph(units: Uint16Array, i: number, length: number): number {
  const unit = units[i]!;
  if (unit >= 0x2600 && unit <= 0x27bf) return 1;
  // "G = filth": the sign stands for the copula.
  if (unit === 0x3d && i > 0 && units[i - 1] === 0x20 && units[i + 1] === 0x20) return 1;
  if (unit < 0xd83c || unit > 0xd83e || i + 1 >= length || units[i + 1]! < 0xdc00 || units[i + 1]! > 0xdfff) return 0;
  // A skin tone belongs to the sign before it.
  return unit === 0xd83c && units[i + 1]! >= 0xdffb ? 0 : 2;
}

/** Spans between quotation marks: double ones, and single ones that open before a word and close after it. */
function quotations(view: View, kinds: Uint8Array): { start: number; end: number }[] {
  const { units, length } = view;
  const spans: { start: number; end: number }[] = [];
  let double = -1;
  let single = -1;
  const wordAt = (i: number) =>
    i >= 0 &&
    i < length &&
    (kinds[units[i]!] === kind.word || kinds[units[i]!] === kind.dense || kinds[units[i]!] === kind.digit);
  for (let i = 0; i < length; i++) {
    const unit = units[i]!;
    if (unit === 0x22) {
      if (double < 0) double = i;
      else {
        spans.push({ start: double, end: i });
        double = -1;
      }
    } else if (unit === 0x27 && double < 0) {
      if (single < 0 && !wordAt(i - 1) && wordAt(i + 1)) single = i;
      else if (single >= 0 && !wordAt(i + 1)) {
        if (i - single < 600) spans.push({ start: single, end: i });
        single = -1;
      }
    } else if (unit === 0x0a) single = -1;
  }
  return spans.sort((a, b) => a.start - b.start);
}

export const sameSentence = (s: Structure, a: { from: number }, b: { from: number }): boolean =>
  sentenceOf(s, a) === sentenceOf(s, b);
export const sentenceOf = (s: Structure, at: { from: number }): number =>
  s.sentence[Math.min(at.from, s.sentence.length - 1)] ?? 0;
export const clauseOf = (s: Structure, at: { from: number }): number =>
  s.clause[Math.min(at.from, s.clause.length - 1)] ?? 0;
