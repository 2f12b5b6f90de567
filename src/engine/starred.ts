import { child } from './automaton.js';
import { disguisable } from './compile.js';
import type { CompiledLexicon } from './compile.js';
import type { Hit } from './cues.js';
import type { Dictionary } from './dictionary.js';
import { leetAlternatives } from './evasion.js';
import { kind } from './fold.js';
import { beginsEmoji, maskSigns } from './normalise.js';
import type { View } from './normalise.js';
import { inSome } from './words.js';

const mostMasks = 4;
const mostSteps = 4_000;
/** Steps a unit of the text allows for all of its words together, so that a text full of stars costs no more than its length. */
const stepsAUnit = 48;
/** Signs that stand between parts of words as a rule: each may hide a letter only where the parts are no words. */
const joining: ReadonlySet<number> = new Set(['-', '.', '_'].map((sign) => sign.charCodeAt(0)));

/** Units of the emoji at `i`, before `limit`, with its skin tones and whatever it is joined with; 0 when there is none. */
function emojiAt(units: Uint16Array, i: number, limit: number): number {
  let end = i;
  while (end < limit && beginsEmoji(units[end]!)) {
    if (units[end]! < 0xd83c) end++;
    else if (end + 1 < limit && units[end + 1]! >= 0xdc00 && units[end + 1]! <= 0xdfff) end += 2;
    else break;
  }
  return end - i;
}

/**
 * Reads words with letters masked ("k*ll", "m#slims", "v-rmin", "m🔥slims"): each sign stands for one letter. The trie is walked with a bound on the
 * steps.
 */
export function createStarred(compiled: CompiledLexicon, dictionary: Dictionary) {
  const ordinary = compiled.packs.flatMap((pack) => pack.words ?? []);
  return (view: View, kinds: Uint8Array): Hit[] => {
    const hits: Hit[] = [];
    const { units } = view;
    let budget = mostSteps + view.length * stepsAUnit;
    const part = (unit: number) => kinds[unit] === kind.word || maskSigns.has(unit) || leetAlternatives.has(unit);
    for (let i = 0; i < view.length;) {
      if (kinds[units[i]!] !== kind.word) {
        i++;
        continue;
      }
      let end = i;
      while (end < view.length) {
        if (part(units[end]!)) end++;
        else {
          const emoji = emojiAt(units, end, view.length);
          if (emoji === 0) break;
          end += emoji;
        }
      }
      const next = end;
      while (end > i && kinds[units[end - 1]!] !== kind.word && units[end - 1] !== 0x2a) end--;
      let masks = 0;
      let letters = 0;
      for (let k = i; k < end; k += Math.max(1, emojiAt(units, k, end))) {
        if (kinds[units[k]!] === kind.word) letters++;
        else masks++;
      }
      const framed = masks > 0 && masks <= mostMasks && letters >= 2 && end - i >= 4 && end - i <= 40;
      if (framed && !madeOfWords(view, i, end)) {
        const { found, steps } = walk(dictionary, units, kinds, i, end, Math.min(mostSteps, budget));
        budget -= steps;
        const readings = [...new Set(found)]
          .flatMap((pattern) => dictionary.readings(pattern))
          .filter(({ entry }) => disguisable.has(entry.class));
        if (readings.length > 0) hits.push({ start: i, end, readings, obfuscated: true });
      }
      i = next;
    }
    return hits;

    /** "anti-gay", "co.op": what the signs part are words, or single letters. */
    function madeOfWords({ units: all }: View, from: number, to: number): boolean {
      let joined = false;
      for (let k = from, start = from; k <= to; k++) {
        if (k < to && kinds[all[k]!] === kind.word) continue;
        if (k < to && !joining.has(all[k]!)) return false;
        joined ||= k < to;
        const word = k - start >= 3 && (dictionary.knows(all, start, k) || inSome(ordinary, all, start, k));
        if (word) return true;
        start = k + 1;
      }
      return joined && to - from < 4;
    }
  };
}

function walk(
  dictionary: Dictionary,
  units: Uint16Array,
  kinds: Uint8Array,
  start: number,
  end: number,
  most: number,
): { found: number[]; steps: number } {
  const { automaton } = dictionary;
  const found: number[] = [];
  let steps = 0;
  const step = (state: number, at: number): void => {
    if (steps >= most) return;
    steps++;
    if (at === end) {
      const pattern = dictionary.formAt(state);
      if (pattern >= 0) found.push(pattern);
      return;
    }
    const unit = units[at]!;
    if (kinds[unit] === kind.word) {
      const next = child(automaton, state, automaton.alphabet[unit]!);
      if (next !== 0) step(next, at + 1);
      return;
    }
    const alternative = leetAlternatives.get(unit);
    if (alternative !== undefined) {
      for (const letter of [alternative, 0x69]) {
        const next = child(automaton, state, automaton.alphabet[letter]!);
        if (next !== 0) step(next, at + 1);
      }
      return;
    }
    const after = at + Math.max(1, emojiAt(units, at, end));
    for (const symbol of dictionary.next(state)) {
      const to = dictionary.unitOf(symbol);
      if (kinds[to] === kind.word && to < 0xe000) step(child(automaton, state, symbol), after);
    }
  };
  step(0, start);
  return { found, steps };
}
