import type { Comparison } from './compare.js';
import { columns, percent, printable } from './printable.js';
import { figureMeanings, figureNames, tells } from './score.js';
import type { Figure, FigureName, Scores } from './score.js';
import type { PartTable, Summary } from './summary.js';

const shown: FigureName[] = ['recall', 'notHateful', 'accuracy', 'precision', 'f1', 'macroF1', 'target', 'language'];
const headings: Record<FigureName, string> = {
  recall: 'recall',
  notHateful: 'not-hateful',
  accuracy: 'accuracy',
  precision: 'precision',
  f1: 'F1',
  f1NotHateful: 'F1-not',
  macroF1: 'macro-F1',
  target: 'target',
  language: 'language',
};
/** Changed verdicts that are listed; all of them are in the report. */
const listed = 20;

const withInterval = ({ value, interval }: Figure): string =>
  interval ? `${percent(value)} [${percent(interval.low)}, ${percent(interval.high)}]` : percent(value);

/** The figures for a terminal. Everything that comes from a file is made harmless to it. */
export function printSummary(summary: Summary): string {
  const { scores } = summary;
  const { truePositive, falseNegative, falsePositive, trueNegative } = scores.confusion;
  const parts = [
    `${scores.rows} rows, ${scores.labelled} labelled for hate (${truePositive + falseNegative} hateful), engine ${summary.revision}`,
    columns(
      figureNames
        .filter((name) => scores.figures[name].value !== null)
        .map((name) => [headings[name], withInterval(scores.figures[name]), figureMeanings[name]]),
      [0, 1, 2],
    ),
    columns([
      ['', 'flagged', 'not flagged'],
      ['hateful', String(truePositive), String(falseNegative)],
      ['not hateful', String(falsePositive), String(trueNegative)],
    ]),
    ...summary.tables.map(printTable),
    ...(summary.comparison ? [printComparison(summary.comparison)] : []),
    ...notesOf(summary),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function printTable({ by, parts }: PartTable): string {
  const used = shown.filter((name) => parts.some((part) => tells(part.scores, name)));
  return columns([
    [by, 'rows', ...used.map((name) => headings[name])],
    ...parts.map(({ part, scores }) => [
      printable(part),
      String(scores.rows),
      ...used.map((name) => (tells(scores, name) ? percent(scores.figures[name].value) : '–')),
    ]),
  ]);
}

function printComparison(comparison: Comparison): string {
  const { common, gained, lost, changes, added, removed, altered, revision } = comparison;
  const figures = comparison.figures.filter((figure) => figure.before !== null && figure.after !== null);
  const more = changes.length - listed;
  return [
    `Against ${printable(revision.before)}: ${common} common rows, ${changes.length} verdicts changed, ${gained} gained, ${lost} lost`,
    ...(added + removed + altered > 0 ? [`not compared: ${added} new rows, ${removed} gone, ${altered} altered`] : []),
    columns([
      ['', 'before', 'after', 'difference'],
      ...figures.map(({ name, before, after, difference }) => [
        headings[name],
        percent(before),
        percent(after),
        withInterval({ value: after! - before!, interval: difference }),
      ]),
    ]),
    ...changes
      .slice(0, listed)
      .map(
        ({ effect, after }) =>
          `${effect === 'gained' ? '+' : effect === 'lost' ? '-' : '·'} ${after.found.flagged ? 'flagged now' : 'no longer flagged'}: ${printable(after.file)}#${printable(after.id)}`,
      ),
    ...(more > 0 ? [`… and ${more} more (--report lists all of them)`] : []),
  ].join('\n');
}

function notesOf({ scores, calibration, bad }: { scores: Scores } & Pick<Summary, 'calibration' | 'bad'>): string[] {
  return [
    calibration.expectedError === null
      ? ''
      : `Calibration: expected error ${percent(calibration.expectedError)} points over ${calibration.rows} flagged texts`,
    `Intervals: 95 %, from ${scores.clusters} clusters`,
    scores.uncovered > 0
      ? `In a language that no pack reads, counted as not flagged: ${scores.uncovered} labelled rows`
      : '',
    bad.length > 0 ? `Bad rows, left out: ${bad.length}` : '',
  ];
}
