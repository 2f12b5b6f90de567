import type { CompiledLexicon } from './compile.js';
import { kind } from './fold.js';
import type { View } from './normalise.js';
import { hashOf } from './words.js';

/** Units of a text that are looked at. */
const sample = 4_000;
const apostrophe = 0x27;
const shortWeight = 0.5;

/** How much of a text are common words of a language; 1 and more: as much as in plain sentences of it. */
export interface Common {
  share: number;
  /** Words that are common in this language and in no other of the packs. */
  own: number;
  words: number;
}

/**
 * Makes what counts the commonest words of each pack's language in a text. A word that is common in several languages counts for each of them by
 * its part. The best witness where the detector has not learnt a language, or confuses it with its neighbours.
 */
export function createCommonWords(compiled: CompiledLexicon): (view: View) => Map<string, Common> {
  const owners = new Map<number, number[]>();
  const langs = compiled.packs.map(({ lang }) => lang);
  compiled.packs.forEach(({ common }, pack) => {
    for (const hash of common?.table ?? [])
      if (hash !== 0) {
        const list = owners.get(hash);
        if (list) list.push(pack);
        else owners.set(hash, [pack]);
      }
  });
  const { kinds } = compiled.tables;
  const shares = new Float64Array(langs.length);
  const owns = new Uint16Array(langs.length);

  const nothing = new Map<string, Common>();

  return ({ units, length }) => {
    if (owners.size === 0) return nothing;
    shares.fill(0);
    owns.fill(0);
    const end = Math.min(length, sample);
    let words = 0;
    for (let i = 0; i < end;) {
      const what = kinds[units[i]!]!;
      if (what !== kind.word && what !== kind.dense) {
        i++;
        continue;
      }
      const from = i;
      while (
        i < end &&
        (kinds[units[i]!] === kind.word ||
          kinds[units[i]!] === kind.dense ||
          (units[i] === apostrophe && i + 1 < end && kinds[units[i + 1]!] === kind.word))
      )
        i++;
      words++;
      if (i - from > 20) continue;
      const known = owners.get(hashOf(units, from, i));
      if (!known) continue;
      // A letter or two may be a word of any language.
      const weight = (i - from <= 2 && units[from]! < 0x250 ? shortWeight : 1) / known.length;
      for (const pack of known) shares[pack]! += weight;
      if (known.length === 1 && i - from > 2) owns[known[0]!]!++;
    }
    const found = new Map<string, Common>();
    for (let pack = 0; pack < langs.length; pack++)
      if (shares[pack]! > 0)
        found.set(langs[pack]!, { share: shares[pack]! / Math.max(3, words), own: owns[pack]!, words });
    return found;
  };
}
