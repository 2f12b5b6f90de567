import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { orderOf } from '../../src/engine/sorting.js';

const sorted = (list: readonly string[]) => Array.from(orderOf(list), (index) => list[index]);

describe('the order of strings', () => {
  it.each([
    ['none', []],
    ['one begins the other', ['ab', 'abc', 'a', 'ab ', '']],
    ['astral and private signs', ['\u{1f400}', '\ue000', '\uffff', '한', '\u0000a']],
    ['long ones that begin alike', ['abcdefghijklmnop', 'abcdefghijklmnoa', 'abcdefghijklmn']],
  ])('is that of their UTF-16 units: %s', (_, list) => expect(sorted(list)).toEqual([...list].sort()));

  it('is the same as a plain sort gives, for any strings', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 200 }), (list) => {
        expect(sorted(list)).toEqual([...list].sort());
      }),
    );
  });
});
