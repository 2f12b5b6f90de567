import type { CompiledEntry } from './readings.js';

/**
 * Entries as bytes in shared memory: a million words of explanation cost no heap, no thread a copy, and no load a parse. What a hit needs is
 * read back one by one. JSON in Latin-1, other characters escaped: it decodes without a decoder, which the engine's plain ECMAScript lacks.
 */
export interface EntryTable {
  /** Entry i is `bytes[offsets[i], offsets[i + 1])`. */
  offsets: Uint32Array;
  bytes: Uint8Array;
}

/** What is written of an entry, in this order: a number whose bits say which are present, then those. */
const fields = [
  'id',
  'class',
  'lang',
  'sub',
  'match',
  'affix',
  'intensity',
  'targets',
  'functions',
  'severity',
  'standalone',
  'ambiguity',
  'category',
  'regions',
  'term',
  'meaning',
  'why',
  'benignSenses',
  'advice',
  'alternative',
  'sources',
  'unverified',
  'excluded',
  'harmlessNear',
  'spelt',
  'unlike',
] as const satisfies readonly (keyof CompiledEntry)[];

/** Writes entries. `affixClass` is not written: `entry.affix` and `entry.lang` name it. */
export function encodeEntries(entries: readonly CompiledEntry[]): EntryTable {
  const digits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
  const offsets = new Uint32Array(new SharedArrayBuffer(entries.length * 4 + 4));
  let scratch = new Uint8Array(Math.max(1024, entries.length * 512));
  let n = 0;
  entries.forEach((entry, index) => {
    const values: unknown[] = [0];
    let present = 0;
    for (let i = 0; i < fields.length; i++) {
      const value = entry[fields[i]!];
      if (value === undefined) continue;
      present |= 1 << i;
      values.push(value);
    }
    values[0] = present;
    const json = JSON.stringify(values);
    if (n + json.length * 6 > scratch.length) {
      const wider = new Uint8Array(scratch.length * 2 + json.length * 6);
      wider.set(scratch);
      scratch = wider;
    }
    for (let i = 0; i < json.length; i++) {
      const unit = json.charCodeAt(i);
      if (unit < 0x100) scratch[n++] = unit;
      else {
        scratch[n++] = 0x5c;
        scratch[n++] = 0x75;
        for (let shift = 12; shift >= 0; shift -= 4) scratch[n++] = digits[(unit >> shift) & 15]!;
      }
    }
    offsets[index + 1] = n;
  });
  const bytes = new Uint8Array(new SharedArrayBuffer(Math.max(1, n)));
  bytes.set(scratch.subarray(0, n));
  return { offsets, bytes };
}

/** Reads one entry back. */
export function decodeEntry({ offsets, bytes }: EntryTable, index: number): CompiledEntry {
  let json = '';
  const end = offsets[index + 1]!;
  for (let from = offsets[index]!; from < end; from += 4096)
    json += String.fromCharCode(...bytes.subarray(from, Math.min(end, from + 4096)));
  const [present, ...values] = JSON.parse(json) as [number, ...unknown[]];
  const entry: Record<string, unknown> = {};
  let next = 0;
  fields.forEach((field, i) => {
    if ((present & (1 << i)) !== 0) entry[field] = values[next++];
  });
  return entry as unknown as CompiledEntry;
}
