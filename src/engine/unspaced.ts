import { scan } from './automaton.js';
import type { CompiledLexicon } from './compile.js';
import type { Hit } from './cues.js';
import { kind } from './fold.js';
import type { View } from './normalise.js';
import { attackClasses } from './rules.js';

const shortest = 7;
const longest = 60;

/**
 * Reads words written without spaces ("killthemall", hashtags): a long word counts when known words cover it from end to end,
 * an attack and somebody attacked among them, or a name and the verb that belongs to it. Anything less would find hidden words in ordinary ones.
 */
export function createUnspaced(compiled: CompiledLexicon) {
  const { canonical, senses, entries } = compiled;

  /** `positions`: places in the view where a known word stood inside a longer one. */
  return (view: View, kinds: Uint8Array, positions: readonly number[]): Hit[] => {
    const hits: Hit[] = [];
    let done = 0;
    for (const position of positions) {
      if (position < done) continue;
      let start = position;
      while (start > 0 && kinds[view.units[start - 1]!] === kind.word) start--;
      let end = position;
      while (end < view.length && kinds[view.units[end]!] === kind.word) end++;
      done = end;
      if (end - start >= shortest && end - start <= longest) hits.push(...tile(view, start, end));
    }
    return hits;
  };

  function tile(view: View, start: number, end: number): Hit[] {
    const length = end - start;
    /** Fewest pieces that cover [0, i), and the pattern that ends there. */
    const fewest = new Array<number>(length + 1).fill(Number.POSITIVE_INFINITY);
    const last = new Array<number>(length + 1).fill(-1);
    fewest[0] = 0;
    scan(canonical, view.units.subarray(start, end), length, (pattern, to) => {
      const size = canonical.lengths[pattern]!;
      const from = to - size;
      if (size < 2 || fewest[from]! + 1 >= fewest[to]!) return;
      fewest[to] = fewest[from]! + 1;
      last[to] = pattern;
    });
    if (!Number.isFinite(fewest[length]!) || fewest[length]! < 2) return [];
    const pieces: Hit[] = [];
    for (let at = length; at > 0; ) {
      const pattern = last[at]!;
      const from = at - canonical.lengths[pattern]!;
      pieces.unshift({ start: start + from, end: start + at, obfuscated: true, readings: senses[pattern]!.map((sense) => ({ entry: entries[sense.entry]!, features: sense.features })) });
      at = from;
    }
    const has = (test: (of: string) => boolean) => pieces.some((piece) => piece.readings.some(({ entry }) => test(entry.class)));
    const attack = has((of) => (attackClasses as ReadonlySet<string>).has(of) && of !== 'praise' && of !== 'profanity');
    const somebody = has((of) => of === 'group_term' || of === 'slur' || of === 'pronoun' || of === 'group_noun');
    // "Jewsare vermin": a name and the word after it, the attack beside them.
    const named = has((of) => of === 'group_term' || of === 'slur') && has((of) => of === 'copula' || of === 'negation' || of === 'modality');
    return (attack && somebody) || named ? pieces : [];
  }
}
