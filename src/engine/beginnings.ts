import { bitTable, has, put } from './bit-table.js';
import type { BitTable } from './bit-table.js';
import { kind } from './fold.js';

/**
 * A table of bits, small enough to stay in the cache where the automaton does not: which words begin a pattern, and which first six units do. No where
 * none does; yes for a few others too.
 */
export interface Beginnings {
  table: BitTable;
  /** Units of the shortest first word of a pattern. */
  least: number;
}

/** Bits of the table for each pattern, at least, and the fewest and most that it has, as powers of two. */
const bitsEach = 32;
const sizes = { least: 15, most: 22 };
const head = 6;
/** A hash grows unit by unit. */
export const grow = (hash: number, unit: number): number => (Math.imul(hash, 0x2c1b3c6d) + unit) | 0;

/** Spreads a hash over all its bits: first words (runs of letters and digits; one unit where a pattern begins with another) one way, … */
function ofWord(hash: number): number {
  const mixed = Math.imul(hash, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/** … and the first six units, or fewer where the first word is shorter, another way. */
function ofHead(hash: number): number {
  const mixed = Math.imul(hash ^ 0x55555555, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

const isLetter = (what: number): boolean => what === kind.word || what === kind.digit;

/** Notes how the patterns begin. */
export function beginningsOf(patterns: readonly string[], kinds: Uint8Array): Beginnings {
  const table = bitTable(patterns.length * bitsEach, sizes);
  let least = head;
  for (const pattern of patterns) {
    let hash = pattern.charCodeAt(0);
    let at = 1;
    if (isLetter(kinds[hash]!))
      for (; at < pattern.length && isLetter(kinds[pattern.charCodeAt(at)]!); at++) {
        if (at === head) put(table, ofHead(hash));
        hash = grow(hash, pattern.charCodeAt(at));
      }
    put(table, ofWord(hash));
    if (at <= head) put(table, ofHead(hash));
    if (at < least) least = at;
  }
  return { table, least };
}

/** Whether the word with this hash (`grow`, from its first unit on) may begin a pattern. */
export const mayBegin = ({ table }: Beginnings, hash: number): boolean => has(table, ofWord(hash));

/** Whether the word at `units[from]`, of more than six units, may have a first word of a pattern at its beginning. */
export function mayHold({ table, least }: Beginnings, units: Uint16Array, from: number): boolean {
  let hash = units[from]!;
  for (let length = 1; length < head; length++) {
    if (length >= least && has(table, ofHead(hash))) return true;
    hash = grow(hash, units[from + length]!);
  }
  return has(table, ofHead(hash));
}
