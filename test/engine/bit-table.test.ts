import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bitTable, has, put } from '../../src/engine/bit-table.js';

describe('a table of bits', () => {
  it('knows all that was put into it, and takes little else for it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 2_000, maxLength: 2_000 }), (hashes) => {
        const [own, others] = [hashes.slice(0, 1_000), hashes.slice(1_000)];
        const table = bitTable(own.length * 32, { least: 10, most: 22 });
        for (const hash of own) put(table, hash);
        expect(own.filter((hash) => !has(table, hash))).toEqual([]);
        expect(others.filter((hash) => has(table, hash)).length).toBeLessThan(100);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('has the bits it is asked for within its bounds', () => {
    expect(bitTable(0, { least: 10, most: 22 })).toHaveLength(32);
    expect(bitTable(5_000, { least: 10, most: 22 })).toHaveLength(256);
    expect(bitTable(2 ** 30, { least: 10, most: 12 })).toHaveLength(128);
  });
});
