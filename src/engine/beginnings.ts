import { kind } from './fold.js';

/**
 * A table of bits, small enough to stay in the cache where the automaton does not: which words begin a pattern, and which first six units do. No where
 * none does; yes for a few others too.
 */
export interface Beginnings {
  table: Uint32Array;
  /** Units of the shortest first word of a pattern. */
  least: number;
}

/** Bits of the table, as a power of two. */
const size = 20;
const head = 6;
/** A hash grows unit by unit. */
export const grow = (hash: number, unit: number): number => (Math.imul(hash, 0x2c1b3c6d) + unit) | 0;
/** Where a first word (a run of letters and digits; one unit where a pattern begins with another) has its bit, by its hash. */
const wordBit = (hash: number): number => Math.imul(hash, 0x9e3779b1) >>> (32 - size);
/** Where the first six units have theirs, or fewer where the first word is shorter. */
const headBit = (hash: number): number => Math.imul(hash ^ 0x55555555, 0x85ebca6b) >>> (32 - size);
const has = (table: Uint32Array, bit: number): boolean => ((table[bit >>> 5]! >>> (bit & 31)) & 1) !== 0;

const isLetter = (what: number): boolean => what === kind.word || what === kind.digit;

/** Notes how the patterns begin. */
export function beginningsOf(patterns: readonly string[], kinds: Uint8Array): Beginnings {
  const table = new Uint32Array(new SharedArrayBuffer(1 << (size - 3)));
  const set = (bit: number) => {
    table[bit >>> 5]! |= 1 << (bit & 31);
  };
  let least = head;
  for (const pattern of patterns) {
    let hash = pattern.charCodeAt(0);
    let at = 1;
    if (isLetter(kinds[hash]!))
      for (; at < pattern.length && isLetter(kinds[pattern.charCodeAt(at)]!); at++) {
        if (at === head) set(headBit(hash));
        hash = grow(hash, pattern.charCodeAt(at));
      }
    set(wordBit(hash));
    if (at <= head) set(headBit(hash));
    if (at < least) least = at;
  }
  return { table, least };
}

/** Whether the word with this hash (`grow`, from its first unit on) may begin a pattern. */
export const mayBegin = ({ table }: Beginnings, hash: number): boolean => has(table, wordBit(hash));

/** Whether the word at `units[from]`, of more than six units, may have a first word of a pattern at its beginning. */
export function mayHold({ table, least }: Beginnings, units: Uint16Array, from: number): boolean {
  let hash = units[from]!;
  for (let length = 1; length < head; length++) {
    if (length >= least && has(table, headBit(hash))) return true;
    hash = grow(hash, units[from + length]!);
  }
  return has(table, headBit(hash));
}
