import type { CompiledLexicon, Sense } from './compile.js';
import type { Hit } from './cues.js';
import { kind } from './fold.js';
import type { View } from './normalise.js';
import type { CueClass, Stem } from './types.js';

/** Verbs whose every inflection need not be listed: their stem is enough. Nouns and adjectives over-stem into other words. */
const stemmable: ReadonlySet<CueClass> = new Set(['violence_predicate', 'expulsion_predicate', 'exclusion_predicate', 'property_destruction_predicate', 'sexual_violence_predicate']);
const shortest = 5;

/**
 * Finds inflected verbs that no form lists, by the injected stemmers. It runs only on texts in which somebody is named, over words
 * no cue covers, so its cost is outside the common path.
 */
export function createStemFinder(compiled: CompiledLexicon, stem: Stem) {
  const indexes = new Map<string, { stem: (word: string) => string; senses: Map<string, Sense[]> }>();
  const listed = new Set(compiled.patterns);
  for (const pack of compiled.packs) {
    const stemmer = stem(pack.lang);
    if (stemmer) indexes.set(pack.lang, { stem: stemmer, senses: new Map() });
  }
  compiled.patterns.forEach((pattern, index) => {
    if (pattern.includes(' ') || pattern.length < shortest) return;
    for (const sense of compiled.senses[index]!) {
      const entry = compiled.entries[sense.entry]!;
      const into = indexes.get(entry.lang);
      if (!into || !stemmable.has(entry.class)) continue;
      const key = into.stem(pattern);
      if (key.length < 4) continue;
      const list = into.senses.get(key) ?? [];
      if (!list.some((other) => other.entry === sense.entry)) list.push({ entry: sense.entry, features: [] });
      into.senses.set(key, list);
    }
  });

  return (view: View, kinds: Uint8Array, taken: readonly Hit[], languages: ReadonlySet<string>): Hit[] => {
    const active = [...languages].map((lang) => indexes.get(lang)).filter((index) => index !== undefined);
    if (active.length === 0) return [];
    const covered = new Uint8Array(view.length);
    for (const hit of taken) covered.fill(1, hit.start, hit.end);
    const hits: Hit[] = [];
    for (let i = 0; i < view.length; ) {
      if (kinds[view.units[i]!] !== kind.word) {
        i++;
        continue;
      }
      let end = i;
      while (end < view.length && kinds[view.units[end]!] === kind.word) end++;
      if (end - i >= shortest && end - i <= 24 && covered[i] === 0) {
        const word = String.fromCharCode(...view.units.subarray(i, end));
        if (!listed.has(word)) {
          const readings = active.flatMap((index) => index.senses.get(index.stem(word)) ?? []).map((sense) => ({ entry: compiled.entries[sense.entry]!, features: sense.features }));
          if (readings.length > 0) hits.push({ start: i, end, readings, obfuscated: false });
        }
      }
      i = end;
    }
    return hits;
  };
}
