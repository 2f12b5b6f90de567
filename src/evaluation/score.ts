import { bootstrap } from './bootstrap.js';
import type { Interval } from './bootstrap.js';
import type { Outcome, PartKey } from './outcome.js';
import { createRandom } from './random.js';
import type { TargetMatch } from './target.js';

/** Hateful texts that were flagged and missed; texts not hateful that were flagged and left alone. */
export interface Confusion {
  truePositive: number;
  falseNegative: number;
  falsePositive: number;
  trueNegative: number;
}

/** Every figure is a share, 0–1. */
export const figureNames = [
  'recall',
  'notHateful',
  'accuracy',
  'precision',
  'f1',
  'f1NotHateful',
  'macroF1',
  'target',
  'language',
] as const;
export type FigureName = (typeof figureNames)[number];

/** What each figure says, for readers. */
export const figureMeanings: Record<FigureName, string> = {
  recall: 'hateful texts that were flagged',
  notHateful: 'texts not hateful that were left alone',
  accuracy: 'texts judged as labelled',
  precision: 'flagged texts that are hateful',
  f1: 'harmonic mean of precision and recall',
  f1NotHateful: 'the same of the class "not hateful"',
  macroF1: 'mean of the two classes’ F1',
  target: 'flagged hateful texts with a named target in which that group was found',
  language: 'texts whose language was found',
};

/** A figure, null where there is nothing to divide by, with its 95 % interval where one can be drawn. */
export interface Figure {
  value: number | null;
  interval: Interval | null;
}

export interface Scores {
  rows: number;
  /** Rows labelled for hate. */
  labelled: number;
  /** Labelled rows in a language that no pack reads: they count as not flagged. */
  uncovered: number;
  confusion: Confusion;
  /** Independent clusters behind the intervals. */
  clusters: number;
  figures: Record<FigureName, Figure>;
}

export interface Part {
  /** "-" where rows do not say. */
  part: string;
  scores: Scores;
}

export interface ScoreOptions {
  matches: TargetMatch;
  seed: number;
  resamples: number;
}

/** Resamples of every interval, unless told otherwise. */
export const defaultResamples = 1000;

/**
 * Counts of a list of outcomes that all figures follow from: true positives, false negatives, false positives, true
 * negatives, rows with target and those of them right, rows with language and those of them right.
 */
export type Tally = readonly number[];

export function tallyOf(outcomes: readonly Outcome[], matches: TargetMatch): Tally {
  const tally = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const { expected, target, lang, found } of outcomes) {
    if (expected === true) tally[found.flagged ? 0 : 1]!++;
    if (expected === false) tally[found.flagged ? 2 : 3]!++;
    // Only where something was found can it be asked of whom: misses are already counted by recall.
    if (expected === true && found.flagged && target !== null) {
      tally[4]!++;
      if (matches(target, found.groups)) tally[5]!++;
    }
    if (lang !== null) {
      tally[6]!++;
      if (found.lang === lang) tally[7]!++;
    }
  }
  return tally;
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** The figures of a tally, in the order of `figureNames`. */
export function figuresOf(tally: Tally): (number | null)[] {
  const [tp = 0, fn = 0, fp = 0, tn = 0, targets = 0, targetsRight = 0, langs = 0, langsRight = 0] = tally;
  const f1 = share(2 * tp, 2 * tp + fp + fn);
  const f1NotHateful = share(2 * tn, 2 * tn + fp + fn);
  return [
    share(tp, tp + fn),
    share(tn, tn + fp),
    share(tp + tn, tp + fn + fp + tn),
    share(tp, tp + fp),
    f1,
    f1NotHateful,
    f1 === null || f1NotHateful === null ? null : (f1 + f1NotHateful) / 2,
    share(targetsRight, targets),
    share(langsRight, langs),
  ];
}

const ofBothClasses: ReadonlySet<FigureName> = new Set(['precision', 'f1', 'f1NotHateful', 'macroF1']);

/** Whether a figure says something of these rows: one that mixes both labels does not where all rows have the same. */
export function tells({ confusion, figures }: Scores, name: FigureName): boolean {
  const hateful = confusion.truePositive + confusion.falseNegative;
  const notHateful = confusion.falsePositive + confusion.trueNegative;
  return figures[name].value !== null && (!ofBothClasses.has(name) || (hateful > 0 && notHateful > 0));
}

/** What a row stands or falls with: its template, else the capability it tests, else itself. */
export function clusterOf(outcome: Outcome, within?: PartKey | 'file'): string {
  if (outcome.template !== null) return `template ${outcome.template}`;
  // All rows of one capability share it, so inside that part it parts nothing.
  if (outcome.functionality !== null && within !== 'functionality') return `functionality ${outcome.functionality}`;
  return `row ${outcome.file}\0${outcome.id}`;
}

/** Groups a list, in the order in which the keys first occur. */
export function groupBy<T>(list: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Scores outcomes. The same outcomes, seed and resamples give the same intervals. */
export function score(outcomes: readonly Outcome[], options: ScoreOptions, within?: PartKey | 'file'): Scores {
  const { matches, seed, resamples } = options;
  const clusters = [...groupBy(outcomes, (outcome) => clusterOf(outcome, within)).values()].map((rows) =>
    tallyOf(rows, matches),
  );
  const tally = tallyOf(outcomes, matches);
  const values = figuresOf(tally);
  const intervals = bootstrap(clusters, figuresOf, { random: createRandom(seed), resamples });
  const figures = Object.fromEntries(
    figureNames.map((name, i) => [name, { value: values[i]!, interval: intervals[i] ?? null }]),
  ) as Record<FigureName, Figure>;
  const [truePositive = 0, falseNegative = 0, falsePositive = 0, trueNegative = 0] = tally;
  const labelled = outcomes.filter((outcome) => outcome.expected !== null);
  return {
    rows: outcomes.length,
    labelled: labelled.length,
    uncovered: labelled.filter((outcome) => !outcome.found.covered).length,
    confusion: { truePositive, falseNegative, falsePositive, trueNegative },
    clusters: clusters.length,
    figures,
  };
}

/** Scores each part apart, sorted by its name. Every part draws from the seed anew, so parts do not disturb each other. */
export function scoreParts(outcomes: readonly Outcome[], by: PartKey | 'file', options: ScoreOptions): Part[] {
  return [...groupBy(outcomes, (outcome) => outcome[by] ?? '-')]
    .map(([part, rows]) => ({ part, scores: score(rows, options, by) }))
    .sort((a, b) => (a.part < b.part ? -1 : 1));
}
