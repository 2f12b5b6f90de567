import { describe, expect, it } from '@jest/globals';
import { alternatives, countAlternatives, halves } from '../../src/lexicon/alternatives.js';
import { choices } from '../../src/lexicon/choices.js';

const slotsOf = (form: string) => choices(form)?.map(({ slots }) => slots);
const range = (count: number, letter: string) =>
  Array.from(
    { length: count },
    (_, i) => letter + (letter < 'z' ? 'defghijkl' : '一二三四五六七八九')[i % 9]! + letter.repeat(Math.floor(i / 9)),
  ).join('|');

describe('a form with choices', () => {
  it('stands for every combination, with and without what may be left out', () => {
    expect(alternatives('(go|run) (back|) home')).toEqual(['go back home', 'go home', 'run back home', 'run home']);
    expect(countAlternatives('(a|b) x (c|d|e)')).toBe(6);
  });

  it('is kept as its places where writing it out would be long', () => {
    expect(slotsOf('they (will|shall|must) be (kept|shut|locked|held) (out|away) of it')).toEqual([
      [['they'], ['will', 'shall', 'must'], ['be'], ['kept', 'shut', 'locked', 'held'], ['out', 'away'], ['of it']],
    ]);
  });

  it('has a row for each way to leave an empty choice out', () => {
    const rows = slotsOf('they (will|shall|must|may) be sent (back|) home (now|soon|again)')!;
    expect(rows).toHaveLength(2);
    expect(rows.map((row) => row.length)).toEqual([5, 6]);
  });

  it.each([
    ['few forms', '(go|run) home to them'],
    ['a gap for the people named', '(a|b|c|d) … (e|f|g|h) of it now'],
    ['a short form, which is also read without spaces', '(a|b|c|d) (e|f|g|h)'],
    ['one word, however many endings it has', `(${range(40, 'a')})(${range(40, 'b')})`],
  ])('is written out with %s', (_, form) => expect(choices(form)).toBeUndefined());

  it.each([
    ['before a word', 'they are (really |just |)(dirty|filthy|ugly|nasty) to us (now|again)'],
    ['behind one', 'they are(| really| just) (dirty|filthy|ugly|nasty) to us (now|again)'],
  ])('is kept as its places though a choice holds its space, %s', (_, form) =>
    expect(slotsOf(form)).toEqual(slotsOf('they are (really|just|) (dirty|filthy|ugly|nasty) to us (now|again)')),
  );

  it('has choices written together as one place', () => {
    expect(slotsOf('they go(es|ne|) (a|b|c|d) to (x|y|z)ed it')).toEqual([
      [['they goes', 'they gone', 'they go'], ['a', 'b', 'c', 'd'], ['to'], ['xed it', 'yed it', 'zed it']],
    ]);
  });

  it('keeps many choices apart that a script without spaces writes together', () => {
    const form = `(${range(20, '坏')})(${range(20, '人')})`;
    expect(choices(form)).toEqual([
      {
        slots: [range(20, '坏').split('|'), range(20, '人').split('|')],
        joins: ['apart', 'glued'],
      },
    ]);
  });

  it('allows a space between two of its places where one may be left out', () => {
    expect(choices(`(${range(20, '坏')})(| )(${range(20, '人')})`)!.map(({ joins }) => joins)).toEqual([
      ['apart', 'either'],
    ]);
  });

  it.each([
    'they (will|shall|must) be (kept|shut|locked|held) (out|away|) of it(|, now| again)',
    `(${range(9, '坏')}|)(${range(9, '人')})(| )(${range(9, '来')}|)(${range(3, '去')})`,
    `(${range(9, 'a')})(lar|) (${range(9, 'b')}|)(da|) (${range(4, 'c')})`,
  ])('makes the same forms of its places as written out: %s', (form) => {
    const made = choices(form)!.flatMap(({ slots, joins }) =>
      slots.reduce<string[]>(
        (heads, some, i) =>
          heads.flatMap((head) =>
            some.flatMap((one) =>
              i === 0
                ? [one]
                : [...(joins[i] === 'glued' ? [] : [`${head} ${one}`]), ...(joins[i] === 'apart' ? [] : [head + one])],
            ),
          ),
        [''],
      ),
    );
    expect([...new Set(made)].sort()).toEqual([...new Set(alternatives(form))].sort());
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
