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

/** Two languages that are taken for each other. */
export interface Neighbours {
  lang: string;
  neighbour: string;
  /** Words that are common in the one and not in the other: those of `lang` less those of its neighbour. */
  lead: number;
}

/** What the commonest words of a text say. */
export interface Commons {
  of: ReadonlyMap<string, Common>;
  /** Pairs of languages between which the text's words decide. */
  between: readonly Neighbours[];
}

/**
 * Makes what counts the commonest words of each pack's language in a text. A word that is common in several languages counts for each of them by
 * its part. The best witness where the detector has not learnt a language, or confuses it with its neighbours.
 */
export function createCommonWords(compiled: CompiledLexicon): (view: View) => Commons {
  const langs = compiled.packs.map(({ lang }) => lang);
  const pairs = compiled.packs.flatMap(({ lang, neighbour, also }) =>
    neighbour !== undefined && langs.includes(neighbour)
      ? [
          {
            lang,
            neighbour,
            own: langs.indexOf(lang),
            other: langs.indexOf(neighbour),
            full: also?.includes(neighbour),
          },
        ]
      : [],
  );
  const owners = new Map<number, { packs: number[]; sides: { pair: number; side: number }[] }>();
  compiled.packs.forEach(({ common }, pack) => {
    for (const hash of common?.table ?? [])
      if (hash !== 0) {
        const known = owners.get(hash);
        if (known) known.packs.push(pack);
        else owners.set(hash, { packs: [pack], sides: [] });
      }
  });
  // What a word says in each of the pairs; texts of a pidgin are full of words of the other language.
  for (const { packs, sides } of owners.values())
    pairs.forEach(({ own, other, full }, pair) => {
      const [has, lacks] = [packs.includes(own), packs.includes(other)];
      if (has !== lacks && (has || !full)) sides.push({ pair, side: has ? 1 : -1 });
    });
  const leads = new Float64Array(pairs.length);
  const { kinds } = compiled.tables;
  const shares = new Float64Array(langs.length);
  const owns = new Uint16Array(langs.length);

  const nothing: Commons = { of: new Map<string, Common>(), between: [] };

  return ({ units, length }) => {
    if (owners.size === 0) return nothing;
    shares.fill(0);
    owns.fill(0);
    leads.fill(0);
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
      const weight = i - from <= 2 && units[from]! < 0x250 ? shortWeight : 1;
      for (const pack of known.packs) shares[pack]! += weight / known.packs.length;
      if (i - from > 1) for (const { pair, side } of known.sides) leads[pair]! += side;
      if (known.packs.length === 1 && i - from > 2) owns[known.packs[0]!]!++;
    }
    const found = new Map<string, Common>();
    for (let pack = 0; pack < langs.length; pack++)
      if (shares[pack]! > 0)
        found.set(langs[pack]!, { share: shares[pack]! / Math.max(3, words), own: owns[pack]!, words });
    const between: Neighbours[] = [];
    for (let pair = 0; pair < pairs.length; pair++)
      if (leads[pair] !== 0)
        between.push({ lang: pairs[pair]!.lang, neighbour: pairs[pair]!.neighbour, lead: leads[pair]! });
    return { of: found, between };
  };
}
