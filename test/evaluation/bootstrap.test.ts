import { describe, expect, it } from '@jest/globals';
import { bootstrap } from '../../src/evaluation/bootstrap.js';
import { createRandom } from '../../src/evaluation/random.js';

const share = ([right = 0, all = 0]: readonly number[]) => [all === 0 ? null : right / all];

describe('the bootstrap', () => {
  it('draws as many clusters as there are and sums their counts', () => {
    // Draws: first and second, first twice, second twice, second and first.
    const draws = [0, 0.9, 0.1, 0.2, 0.6, 0.7, 0.9, 0.3];
    let at = 0;
    const sums: number[][] = [];
    bootstrap(
      [
        [1, 10],
        [2, 20],
      ],
      (sum) => (sums.push([...sum]), [null]),
      { random: () => draws[at++]!, resamples: 4 },
    );
    // The first call asks how many figures there are.
    expect(sums.slice(1)).toEqual([
      [3, 30],
      [2, 20],
      [4, 40],
      [3, 30],
    ]);
  });

  it('takes the middle 95 % between ranks', () => {
    // One figure: how often the second of two clusters came, 0, 1 or 2 times with chances 1, 2, 1 of 4.
    const [interval] = bootstrap(
      [
        [0, 1],
        [1, 1],
      ],
      share,
      { random: createRandom(3), resamples: 1000 },
    );
    expect(interval).toEqual({ low: 0, high: 1 });
    let turn = 0;
    const values = Array.from({ length: 101 }, (_, i) => i / 100);
    const [ranks] = bootstrap([[1], [1]], () => [turn === 0 ? values[turn++]! : values[turn++ - 1]!], {
      random: () => 0,
      resamples: 101,
    });
    expect(ranks?.low).toBeCloseTo(0.025, 12);
    expect(ranks?.high).toBeCloseTo(0.975, 12);
  });

  it('covers the truth about as often as it says', () => {
    const random = createRandom(11);
    let covered = 0;
    for (let round = 0; round < 200; round++) {
      const rows = Array.from({ length: 80 }, () => [random() < 0.7 ? 1 : 0, 1]);
      const [interval] = bootstrap(rows, share, { random, resamples: 200 });
      if (interval!.low <= 0.7 && interval!.high >= 0.7) covered++;
    }
    expect(covered / 200).toBeGreaterThan(0.88);
    expect(covered / 200).toBeLessThan(0.995);
  });

  it('leaves out resamples in which a figure is not defined', () => {
    const [interval] = bootstrap(
      [
        [0, 0],
        [1, 1],
      ],
      share,
      { random: createRandom(5), resamples: 100 },
    );
    expect(interval).toEqual({ low: 1, high: 1 });
    expect(
      bootstrap(
        [
          [0, 0],
          [0, 0],
        ],
        share,
        { random: createRandom(5), resamples: 100 },
      ),
    ).toEqual([null]);
  });
});

describe('the random numbers', () => {
  it('are the same for the same seed', () => {
    const take = (seed: number) => Array.from({ length: 5 }, createRandom(seed));
    expect(take(1)).toEqual(take(1));
    expect(take(1)).not.toEqual(take(2));
  });

  it('fall evenly into [0, 1)', () => {
    const random = createRandom(42);
    const bins = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 100_000; i++) bins[Math.floor(random() * 10)]!++;
    // Five standard deviations of a binomial with 100,000 draws of 1/10.
    for (const bin of bins) expect(Math.abs(bin - 10_000)).toBeLessThan(475);
  });
});
