import { scan } from './automaton.js';
import { grow, mayBegin, mayHold } from './beginnings.js';
import type { CompiledLexicon } from './compile.js';
import { kind } from './fold.js';

/** Shorter words are not taken apart (`unspaced.ts`). */
const shortestJoined = 7;

interface Match {
  pattern: number;
  end: number;
}

/**
 * A scan for packs none of whose words may begin or end inside of a longer one. It tells `hit` of what `scan` tells of, in the same order, but for patterns
 * inside of a word that is short or that no known word begins: nothing can come of them.
 *
 * A small table tells of most words that no pattern begins with them (`beginnings.ts`); the others are followed through the trie from their first letter.
 * Linear in the text for patterns of limited length.
 */
export function createWordScan({
  automaton,
  beginnings,
  tables: { kinds },
}: Pick<CompiledLexicon, 'automaton' | 'beginnings' | 'tables'>): (
  units: Uint16Array,
  length: number,
  hit: (pattern: number, end: number) => void,
) => void {
  const { alphabet, cells, ends, lengths, outs } = automaton;
  /** From a base to the check of what a space leads to. */
  const gap = alphabet[0x20]! * 2 + 1;
  const found: Match[] = [];

  let begin = 0;
  const inside = (pattern: number, end: number): void => {
    if (end - lengths[pattern]! > begin) found.push({ pattern, end });
  };

  /** Follows the trie from `units[from]`: matches go to `found`. True when a known word begins here, or the first word of a phrase does. */
  function walk(units: Uint16Array, length: number, from: number): boolean {
    let begun = false;
    let state = 0;
    let base = cells[0]! & -2;
    for (let next = from; next < length;) {
      const to = base + alphabet[units[next++]!]! * 2;
      if (cells[to + 1] !== state) return begun;
      state = to;
      base = cells[to]!;
      if ((base & 1) === 0) continue;
      base--;
      const pattern = outs[state >> 1]! - 1;
      if (pattern >= 0 && ends[pattern] === state) {
        begun = true;
        found.push({ pattern, end: next });
      } else if (cells[base + gap] === state) begun = true;
    }
    return begun;
  }

  return (units, length, hit) => {
    for (let at = 0; at < length;) {
      const from = at++;
      let hash = units[from]!;
      let what = kinds[hash]!;
      // No pattern begins with a space.
      if (what === kind.space) continue;
      let figures = what === kind.digit;
      if (what === kind.word || figures)
        for (; at < length; at++) {
          const unit = units[at]!;
          what = kinds[unit]!;
          if (what === kind.digit) figures = true;
          else if (what !== kind.word) break;
          hash = grow(hash, unit);
        }
      const joined = at - from >= shortestJoined;
      const followed = mayBegin(beginnings, hash) || (joined && mayHold(beginnings, units, from));
      const begun = (followed && walk(units, length, from)) || figures;
      if (!begun || !joined) continue;
      begin = from;
      scan(automaton, units, at, inside, from);
    }
    if (found.length === 0) return;
    if (found.length > 1) found.sort((a, b) => a.end - b.end || lengths[b.pattern]! - lengths[a.pattern]!);
    for (const { pattern, end } of found) hit(pattern, end);
    found.length = 0;
  };
}
