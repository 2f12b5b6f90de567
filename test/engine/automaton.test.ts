import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildAutomaton, scan } from '../../src/engine/automaton.js';

const unitsOf = (text: string) => Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));

function found(patterns: string[], text: string): string[] {
  const automaton = buildAutomaton(patterns);
  const hits: string[] = [];
  scan(automaton, unitsOf(text), text.length, (pattern, end) => hits.push(`${patterns[pattern]}@${end}`));
  return hits.sort();
}

function naive(patterns: string[], text: string): string[] {
  const hits: string[] = [];
  for (const pattern of patterns)
    for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1))
      hits.push(`${pattern}@${at + pattern.length}`);
  return hits.sort();
}

describe('the automaton reports every occurrence of every pattern', () => {
  it.each([
    ['one pattern', ['he'], 'she and he'],
    ['a pattern inside another', ['he', 'she', 'his', 'hers'], 'ushers'],
    ['a pattern that ends inside another', ['abcd', 'bc'], 'xabcx abcd'],
    ['a repeated letter', ['aa'], 'aaaa'],
    ['units in no pattern', ['kill'], '☂kill☂'],
    ['no pattern at all', [], 'text'],
    ['an empty text', ['a'], ''],
    ['emoji that share their first unit', ['🐀', '🔪', '🐀🐀'], '😀 🐀🐀 🔪'],
    ['several scripts', ['إسرائيل', 'людей', 'ሰው', 'kill'], 'kill людей ሰው إسرائيل'],
  ])('%s', (_, patterns, text) => {
    expect(found(patterns, text)).toEqual(naive(patterns, text));
  });

  it('agrees with plain search on random patterns and texts', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', 'ж'), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { maxLength: 30 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', 'ж', ' '), maxLength: 80 }),
        (patterns, text) => {
          expect(found(patterns, text)).toEqual(naive(patterns, text));
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });
});
