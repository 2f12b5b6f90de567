import type { CompiledLexicon } from './compile.js';
import type { Hit } from './cues.js';
import type { Reading } from './readings.js';
import type { Dictionary } from './dictionary.js';
import { kind } from './fold.js';
import type { View } from './normalise.js';
import { cueClasses } from './types.js';
import type { CueClass, Stem } from './types.js';

/** Verbs whose every inflection need not be listed: their stem is enough. Nouns and adjectives over-stem into other words. */
const stemmable: ReadonlySet<CueClass> = new Set([
  'violence_predicate',
  'expulsion_predicate',
  'exclusion_predicate',
  'property_destruction_predicate',
  'sexual_violence_predicate',
]);
const shortest = 5;
/** Words whose stem is remembered, for each language: stemming is the dearest thing done to a word. */
const remembered = 20_000;
const nothing: readonly Reading[] = [];

interface StemIndex {
  stem: (word: string) => string;
  /** Entries by the stem of their forms. */
  entries: Map<string, number[]>;
  known: Map<string, readonly Reading[]>;
}

/**
 * Finds inflected verbs that no form lists, by the injected stemmers. It runs only on texts in which somebody is named, over words
 * no cue covers, so its cost is outside the common path.
 */
export function createStemFinder(compiled: CompiledLexicon, dictionary: Dictionary, stem: Stem) {
  const { senses, classes, languages: languageOf, automaton, packs } = compiled;
  const isStemmable = cueClasses.map((of) => stemmable.has(of));
  const indexes = new Map<string, StemIndex | undefined>();

  /** The stems of a language's verbs; made when a text first needs them. `undefined` where no stemmer knows the language. */
  function indexFor(lang: string): StemIndex | undefined {
    if (indexes.has(lang)) return indexes.get(lang);
    const stemmer = stem(lang);
    const index = stemmer && { stem: stemmer, entries: entriesByStem(lang, stemmer), known: new Map() };
    indexes.set(lang, index);
    return index;
  }

  function entriesByStem(lang: string, stemmer: (word: string) => string): Map<string, number[]> {
    const own = packs.findIndex((pack) => pack.lang === lang);
    const byStem = new Map<string, number[]>();
    for (let pattern = 0; pattern < automaton.lengths.length; pattern++) {
      if (automaton.lengths[pattern]! < shortest) continue;
      for (let sense = senses.first[pattern]!; sense < senses.first[pattern + 1]!; sense++) {
        const entry = senses.entry[sense]!;
        if (languageOf[entry] !== own || !isStemmable[classes[entry]!]) continue;
        const word = dictionary.textOf(pattern);
        const key = word.includes(' ') ? '' : stemmer(word);
        if (key.length < 4) continue;
        const list = byStem.get(key);
        if (!list) byStem.set(key, [entry]);
        else if (!list.includes(entry)) list.push(entry);
      }
    }
    return byStem;
  }

  const readingsOf = ({ stem: stemOf, entries, known }: StemIndex, word: string): readonly Reading[] => {
    let list = known.get(word);
    if (!list) {
      if (known.size >= remembered) known.clear();
      list = entries.get(stemOf(word))?.map((index) => ({ entry: dictionary.entry(index), features: [] })) ?? nothing;
      known.set(word, list);
    }
    return list;
  };

  return (view: View, kinds: Uint8Array, taken: readonly Hit[], languages: ReadonlySet<string>): Hit[] => {
    const active = [...languages].map(indexFor).filter((index) => index !== undefined);
    if (active.length === 0) return [];
    const covered = new Uint8Array(view.length);
    for (const hit of taken) covered.fill(1, hit.start, hit.end);
    const hits: Hit[] = [];
    for (let i = 0; i < view.length;) {
      if (kinds[view.units[i]!] !== kind.word) {
        i++;
        continue;
      }
      let end = i;
      while (end < view.length && kinds[view.units[end]!] === kind.word) end++;
      if (end - i >= shortest && end - i <= 24 && covered[i] === 0) {
        const word = String.fromCharCode(...view.units.subarray(i, end));
        if (!dictionary.knows(view.units, i, end)) {
          const readings = active.flatMap((index) => readingsOf(index, word));
          if (readings.length > 0) hits.push({ start: i, end, readings, obfuscated: false });
        }
      }
      i = end;
    }
    return hits;
  };
}
