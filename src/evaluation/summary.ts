import { calibrationOf } from './calibration.js';
import type { Calibration } from './calibration.js';
import { compare } from './compare.js';
import type { Compared, Comparison } from './compare.js';
import { languageConfusion } from './languages.js';
import type { LanguageLine } from './languages.js';
import type { Outcome, PartKey } from './outcome.js';
import type { BadRow } from './row.js';
import { score, scoreParts } from './score.js';
import type { Part, ScoreOptions, Scores } from './score.js';

/** One set that was read. */
export interface FileRead {
  name: string;
  rows: number;
  bad: number;
}

/** What was read and what came out, before any figure is drawn from it. */
export interface Evaluation {
  /** Of the engine, packs, taxonomy and rubric. */
  revision: string;
  files: FileRead[];
  bad: BadRow[];
  outcomes: Outcome[];
}

export interface PartTable {
  by: PartKey | 'file';
  parts: Part[];
}

/** Everything there is to tell. The same rows, revision and seed give the same bytes: no clock is read. */
export interface Summary {
  revision: string;
  seed: number;
  resamples: number;
  files: FileRead[];
  bad: BadRow[];
  scores: Scores;
  tables: PartTable[];
  calibration: Calibration;
  languages: LanguageLine[];
  comparison?: Comparison;
}

/**
 * Draws all figures from an evaluation.
 *
 * @param by how rows are grouped besides by file; a table by file is made where there are several
 * @param against an earlier result to compare with
 */
export function summarise(
  evaluation: Evaluation,
  options: ScoreOptions & { by?: PartKey | undefined; against?: Compared | undefined },
): Summary {
  const { revision, files, bad, outcomes } = evaluation;
  const { seed, resamples, by, against } = options;
  const keys: PartTable['by'][] = [...(files.length > 1 ? (['file'] as const) : []), ...(by ? [by] : [])];
  return {
    revision,
    seed,
    resamples,
    files,
    bad,
    scores: score(outcomes, options),
    tables: keys.map((key) => ({ by: key, parts: scoreParts(outcomes, key, options) })),
    calibration: calibrationOf(outcomes),
    languages: languageConfusion(outcomes),
    ...(against && { comparison: compare(against, evaluation, options) }),
  };
}
