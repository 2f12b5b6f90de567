import { child, scan } from './automaton.js';
import type { Automaton } from './automaton.js';
import { kind } from './fold.js';

/** Shorter words are not taken apart (`unspaced.ts`). */
const shortestJoined = 7;

interface Match {
  pattern: number;
  end: number;
}

/**
 * A scan for packs none of whose words may begin inside of a longer one. It tells `hit` of what `scan` tells of, in the same order, but for patterns inside
 * of a word that no known word begins: nothing can come of them.
 *
 * A word is followed through the trie from its first letter and left at the first letter that no pattern has, so most letters cost one look at their kind.
 * Linear in the text for patterns of limited length.
 */
export function createWordScan(
  automaton: Automaton,
  kinds: Uint8Array,
): (units: Uint16Array, length: number, hit: (pattern: number, end: number) => void) => void {
  const { alphabet, cells, ends, lengths, outs } = automaton;
  /** From a base to the check of what a space leads to. */
  const gap = alphabet[0x20]! * 2 + 1;
  /** Per unit: the state it leads to from the root, or 0. */
  const firsts = new Int32Array(65_536);
  for (let unit = 0; unit < 65_536; unit++)
    if (alphabet[unit] !== 0) firsts[unit] = child(automaton, 0, alphabet[unit]!);
  const found: Match[] = [];

  let begin = 0;
  const inside = (pattern: number, end: number): void => {
    if (end - lengths[pattern]! > begin) found.push({ pattern, end });
  };

  return (units, length, hit) => {
    for (let at = 0; at < length;) {
      const from = at++;
      let what = kinds[units[from]!]!;
      let figures = what === kind.digit;
      if (what === kind.word || figures)
        for (; at < length; at++) {
          what = kinds[units[at]!]!;
          if (what === kind.digit) figures = true;
          else if (what !== kind.word) break;
        }
      /** A known word begins the word, or the first word of a phrase does. */
      let begun = figures;
      let state = firsts[units[from]!]!;
      if (state !== 0) {
        let base = cells[state]!;
        for (let next = from + 1; ; next++) {
          if ((base & 1) !== 0) {
            base--;
            const pattern = outs[state >> 1]! - 1;
            if (pattern >= 0 && ends[pattern] === state) {
              begun = true;
              found.push({ pattern, end: next });
            } else if (cells[base + gap] === state) begun = true;
          }
          if (next === length) break;
          const to = base + alphabet[units[next]!]! * 2;
          if (cells[to + 1] !== state) break;
          state = to;
          base = cells[to]!;
        }
      }
      if (!begun || at - from < shortestJoined) continue;
      begin = from;
      scan(automaton, units, at, inside, from);
    }
    if (found.length === 0) return;
    if (found.length > 1) found.sort((a, b) => a.end - b.end || lengths[b.pattern]! - lengths[a.pattern]!);
    for (const { pattern, end } of found) hit(pattern, end);
    found.length = 0;
  };
}
