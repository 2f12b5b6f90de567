import type { CompiledLexicon } from './compile.js';
import { kind } from './fold.js';
import type { View } from './normalise.js';
import { hashOf, hasUnits } from './words.js';
import type { WordSet } from './words.js';

/** `starts` are positions in the canonical view. */
export interface WrittenOut extends View {
  /** Words of the canonical view that were misspelt. */
  slips: { start: number; end: number }[];
  /** Where in the canonical view a word begins that was written together with the one before it. */
  cuts: number[];
}

/** Letters a misspelt word has; of fewer too little is left to tell what was meant. */
const least = 4;
const most = 24;
/** … and from so many on a letter too much is passed over. */
const long = 8;
/** Letters of two words written together, and of the one that is none of the commonest. */
const leastTogether = 6;
const leastRare = 3;
/** … and of what "I" is written together with. */
const leastBesideOne = 4;
const vowels = [...'aeiou'].map((letter) => letter.charCodeAt(0));
const first = 0x61;
const last = 0x7a;
/** Misspelt words whose meaning is remembered. */
const remembered = 5_000;

/** What is written short, by the hash of it: a word need not be made to look for it. */
function byHash(shorthand: Record<string, string>): Map<number, { word: string; full: string }> {
  return new Map(
    Object.entries(shorthand).map(([word, full]) => [
      hashOf(
        Array.from({ length: word.length }, (_, i) => word.charCodeAt(i)),
        0,
        word.length,
      ),
      { word, full },
    ]),
  );
}

/**
 * A second reading of texts in the shorthand of chats ("ppl r", "shoulda", "theyre") and with slips of the finger ("deserv to choke to deth"): each such
 * word is put as it is written out, so that expressions of several words are found however they are typed. A slip is two letters that changed places, or
 * one left out, or two words without the space between them, of which one is among the commonest ("shouldbe", "themall"); it is read so only where the
 * word is none of the language and what comes out is a word of the pack. Only packs that list such words have this; other texts cost one look-up a word.
 */
export function createShorthand(compiled: CompiledLexicon) {
  const { kinds } = compiled.tables;
  const lists = compiled.packs
    .flatMap(({ lang, shorthand }) => (shorthand ? [{ lang, words: byHash(shorthand) }] : []))
    .sort((a, b) => (a.lang < b.lang ? -1 : 1));
  const spelling = new Map(
    compiled.packs.flatMap(({ lang, words, vocabulary, common }) =>
      words && vocabulary
        ? [[lang, { words, vocabulary, common, known: new Map<string, string | undefined>() }] as const]
        : [],
    ),
  );
  const longest = Math.max(0, ...lists.flatMap(({ words }) => [...words.values()].map(({ word }) => word.length)));
  const wordy = (unit: number) => kinds[unit] === kind.word || kinds[unit] === kind.digit;

  /** The words written out; `code` is the language of the text. `undefined` when there is nothing to write out. */
  return (view: View, languages: ReadonlySet<string>, code: string): WrittenOut | undefined => {
    const own = lists.filter(({ lang }) => languages.has(lang));
    if (own.length === 0) return undefined;
    const spellers = own.filter(({ lang }) => spelling.has(lang));
    const speller = spellers.find(({ lang }) => lang === code) ?? (spellers.length === 1 ? spellers[0] : undefined);
    const spelt = speller && spelling.get(speller.lang);
    /** What is short for something in one language is a word of another that the text may be in. */
    const ordinary = (lang: string, from: number, to: number) =>
      spellers.some((other) => other.lang !== lang && hasUnits(spelling.get(other.lang)!.words, view.units, from, to));
    const writtenOut = (of: Uint16Array, from: number, to: number): string | undefined => {
      const hash = hashOf(of, from, to);
      for (const { lang, words } of own) {
        const one = words.get(hash);
        if (one && one.word === String.fromCharCode(...of.subarray(from, to)) && !ordinary(lang, from, to))
          return one.full;
      }
      return undefined;
    };
    const units: number[] = [];
    const starts: number[] = [];
    const slips: WrittenOut['slips'] = [];
    const cuts: number[] = [];
    let changed = false;
    for (let i = 0; i < view.length;) {
      let end = i;
      while (end < view.length && wordy(view.units[end]!)) end++;
      const size = end - i;
      let full = size > 0 && size <= longest ? writtenOut(view.units, i, end) : undefined;
      if (full === undefined && spelt && size >= least && size <= most) {
        full = meant(view.units.subarray(i, end), spelt);
        if (full !== undefined) slips.push({ start: i, end });
      }
      if (full !== undefined) {
        changed = true;
        // Two words written together keep their places; of what is written out only the ends have one.
        const apart = full.length === size + 1 ? full.indexOf(' ') : -1;
        const parted = apart > 0 && sameLetters(view.units, i, full, apart);
        for (let k = 0; k < full.length; k++) {
          units.push(full.charCodeAt(k));
          starts.push(parted ? i + (k > apart ? k - 1 : k) : k === 0 ? i : end);
        }
        if (parted) cuts.push(i + apart);
        i = end;
      } else {
        const to = Math.max(end, i + 1);
        for (; i < to; i++) {
          units.push(view.units[i]!);
          starts.push(i);
        }
      }
    }
    if (!changed) return undefined;
    starts.push(view.length);
    return { units: Uint16Array.from(units), starts: Int32Array.from(starts), length: units.length, slips, cuts };
  };

  function meant(units: Uint16Array, { words, vocabulary, common, known }: Spelling): string | undefined {
    if (hasUnits(words, units, 0, units.length) || hasUnits(vocabulary, units, 0, units.length)) return undefined;
    for (const unit of units) if (unit < first || unit > last) return undefined;
    const word = String.fromCharCode(...units);
    if (!known.has(word)) {
      if (known.size >= remembered) known.clear();
      known.set(
        word,
        swappedBack(units, vocabulary) ??
          (common && together(units, vocabulary, common)) ??
          correction(units, vocabulary),
      );
    }
    return known.get(word);
  }
}

/** What the words of a language are told by, and what was found out of misspelt ones. */
interface Spelling {
  words: WordSet;
  vocabulary: WordSet;
  common: WordSet | undefined;
  known: Map<string, string | undefined>;
}

/** What is written out is the word itself, with a space at a place. */
function sameLetters(units: Uint16Array, from: number, full: string, apart: number): boolean {
  for (let k = 0; k < full.length; k++)
    if (k !== apart && full.charCodeAt(k) !== units[from + (k > apart ? k - 1 : k)]) return false;
  return true;
}

/** Two words written together, parted where the commoner one is longest; `undefined` when they are none. */
function together(units: Uint16Array, vocabulary: WordSet, common: WordSet): string | undefined {
  const size = units.length;
  const often = (from: number, to: number) => hasUnits(common, units, from, to);
  const known = (from: number, to: number) => to - from >= leastRare && hasUnits(vocabulary, units, from, to);
  let best = 0;
  let at = 0;
  for (let cut = 1; cut < size - 1; cut++) {
    const left = often(0, cut);
    const right = often(cut, size);
    if (cut === 1 ? !left || size - 1 < leastBesideOne : size < leastTogether) continue;
    const fits = (left && (known(cut, size) || (right && cut > 1))) || (right && known(0, cut));
    const common = Math.max(left ? cut : 0, right ? size - cut : 0);
    if (fits && common > best) [best, at] = [common, cut];
  }
  if (at === 0) return undefined;
  return `${String.fromCharCode(...units.subarray(0, at))} ${String.fromCharCode(...units.subarray(at))}`;
}

/** The word of the vocabulary in which two letters changed places. */
function swappedBack(units: Uint16Array, vocabulary: WordSet): string | undefined {
  const swapped = Uint16Array.from(units);
  for (let i = 0; i + 1 < units.length; i++) {
    [swapped[i], swapped[i + 1]] = [units[i + 1]!, units[i]!];
    if (hasUnits(vocabulary, swapped, 0, units.length)) return String.fromCharCode(...swapped);
    [swapped[i], swapped[i + 1]] = [units[i]!, units[i + 1]!];
  }
  return undefined;
}

/** The word of the vocabulary that has one letter more or less: a vowel is missing before a consonant, before one is too much. */
function correction(units: Uint16Array, vocabulary: WordSet): string | undefined {
  const size = units.length;
  const wider = new Uint16Array(size + 1);
  const add = (at: number, letter: number): boolean => {
    wider.set(units.subarray(0, at), 0);
    wider[at] = letter;
    wider.set(units.subarray(at), at + 1);
    return hasUnits(vocabulary, wider, 0, size + 1);
  };
  for (let at = 1; at <= size; at++)
    for (const letter of vowels) if (add(at, letter)) return String.fromCharCode(...wider);
  if (size <= least) return undefined;
  for (let at = 1; at <= size; at++)
    for (let letter = first; letter <= last; letter++)
      if (!vowels.includes(letter) && add(at, letter)) return String.fromCharCode(...wider);
  if (size < long) return undefined;
  const narrower = new Uint16Array(size - 1);
  for (let at = 1; at < size; at++) {
    narrower.set(units.subarray(0, at), 0);
    narrower.set(units.subarray(at + 1), at);
    if (hasUnits(vocabulary, narrower, 0, size - 1)) return String.fromCharCode(...narrower);
  }
  return undefined;
}
