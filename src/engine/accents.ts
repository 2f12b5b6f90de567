import type { View } from './normalise.js';
import type { CompiledEntry, Reading } from './readings.js';
import type { Pack } from './types.js';

/**
 * Languages whose words differ by their accents alone (Vietnamese "đã đến", have come, and "da đen", black). Accents are folded, as many type without
 * them; but where they are typed they say which word it is.
 */

const mark = /\p{M}/u;

/** A word by its letters and its accents, wherever in it these are set: "hoà" and "hòa" are one spelling. */
function partsOf(word: string): { letters: string; accents: string[] } {
  let letters = '';
  const accents: string[] = [];
  for (const unit of word.toLowerCase().normalize('NFD'))
    if (mark.test(unit)) accents.push(unit);
    else letters += unit;
  return { letters, accents: accents.sort() };
}

function spellingOf(word: string): string {
  const { letters, accents } = partsOf(word);
  return letters + accents.join('');
}

/** How a word is spelt in a hurry: with all of its accents or with some ("giêt" for "giết"). */
function spellingsOf(word: string): string[] {
  const { letters, accents } = partsOf(word);
  const some = accents.reduce<string[]>((all, accent) => [...all, ...all.map((few) => few + accent)], ['']);
  return [letters, letters.replaceAll('đ', 'd')].flatMap((base) => some.map((few) => base + few));
}

const words = (text: string): string[] => text.normalize('NFC').match(/[\p{L}\p{M}]+/gu) ?? [];
/** True where there are no letters but plain ones, as in most texts: nothing is made for them. */
function bare(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}
const plain = (word: string): boolean => /^[a-z]*$/i.test(word);

/** The accented words of an entry's forms, each by its spelling. */
export const accentedWords = (forms: readonly string[]): string[] => [
  ...new Set(
    forms
      .flatMap(words)
      .filter((word) => !plain(word))
      .flatMap(spellingsOf),
  ),
];

/** Harmless words by their spelling. */
export const unlikeWords = (exclude: readonly string[]): string[] => exclude.map(spellingOf);

/** Where a word was found, in units of the view. */
interface Place {
  start: number;
  end: number;
  readings: readonly Reading[];
}

/** Makes what takes away readings whose words the text spells with other accents. A word without any may be each of them. */
export function createAccents(packs: readonly Pick<Pack, 'lang' | 'accents'>[]) {
  const langs = new Set(packs.filter(({ accents }) => accents === 'distinct').map(({ lang }) => lang));
  const spelt = new WeakMap<CompiledEntry, ReadonlySet<string>>();
  const spellings = (entry: CompiledEntry) => {
    let known = spelt.get(entry);
    if (!known) spelt.set(entry, (known = new Set(entry.spelt)));
    return known;
  };

  const particular = ({ entry }: Reading) => entry.unlike !== undefined || langs.has(entry.lang);

  return <H extends Place>(
    text: string,
    view: View,
    hits: H[],
    found: { harmless: { start: number; end: number }[] },
  ): H[] => {
    if (!hits.some(({ readings }) => readings.some(particular))) return hits;
    return hits.flatMap((hit) => {
      const { readings, start, end } = hit;
      if (!readings.some(particular)) return [hit];
      const [from, to] = [view.starts[start]!, view.starts[end]!];
      if (bare(text, from, to) && !readings.some(({ entry }) => entry.unlike)) return [hit];
      const written = words(text.slice(from, to));
      const accented = written.filter((word) => !plain(word)).map(spellingOf);
      const other = ({ entry }: Reading) =>
        entry.unlike !== undefined && written.length === 1 && entry.unlike.includes(spellingOf(written[0]!));
      // Nor is it a slip for what it is not.
      if (readings.some(other)) found.harmless.push({ start, end });
      const kept = readings.filter(
        (reading) =>
          !other(reading) &&
          !(langs.has(reading.entry.lang) && accented.some((word) => !spellings(reading.entry).has(word))),
      );
      if (kept.length === readings.length) return [hit];
      return kept.length === 0 ? [] : [{ ...hit, readings: kept }];
    });
  };
}
