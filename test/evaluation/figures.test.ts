import { describe, expect, it } from '@jest/globals';
import { calibrationOf } from '../../src/evaluation/calibration.js';
import { languageConfusion } from '../../src/evaluation/languages.js';
import { createTargetMatch } from '../../src/evaluation/target.js';
import { outcome } from './outcomes.js';

const flagged = (id: string, expected: boolean | null, confidence: number) =>
  outcome(id, { expected }, { flagged: true, confidence });

describe('the calibration', () => {
  it('is the one computed by hand', () => {
    const { bins, rows, expectedError } = calibrationOf([
      flagged('a', true, 0.8),
      flagged('b', false, 0.86),
      flagged('c', true, 0.95),
      // Neither flagged nor labelled rows have a say.
      flagged('d', null, 0.5),
      outcome('e', { expected: true }),
    ]);
    expect(rows).toBe(3);
    expect(bins).toHaveLength(10);
    expect(bins[8]).toEqual({ from: 0.8, to: 0.9, rows: 2, confidence: expect.closeTo(0.83, 12), hateful: 0.5 });
    expect(bins[9]).toEqual({ from: 0.9, to: 1, rows: 1, confidence: 0.95, hateful: 1 });
    expect(bins[5]).toEqual({ from: 0.5, to: 0.6, rows: 0, confidence: null, hateful: null });
    // (2 · |0.83 − 0.5| + 1 · |0.95 − 1|) / 3
    expect(expectedError).toBeCloseTo((0.66 + 0.05) / 3, 12);
  });

  it.each([
    [0, 0],
    [0.1, 1],
    [0.3, 3],
    [0.7, 7],
    [0.999, 9],
    [1, 9],
  ])('puts a confidence of %f into bin %i', (confidence, at) => {
    expect(calibrationOf([flagged('a', true, confidence)]).bins.findIndex((bin) => bin.rows === 1)).toBe(at);
  });

  it('has no error where nothing was flagged', () => {
    expect(calibrationOf([outcome('a', { expected: true })]).expectedError).toBeNull();
  });
});

describe('the language confusion', () => {
  it('names what texts were taken for, the most mistaken language first', () => {
    const row = (id: string, lang: string | null, found: string) => outcome(id, { lang }, { lang: found });
    const lines = languageConfusion([
      row('a', 'swa', 'swa'),
      row('b', 'kin', 'run'),
      row('c', 'kin', 'und'),
      row('d', 'kin', 'run'),
      row('e', 'kin', 'kin'),
      row('f', null, 'fra'),
    ]);
    expect(lines).toEqual([
      {
        lang: 'kin',
        rows: 4,
        right: 1,
        takenFor: [
          { lang: 'run', rows: 2 },
          { lang: 'und', rows: 1 },
        ],
      },
      { lang: 'swa', rows: 1, right: 1, takenFor: [] },
    ]);
  });
});

describe('the match of targets', () => {
  const group = (id: string, eng: string, parent?: string) => ({
    id,
    ground: 'pc.x',
    names: { eng },
    ...(parent !== undefined && { parent }),
  });
  const matches = createTargetMatch([
    group('X.rel.muslim', 'Muslim'),
    group('RWA.rel.muslim', 'Muslim', 'X.rel.muslim'),
    group('X.rac.black', 'Black people'),
    group('X.gen.women', 'Women'),
    group('X.mig.refugee', 'Refugees'),
    group('ETH.mig.sudanese', 'Sudanese refugees', 'X.mig.refugee'),
    group('X.eth.krzyz', 'Křyž'),
  ]);

  it.each([
    ['its id', 'X.gen.women', 'X.gen.women'],
    ['the id of the group above', 'X.mig.refugee', 'ETH.mig.sudanese'],
    ['its English name', 'women', 'X.gen.women'],
    ['the English name of the group above', 'refugees', 'ETH.mig.sudanese'],
    ['a name in the plural', 'Muslims', 'RWA.rel.muslim'],
    ['a name without "people"', 'black', 'X.rac.black'],
    ['a name with "people"', 'Muslim people', 'X.rel.muslim'],
    ['a name without its accents', 'kryz', 'X.eth.krzyz'],
    ['one of several', 'jews|women', 'X.gen.women'],
    ['the part after the ground', 'gender/women', 'X.gen.women'],
  ])('takes %s', (_what, target, found) => {
    expect(matches(target, ['X.other', found])).toBe(true);
  });

  it.each([
    ['another group', 'women', 'X.rel.muslim'],
    ['the group below: the set says more than was found', 'ETH.mig.sudanese', 'X.mig.refugee'],
    ['a sister with the same parent', 'X.rel.muslim', 'X.gen.women'],
    ['a part of a word', 'men', 'X.gen.women'],
    ['an empty target', '', 'X.gen.women'],
    ['a group the taxonomy lacks', 'women', 'X.gen.unknown'],
  ])('does not take %s', (_what, target, found) => {
    expect(matches(target, [found])).toBe(false);
    expect(matches(target, [])).toBe(false);
  });
});
