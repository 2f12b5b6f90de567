import { child } from './automaton.js';
import { disguisable } from './compile.js';
import type { CompiledLexicon } from './compile.js';
import type { Hit } from './cues.js';
import type { Dictionary } from './dictionary.js';
import { kind } from './fold.js';
import type { View } from './normalise.js';
import { inSome } from './words.js';

/** Letters a word must have to be put together from its pieces; more where no list of ordinary words says what a piece is not. */
const shortest = 5;
const shortestBlind = 7;
/** … and so many where all of its pieces, three at least, are short ones that may be words. */
const longScraps = 7;
const mostPieces = 6;
const mostLetters = 24;
/** Signs that may part the pieces. */
const parting: ReadonlySet<number> = new Set([...' .-_*/|·•~#'].map((sign) => sign.charCodeAt(0)));

/**
 * Reads words cut into pieces ("sl aug hter", "im-mig-rants"). At least one piece must be no word: of pieces that are words, as in "the rapist", nobody can
 * say that they are meant as one. The trie is walked once from each beginning, across the signs between the pieces.
 */
export function createJoined(compiled: CompiledLexicon, dictionary: Dictionary) {
  const { automaton } = compiled;
  const { alphabet } = automaton;
  const lists = new Map(compiled.packs.map((pack) => [pack.lang, pack.words]));

  return (view: View, kinds: Uint8Array, languages: ReadonlySet<string>, hostile: boolean): Hit[] => {
    const hits: Hit[] = [];
    const { units, length } = view;
    const words = [...languages].map((lang) => lists.get(lang)).filter((list) => list !== undefined);
    if (words.length === 0 && !hostile) return hits;
    const least = words.length > 0 ? shortest : shortestBlind;
    const endOf = (from: number) => {
      let end = from;
      while (end < length && kinds[units[end]!] === kind.word) end++;
      return end;
    };
    const isWord = (from: number, to: number) =>
      inSome(words, units, from, to) ||
      // Where nobody listed the ordinary words, what any language has may be one.
      (words.length > 0 ? ofThese(view, from, to, languages) : dictionary.knows(units, from, to));

    for (let i = 0; i < length;) {
      if (kinds[units[i]!] !== kind.word) {
        i++;
        continue;
      }
      const start = i;
      i = endOf(start);
      // A word put together has another piece right behind it.
      if (i - start > mostLetters || i + 1 >= length || !parting.has(units[i]!) || kinds[units[i + 1]!] !== kind.word)
        continue;
      let state = 0;
      let best: Hit | undefined;
      let strange = false;
      let letters = 0;
      for (let from = start, piece = 1; piece <= mostPieces; piece++) {
        const to = endOf(from);
        letters += to - from;
        if (letters > mostLetters) break;
        for (let k = from; k < to; k++) {
          state = child(automaton, state, alphabet[units[k]!]!);
          if (state === 0) break;
        }
        if (state === 0) break;
        strange ||= !isWord(from, to) && to - from >= 2;
        // Three scraps and more of one long word are no three words, whatever they are by themselves; nor two of three letters ("ver min").
        const scraps = piece >= 3 ? letters >= longScraps && letters < piece * 4 : letters === 6 && to - from === 3;
        if (piece > 1 && (strange || scraps) && letters >= least) {
          const pattern = dictionary.formAt(state);
          const readings =
            pattern < 0
              ? []
              : dictionary
                  .readings(pattern)
                  .filter(({ entry }) => disguisable.has(entry.class) && languages.has(entry.lang));
          if (readings.length > 0) best = { start, end: to, readings, obfuscated: true };
        }
        if (to + 1 >= length || !parting.has(units[to]!) || kinds[units[to + 1]!] !== kind.word) break;
        from = to + 1;
      }
      if (best) hits.push(best);
    }
    return hits;
  };

  /** True for a form that a pack of one of the languages lists. */
  function ofThese({ units }: View, from: number, to: number, languages: ReadonlySet<string>): boolean {
    let state = 0;
    for (let i = from; i < to; i++) {
      state = child(automaton, state, alphabet[units[i]!]!);
      if (state === 0) return false;
    }
    const pattern = dictionary.formAt(state);
    return pattern >= 0 && dictionary.readings(pattern).some(({ entry }) => languages.has(entry.lang));
  }
}
