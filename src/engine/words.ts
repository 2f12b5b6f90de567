/** A set of words as a flat table of hashes in shared memory: 8 bytes a word, one copy for all threads. */
export interface WordSet {
  table: Uint32Array;
  size: number;
}

function hash(word: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0 || 1;
}

/** Builds the set. Two words of one hash are one entry: such a word is wrongly called ordinary once in a few thousand million. */
export function wordSet(words: Iterable<string>, count: number): WordSet {
  let capacity = 16;
  while (capacity * 3 < count * 4) capacity *= 2;
  const table = new Uint32Array(new SharedArrayBuffer(capacity * 4));
  let size = 0;
  for (const word of words) {
    const h = hash(word);
    let at = h & (capacity - 1);
    while (table[at] !== 0 && table[at] !== h) at = (at + 1) & (capacity - 1);
    if (table[at] === 0) size++;
    table[at] = h;
  }
  return { table, size };
}

/** The hash by which a word is known in the sets. */
export function hashOf(units: ArrayLike<number>, from: number, to: number): number {
  let h = 0x811c9dc5;
  for (let i = from; i < to; i++) h = Math.imul(h ^ units[i]!, 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0 || 1;
}

/** True when `units[from, to)` is a word of the set. */
export function hasUnits(words: WordSet, units: ArrayLike<number>, from: number, to: number): boolean {
  return hasHash(words, hashOf(units, from, to));
}

/** True when `units[from, to)` is a word of one of the sets. */
export function inSome(sets: readonly WordSet[], units: ArrayLike<number>, from: number, to: number): boolean {
  const h = hashOf(units, from, to);
  for (let i = 0; i < sets.length; i++) if (hasHash(sets[i]!, h)) return true;
  return false;
}

function hasHash({ table }: WordSet, h: number): boolean {
  const mask = table.length - 1;
  for (let at = h & mask; table[at] !== 0; at = (at + 1) & mask) if (table[at] === h) return true;
  return false;
}
