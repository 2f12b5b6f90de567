import type { CompiledLexicon } from './compile.js';
import { kind } from './fold.js';
import type { View } from './normalise.js';

/**
 * A second reading of texts in the shorthand of chats ("ppl r", "shoulda", "theyre"): each short word is put as it is written out, so that expressions of
 * several words are found however they are typed. Only packs that list such words have it; a text without any costs one look-up a word.
 */
export function createShorthand(compiled: CompiledLexicon) {
  const { kinds } = compiled.tables;
  const lists = compiled.packs.flatMap(({ lang, shorthand }) =>
    shorthand ? [{ lang, words: new Map(Object.entries(shorthand)) }] : [],
  );
  const longest = Math.max(0, ...lists.flatMap(({ words }) => [...words.keys()].map((word) => word.length)));
  const wordy = (unit: number) => kinds[unit] === kind.word || kinds[unit] === kind.digit;

  /** The words written out; `starts` are positions in the canonical view. `undefined` when there is nothing to write out. */
  return (view: View, languages: ReadonlySet<string>): View | undefined => {
    const own = lists.filter(({ lang }) => languages.has(lang));
    if (own.length === 0) return undefined;
    const units: number[] = [];
    const starts: number[] = [];
    let changed = false;
    for (let i = 0; i < view.length;) {
      let end = i;
      while (end < view.length && wordy(view.units[end]!)) end++;
      const size = end - i;
      const word = size > 0 && size <= longest ? String.fromCharCode(...view.units.subarray(i, end)) : undefined;
      const full = word === undefined ? undefined : own.find(({ words }) => words.has(word))?.words.get(word);
      if (full !== undefined) {
        changed = true;
        for (let k = 0; k < full.length; k++) {
          units.push(full.charCodeAt(k));
          starts.push(k === 0 ? i : end);
        }
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
    return { units: Uint16Array.from(units), starts: Int32Array.from(starts), length: units.length };
  };
}
