import { child } from './automaton.js';
import { disguisable } from './compile.js';
import type { Hit } from './cues.js';
import type { Dictionary } from './dictionary.js';
import { kind } from './fold.js';
import type { View } from './normalise.js';

const star = 0x2a;
const mostStars = 4;
const mostSteps = 4_000;
const longest = 40;
/** Starred words whose meanings are remembered. */
const remembered = 5_000;

/**
 * Reads words with letters starred out ("k*ll"): each star stands for one letter. The trie is walked with a bound on the steps, so
 * that a text full of stars costs no more than its length.
 */
export function createStarred(dictionary: Dictionary) {
  const known = new Map<string, Hit['readings']>();
  const meanings = (units: Uint16Array, start: number, end: number): Hit['readings'] => {
    const word = String.fromCharCode(...units.subarray(start, end));
    let readings = known.get(word);
    if (!readings) {
      readings = [...new Set(walk(dictionary, units, start, end))]
        .flatMap((pattern) => dictionary.readings(pattern))
        .filter(({ entry }) => disguisable.has(entry.class));
      if (known.size >= remembered) known.clear();
      known.set(word, readings);
    }
    return readings;
  };

  return (view: View, kinds: Uint8Array): Hit[] => {
    const hits: Hit[] = [];
    const part = (unit: number) => kinds[unit] === kind.word || unit === star;
    for (let i = 0; i < view.length;) {
      if (!part(view.units[i]!)) {
        i++;
        continue;
      }
      let end = i;
      let stars = 0;
      while (end < view.length && part(view.units[end]!)) if (view.units[end++] === star) stars++;
      const letters = end - i - stars;
      const framed =
        view.units[i] !== star && stars > 0 && stars <= mostStars && letters >= 2 && end - i >= 4 && end - i <= longest;
      if (framed) {
        const readings = meanings(view.units, i, end);
        if (readings.length > 0) hits.push({ start: i, end, readings, obfuscated: true });
      }
      i = end;
    }
    return hits;
  };
}

function walk(dictionary: Dictionary, units: Uint16Array, start: number, end: number): number[] {
  const { automaton } = dictionary;
  const found: number[] = [];
  let steps = 0;
  const step = (state: number, at: number): void => {
    if (++steps > mostSteps) return;
    if (at === end) {
      const pattern = dictionary.formAt(state);
      if (pattern >= 0) found.push(pattern);
      return;
    }
    if (units[at] !== star) {
      const next = child(automaton, state, automaton.alphabet[units[at]!]!);
      if (next !== 0) step(next, at + 1);
      return;
    }
    for (const symbol of dictionary.next(state)) step(child(automaton, state, symbol), at + 1);
  };
  step(0, start);
  return found;
}
