import type { Outcome } from './outcome.js';

/** Flagged texts whose confidence lies in one tenth of the scale. */
export interface CalibrationBin {
  from: number;
  to: number;
  rows: number;
  /** Mean confidence in the bin; null when it is empty. */
  confidence: number | null;
  /** Share of its texts that are hateful. */
  hateful: number | null;
}

export interface Calibration {
  rows: number;
  bins: CalibrationBin[];
  /** Mean gap between confidence and truth, weighted by rows; null without a flagged labelled text. */
  expectedError: number | null;
}

const count = 10;

/**
 * How far confidence can be believed: of texts flagged with about 0.8, about 80 % should be hateful. A text enters once,
 * with the surest finding that flags it; texts not flagged have no confidence and stay out.
 */
export function calibrationOf(outcomes: readonly Outcome[]): Calibration {
  const sums = Array.from({ length: count }, () => ({ rows: 0, confidence: 0, hateful: 0 }));
  for (const { expected, found } of outcomes) {
    if (expected === null || !found.flagged) continue;
    // The last bin holds 1 too. 0.3 * 10 is below 3 in binary; the added crumb puts it where people expect it.
    const bin = sums[Math.min(count - 1, Math.floor(found.confidence * count + 1e-9))]!;
    bin.rows++;
    bin.confidence += found.confidence;
    bin.hateful += Number(expected);
  }
  const rows = sums.reduce((total, bin) => total + bin.rows, 0);
  const gap = sums.reduce((total, bin) => total + Math.abs(bin.confidence - bin.hateful), 0);
  return {
    rows,
    bins: sums.map((bin, i) => ({
      from: i / count,
      to: (i + 1) / count,
      rows: bin.rows,
      confidence: bin.rows === 0 ? null : bin.confidence / bin.rows,
      hateful: bin.rows === 0 ? null : bin.hateful / bin.rows,
    })),
    expectedError: rows === 0 ? null : gap / rows,
  };
}
