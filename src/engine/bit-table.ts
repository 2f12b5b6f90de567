/**
 * A small set of hashes that answers no for sure and yes with few mistakes: two bits of one cell for each, so one look tells. It stays in the cache where
 * what it spares a search of does not.
 */
export type BitTable = Uint32Array;

/** A table of at least so many bits, by powers of two, for `put` and `has`. */
export function bitTable(bits: number, sizes: { least: number; most: number }): BitTable {
  const size = Math.max(sizes.least, Math.min(sizes.most, Math.ceil(Math.log2(Math.max(1, bits)))));
  return new Uint32Array(new SharedArrayBuffer(1 << (size - 3)));
}

const cellOf = (table: BitTable, hash: number): number => (hash >>> 10) & (table.length - 1);
const bitsOf = (hash: number): number => (1 << (hash & 31)) | (1 << ((hash >>> 5) & 31));

export function put(table: BitTable, hash: number): void {
  table[cellOf(table, hash)]! |= bitsOf(hash);
}

export function has(table: BitTable, hash: number): boolean {
  const bits = bitsOf(hash);
  return (table[cellOf(table, hash)]! & bits) === bits;
}
