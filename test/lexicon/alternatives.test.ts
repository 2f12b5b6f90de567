import { describe, expect, it } from '@jest/globals';
import { alternatives, choices, countAlternatives, halves } from '../../src/lexicon/alternatives.js';

describe('a form with choices', () => {
  it('stands for every combination, with and without what may be left out', () => {
    expect(alternatives('(go|run) (back|) home')).toEqual(['go back home', 'go home', 'run back home', 'run home']);
    expect(countAlternatives('(a|b) x (c|d|e)')).toBe(6);
  });

  it('is kept as its places where writing it out would be long', () => {
    expect(choices('they (will|shall|must) be (kept|shut|locked|held) (out|away) of it')).toEqual([
      [['they'], ['will', 'shall', 'must'], ['be'], ['kept', 'shut', 'locked', 'held'], ['out', 'away'], ['of it']],
    ]);
  });

  it('has a row for each way to leave an empty choice out', () => {
    const rows = choices('they (will|shall|must|may) be sent (back|) home (now|soon|again)')!;
    expect(rows).toHaveLength(2);
    expect(rows.map((row) => row.length)).toEqual([5, 6]);
  });

  it.each([
    ['few forms', '(go|run) home to them'],
    ['a gap for the people named', '(a|b|c|d) … (e|f|g|h) of it now'],
    ['a choice that is part of a word', 'they go(es|ne|ing|) (a|b|c|d) to (x|y|z) it'],
    ['a short form, which is also read without spaces', '(a|b|c|d) (e|f|g|h)'],
  ])('is written out with %s', (_, form) => expect(choices(form)).toBeUndefined());

  it('is kept as its places though a choice holds its space', () => {
    expect(choices('they are (really |just |)(dirty|filthy|ugly|nasty) to us (now|again)')).toEqual(
      choices('they are (really|just|) (dirty|filthy|ugly|nasty) to us (now|again)'),
    );
  });

  it('is in two parts, each with its own choices', () => {
    expect(halves('(throw|kick) … (out|away)')).toEqual([
      ['throw', 'kick'],
      ['out', 'away'],
    ]);
    expect(halves('throw them out')).toBeUndefined();
    expect(halves('(throw … out|kick … away) again')).toBeUndefined();
  });

  it('refuses to write out more than anybody means', () => {
    const ten = '(a|b|c|d|e|f|g|h|i|j)';
    expect(() => alternatives(`${ten} … ${ten} ${ten} ${ten} ${ten}`)).toThrow(RangeError);
  });
});
