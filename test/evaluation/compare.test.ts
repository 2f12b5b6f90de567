import { describe, expect, it } from '@jest/globals';
import { compare } from '../../src/evaluation/compare.js';
import type { Outcome } from '../../src/evaluation/outcome.js';
import { many, outcome } from './outcomes.js';

const options = { matches: () => false, seed: 1, resamples: 200 };
const row = (id: string, expected: boolean | null, flagged: boolean, said: Partial<Outcome> = {}) =>
  outcome(id, { expected, ...said }, { flagged });
const against = (before: Outcome[], after: Outcome[]) =>
  compare({ revision: 'r1', outcomes: before }, { revision: 'r2', outcomes: after }, options);

describe('the comparison of two results', () => {
  it('names verdicts that changed: gained, lost, or not labelled', () => {
    const before = [
      row('a', true, false),
      row('b', true, true),
      row('c', null, false),
      row('d', false, true),
      row('e', false, false),
    ];
    const after = [
      row('a', true, true),
      row('b', true, false),
      row('c', null, true),
      row('d', false, false),
      row('e', false, false),
    ];
    const { changes, gained, lost, common, revision } = against(before, after);
    expect(changes.map((change) => [change.after.id, change.effect])).toEqual([
      ['a', 'gained'],
      ['b', 'lost'],
      ['c', 'unlabelled'],
      ['d', 'gained'],
    ]);
    expect({ gained, lost, common, revision }).toEqual({
      gained: 2,
      lost: 1,
      common: 5,
      revision: { before: 'r1', after: 'r2' },
    });
  });

  it('compares only what is the same text under the same label', () => {
    const before = [
      row('same', true, false),
      row('gone', true, false),
      row('reworded', true, false),
      row('relabelled', true, false),
      row('moved', true, false, { file: 'other' }),
    ];
    const after = [
      row('same', true, false),
      row('new', true, true),
      row('reworded', true, true, { text: 'another' }),
      row('relabelled', false, true),
      row('moved', true, true),
    ];
    expect(against(before, after)).toMatchObject({ common: 1, changes: [], added: 2, removed: 2, altered: 2 });
  });

  it('gives each figure before and after, over the common rows alone', () => {
    const before = [...many(6, true, true), ...many(4, false, false), row('x', true, false), row('y', true, false)];
    const after = [
      ...many(6, true, true),
      ...many(4, false, false),
      row('x', true, true),
      row('y', true, false),
      row('new', true, false),
    ];
    const recall = against(before, after).figures.find((figure) => figure.name === 'recall');
    expect(recall).toMatchObject({ before: 6 / 8, after: 7 / 8 });
    expect(recall!.difference!.low).toBeGreaterThanOrEqual(0);
    expect(recall!.difference!.high).toBeGreaterThan(0);
  });

  it('draws both verdicts together, so that equal results differ by nothing at all', () => {
    const rows = [...many(5, true, true), ...many(5, true, false), ...many(5, false, true), ...many(5, false, false)];
    expect(against(rows, rows).figures.find((figure) => figure.name === 'macroF1')?.difference).toEqual({
      low: 0,
      high: 0,
    });
  });
});
