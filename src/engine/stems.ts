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

/**
 * Finds inflected verbs that no form lists, by the injected stemmers. It runs only on texts in which somebody is named, over words
 * no cue covers, so its cost is outside the common path.
 */
export function createStemFinder(compiled: CompiledLexicon, dictionary: Dictionary, stem: Stem) {
  const indexes = new Map<
    string,
    { stem: (word: string) => string; readings: Map<string, Reading[]>; known: Map<string, readonly Reading[]> }
  >();
  for (const pack of compiled.packs) {
    const stemmer = stem(pack.lang);
    if (stemmer) indexes.set(pack.lang, { stem: stemmer, readings: new Map(), known: new Map() });
  }
  const { senses, classes, automaton } = compiled;
  const isStemmable = cueClasses.map((of) => stemmable.has(of));
  for (let pattern = 0; pattern < automaton.lengths.length; pattern++) {
    if (automaton.lengths[pattern]! < shortest) continue;
    for (let sense = senses.first[pattern]!; sense < senses.first[pattern + 1]!; sense++) {
      if (!isStemmable[classes[senses.entry[sense]!]!]) continue;
      const { entry } = dictionary.readings(pattern)[sense - senses.first[pattern]!]!;
      const into = indexes.get(entry.lang);
      const word = dictionary.textOf(pattern);
      if (!into || word.includes(' ')) continue;
      const key = into.stem(word);
      if (key.length < 4) continue;
      const list = into.readings.get(key) ?? [];
      if (!list.some((other) => other.entry === entry)) list.push({ entry, features: [] });
      into.readings.set(key, list);
    }
  }

  return (view: View, kinds: Uint8Array, taken: readonly Hit[], languages: ReadonlySet<string>): Hit[] => {
    const active = [...languages].map((lang) => indexes.get(lang)).filter((index) => index !== undefined);
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
          const readings = active.flatMap(({ stem: stemOf, readings: byStem, known }) => {
            let list = known.get(word);
            if (!list) {
              if (known.size >= remembered) known.clear();
              list = byStem.get(stemOf(word)) ?? nothing;
              known.set(word, list);
            }
            return list;
          });
          if (readings.length > 0) hits.push({ start: i, end, readings, obfuscated: false });
        }
      }
      i = end;
    }
    return hits;
  };
}
