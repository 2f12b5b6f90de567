import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildAutomaton, scan } from '../../src/engine/automaton.js';
import { foldTables, kind } from '../../src/engine/fold.js';
import { beginningsOf } from '../../src/engine/beginnings.js';
import { createWordScan } from '../../src/engine/word-scan.js';

const tables = foldTables();
const { kinds } = tables;
const unitsOf = (text: string) => Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
const wordy = (unit: number) => kinds[unit] === kind.word || kinds[unit] === kind.digit;

/** What the scan of words tells of, in order, as `pattern@start-end`. */
function inWords(patterns: string[], text: string): string[] {
  const hits: string[] = [];
  const compiled = { automaton: buildAutomaton(patterns), beginnings: beginningsOf(patterns, kinds), tables };
  createWordScan(compiled)(unitsOf(text), text.length, (pattern, end) =>
    hits.push(`${patterns[pattern]}@${end - patterns[pattern]!.length}-${end}`),
  );
  return hits;
}

/** What the scan of every place tells of, in order; only what begins where a word may begin, and ends where one may end or in a long word, unless `all`. */
function everywhere(patterns: string[], text: string, all = false): string[] {
  const units = unitsOf(text);
  const hits: string[] = [];
  scan(buildAutomaton(patterns), units, text.length, (pattern, end) => {
    const start = end - patterns[pattern]!.length;
    let wordEnd = start;
    while (wordy(units[start]!) && wordEnd < text.length && wordy(units[wordEnd]!)) wordEnd++;
    const begins = start === 0 || !wordy(units[start]!) || !wordy(units[start - 1]!);
    if (all || (begins && (end >= wordEnd || wordEnd - start >= 7))) hits.push(`${patterns[pattern]}@${start}-${end}`);
  });
  return hits;
}

describe('the scan of words', () => {
  it.each([
    ['words and phrases', ['kill', 'kill them', 'them', 'em'], 'kill them, kill him'],
    ['a phrase that begins in another', ['a b c', 'b d'], 'a b d'],
    ['scripts without spaces, from letter to letter', ['黑人', '人', '人out'], '黑人out 黑人'],
    ['signs inside of a text', ['🐀', '@x'], 'a🐀🐀 a@x'],
    ['short words are not taken apart', ['kill', 'ill', 'skill'], 'skills killed'],
    ['first words of one letter and of many', ['a b', 'abcdefgh i', 'abc'], 'a b abcdefgh i abc abcd'],
  ])('%s: what begins where a word begins, in the order of the scan of every place', (_, patterns, text) => {
    expect(inWords(patterns, text)).toEqual(everywhere(patterns, text));
  });

  it.each([
    ['begun by a known word', ['kill', 'them'], 'killthem'],
    ['begun by the first word of a phrase', ['go home', 'home'], 'gohomenow'],
    ['with figures', ['them', 'kill'], '2killthem'],
  ])('tells of all in a long word %s', (_, patterns, text) => {
    expect(inWords(patterns, text)).toEqual(everywhere(patterns, text, true));
  });

  it('leaves out a long word that no known word begins', () => {
    expect(inWords(['kill', 'them'], 'overkillthem')).toEqual([]);
  });

  it('tells of everything that begins where a word begins, and of nothing that is not there, on random patterns and texts', () => {
    const unit = fc.constantFrom('a', 'b', 'é', 'ж', ' ', '黑', '人', '1', '🐀');
    const word = fc.string({ unit, minLength: 1, maxLength: 6 }).map((text) => text.trim());
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { maxLength: 30 }).map((list) => list.filter((text) => text !== '')),
        fc.string({ unit, maxLength: 80 }),
        (patterns, text) => {
          const told = inWords(patterns, text);
          const all = everywhere(patterns, text, true);
          const whole = new Set(everywhere(patterns, text));
          // In the order of the other scan, each once, and none of those left out that begin where a word does.
          expect(told).toEqual(all.filter((hit) => told.includes(hit)));
          for (const hit of whole) expect(told).toContain(hit);
        },
      ),
      { numRuns: 500, seed: 11 },
    );
  });
});
