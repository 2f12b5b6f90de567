import type { Automaton } from './automaton.js';
import { disguisable } from './compile.js';
import type { CompiledLexicon } from './compile.js';
import type { Hit } from './cues.js';
import { kind } from './fold.js';
import type { View } from './normalise.js';

const star = 0x2a;
const mostStars = 4;
const mostSteps = 4_000;

/**
 * Reads words with letters starred out ("k*ll"): each star stands for one letter. The trie is walked with a bound on the steps, so
 * that a text full of stars costs no more than its length.
 */
export function createStarred(compiled: CompiledLexicon) {
  const { canonical, senses, entries } = compiled;
  const symbols = canonical.alphabet.reduce((max, symbol) => Math.max(max, symbol), 0);

  return (view: View, kinds: Uint8Array): Hit[] => {
    const hits: Hit[] = [];
    const part = (unit: number) => kinds[unit] === kind.word || unit === star;
    for (let i = 0; i < view.length; ) {
      if (!part(view.units[i]!)) {
        i++;
        continue;
      }
      let end = i;
      let stars = 0;
      while (end < view.length && part(view.units[end]!)) if (view.units[end++] === star) stars++;
      const letters = end - i - stars;
      const framed = view.units[i] !== star && stars > 0 && stars <= mostStars && letters >= 2 && end - i >= 4;
      if (framed) {
        const readings = [...new Set(walk(canonical, view.units, i, end, symbols))]
          .flatMap((pattern) => senses[pattern]!)
          .map((sense) => ({ entry: entries[sense.entry]!, features: sense.features }))
          .filter(({ entry }) => disguisable.has(entry.class));
        if (readings.length > 0) hits.push({ start: i, end, readings, obfuscated: true });
      }
      i = end;
    }
    return hits;
  };
}

function walk(automaton: Automaton, units: Uint16Array, start: number, end: number, symbols: number): number[] {
  const { alphabet, base, check, own } = automaton;
  const found: number[] = [];
  let steps = 0;
  const step = (state: number, at: number): void => {
    if (++steps > mostSteps) return;
    if (at === end) {
      if (own[state]) found.push(own[state] - 1);
      return;
    }
    if (units[at] !== star) {
      const symbol = alphabet[units[at]!]!;
      const next = base[state]! + symbol;
      if (symbol !== 0 && base[state] !== 0 && check[next] === state) step(next, at + 1);
      return;
    }
    for (let symbol = 1; symbol <= symbols; symbol++) {
      const next = base[state]! + symbol;
      if (base[state] !== 0 && check[next] === state) step(next, at + 1);
    }
  };
  step(0, start);
  return found;
}
