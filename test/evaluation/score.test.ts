import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Outcome } from '../../src/evaluation/outcome.js';
import { figureNames, score, scoreParts, tells } from '../../src/evaluation/score.js';
import type { FigureName } from '../../src/evaluation/score.js';
import { many, outcome } from './outcomes.js';

const options = {
  matches: (target: string, found: readonly string[]) => found.includes(target),
  seed: 1,
  resamples: 200,
};
const valuesOf = (outcomes: Outcome[]) => {
  const { figures } = score(outcomes, options);
  return Object.fromEntries(figureNames.map((name) => [name, figures[name].value])) as Record<
    FigureName,
    number | null
  >;
};

/** 6 found, 2 missed, 1 false alarm, 11 left alone. */
const twenty = [...many(6, true, true), ...many(2, true, false), ...many(1, false, true), ...many(11, false, false)];

describe('scores', () => {
  it('are those computed by hand', () => {
    const { confusion, figures, rows, labelled } = score(twenty, options);
    expect({ rows, labelled, confusion }).toEqual({
      rows: 20,
      labelled: 20,
      confusion: { truePositive: 6, falseNegative: 2, falsePositive: 1, trueNegative: 11 },
    });
    expect(figures.recall.value).toBeCloseTo(6 / 8, 12);
    expect(figures.notHateful.value).toBeCloseTo(11 / 12, 12);
    expect(figures.accuracy.value).toBeCloseTo(17 / 20, 12);
    expect(figures.precision.value).toBeCloseTo(6 / 7, 12);
    // 2·6 / (2·6 + 1 + 2), 2·11 / (2·11 + 1 + 2), and their mean.
    expect(figures.f1.value).toBeCloseTo(0.8, 12);
    expect(figures.f1NotHateful.value).toBeCloseTo(0.88, 12);
    expect(figures.macroF1.value).toBeCloseTo(0.84, 12);
  });

  it('leave rows without a label out of everything but language', () => {
    const unlabelled = [
      outcome('a', { lang: 'swa' }, { flagged: true, lang: 'swa' }),
      outcome('b', { lang: 'swa' }, { lang: 'kin' }),
    ];
    expect(valuesOf([...twenty, ...unlabelled])).toEqual({ ...valuesOf(twenty), language: 0.5 });
    expect(score([...twenty, ...unlabelled], options)).toMatchObject({ rows: 22, labelled: 20 });
  });

  it('are null where there is nothing to divide by', () => {
    expect(valuesOf([])).toEqual(Object.fromEntries(figureNames.map((name) => [name, null])));
    expect(valuesOf(many(3, false, false))).toMatchObject({
      recall: null,
      precision: null,
      f1: null,
      macroF1: null,
      notHateful: 1,
      f1NotHateful: 1,
    });
  });

  it('ask for the target where a hateful text was flagged, and nowhere else', () => {
    const rows = [
      outcome('found', { expected: true, target: 'X' }, { flagged: true, groups: ['Y', 'X'] }),
      outcome('other', { expected: true, target: 'X' }, { flagged: true, groups: ['Y'] }),
      outcome('missed', { expected: true, target: 'X' }),
      outcome('alarm', { expected: false, target: 'X' }, { flagged: true, groups: ['Y'] }),
      outcome('nobody', { expected: true }, { flagged: true, groups: ['Y'] }),
    ];
    expect(valuesOf(rows).target).toBe(0.5);
  });

  it('count labelled rows that no pack reads', () => {
    const rows = [
      outcome('a', { expected: false }, { covered: false }),
      outcome('b', {}, { covered: false }),
      outcome('c', { expected: true }),
    ];
    expect(score(rows, options).uncovered).toBe(1);
  });
});

describe('scores of parts', () => {
  it('hold the rows of each part, sorted, those without a value under "-"', () => {
    const rows = [
      ...many(2, true, true, { functionality: 'slur' }),
      ...many(1, true, false, { functionality: 'leet' }),
      ...many(1, false, true),
    ];
    const parts = scoreParts(rows, 'functionality', options);
    expect(parts.map(({ part, scores }) => [part, scores.rows, scores.figures.accuracy.value])).toEqual([
      ['-', 1, 0],
      ['leet', 1, 0],
      ['slur', 2, 1],
    ]);
  });

  it('do not disturb each other', () => {
    const slur = [
      ...many(5, true, true, { functionality: 'slur' }),
      ...many(5, true, false, { functionality: 'slur' }),
    ];
    const alone = scoreParts(slur, 'functionality', options);
    const beside = scoreParts([...many(9, false, true, { functionality: 'leet' }), ...slur], 'functionality', options);
    expect(beside.find(({ part }) => part === 'slur')).toEqual(alone[0]);
  });

  it('say nothing with figures of both classes where a part has one', () => {
    const scores = score(many(3, true, true), options);
    expect(['recall', 'accuracy', 'precision', 'macroF1'].map((name) => tells(scores, name as FigureName))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(tells(score(twenty, options), 'macroF1')).toBe(true);
  });
});

describe('intervals', () => {
  it('are the same for the same seed and others for another', () => {
    const intervals = (seed: number) => score(twenty, { ...options, seed }).figures;
    expect(intervals(7)).toEqual(intervals(7));
    expect(intervals(7)).not.toEqual(intervals(8));
  });

  it('come from clusters: by template, else by capability, else by row', () => {
    const rows = [
      outcome('a', { expected: true, template: '1', functionality: 'slur' }),
      outcome('b', { expected: true, template: '1', functionality: 'leet' }),
      outcome('c', { expected: true, functionality: 'slur' }),
      outcome('d', { expected: true, functionality: 'slur' }),
      outcome('e', { expected: true }),
      outcome('e', { expected: true, file: 'other.jsonl' }),
    ];
    expect(score(rows, options).clusters).toBe(4);
    // Inside a capability it parts nothing: its rows stand for themselves.
    expect(scoreParts(rows, 'functionality', options).find(({ part }) => part === 'slur')?.scores.clusters).toBe(3);
  });

  it('are wider where rows hang together than where they are independent', () => {
    const rows = Array.from({ length: 200 }, (_, i) =>
      outcome(String(i), { expected: true }, { flagged: i % 20 < 10 }),
    );
    const width = (list: Outcome[]) => {
      const { low, high } = score(list, options).figures.recall.interval!;
      return high - low;
    };
    expect(width(rows.map((row, i) => ({ ...row, template: String(Math.floor(i / 10)) })))).toBeGreaterThan(
      2 * width(rows),
    );
  });

  it('are absent with a single cluster', () => {
    expect(score(many(9, true, true, { template: 'one' }), options).figures.recall).toEqual({
      value: 1,
      interval: null,
    });
  });

  it('lie in order inside 0 to 1 around what most resamples give', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 2, maxLength: 40 }), (cells) => {
        const rows = cells.map(([expected, flagged], i) => outcome(String(i), { expected }, { flagged }));
        for (const { value, interval } of Object.values(score(rows, { ...options, resamples: 50 }).figures)) {
          if (!interval) continue;
          expect(interval.low).toBeLessThanOrEqual(interval.high);
          expect(interval.low).toBeGreaterThanOrEqual(0);
          expect(interval.high).toBeLessThanOrEqual(1);
          expect(value).not.toBeNull();
        }
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});
