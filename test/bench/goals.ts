import type { ArmResult, Result, Task } from './child.js';
import { median } from './measure.js';
import type { CompileResult, LengthResult, WorstResult } from './probes.js';

/** Results of one cell, one a round. */
export interface Cell {
  what: Task['what'];
  arm: string;
  size: number;
  rounds: Result[];
}

export interface Goal {
  name: string;
  target: string;
  /** Median over the rounds of ratios taken inside a round, and their range. */
  value: number;
  range: [number, number];
  met: boolean;
}

const find = (cells: readonly Cell[], what: Task['what'], arm: string, size: number): Cell => {
  const cell = cells.find((other) => other.what === what && other.arm === arm && other.size === size);
  if (!cell) throw new Error(`no cell ${what} ${arm} ${size}`);
  return cell;
};

const goal = (name: string, values: readonly number[], relation: '>=' | '<=', target: number, unit = ''): Goal => {
  const value = median(values);
  return {
    name,
    target: `${relation} ${target.toLocaleString('en')}${unit}`,
    value,
    range: [Math.min(...values), Math.max(...values)],
    met: relation === '>=' ? value >= target : value <= target,
  };
};

/** What the engine promises of its speed; each ratio is taken inside one round, where both arms ran on the same machine minutes apart. */
export function goalsOf(cells: readonly Cell[], top: number): Goal[] {
  const arm = (name: string, size = top) => find(cells, 'arm', name, size).rounds as ArmResult[];
  const ratio = (a: readonly ArmResult[], b: readonly ArmResult[], of: 'posts' | 'articles') =>
    a.map((result, round) => result[of].perSecond / b[round]![of].perSecond);
  const probe = <T extends Result>(what: Task['what']) =>
    find(cells, what, '', what === 'start' ? 0 : top).rounds as T[];
  const match = arm('match stage');
  const assess = arm('assess');
  const [answered] = assess.flatMap(({ answers }) => (answers ? [[answers.posts, answers.articles]] : []));
  const [found, of] = (answered ?? [])
    .flatMap((answers) => Object.values(answers.recall))
    .reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
  const accuracy = (name: string) =>
    arm(name).flatMap(({ answers }) => (answers ? [answers.posts.languages[0] / answers.posts.languages[1]] : []));
  return [
    goal(
      'match stage against @monyone/aho-corasick/fast, posts',
      ratio(match, arm('@monyone/aho-corasick/fast'), 'posts'),
      '>=',
      3,
      ' x',
    ),
    goal(
      'match stage against @monyone/aho-corasick/fast, articles',
      ratio(match, arm('@monyone/aho-corasick/fast'), 'articles'),
      '>=',
      3,
      ' x',
    ),
    goal(
      'assess, posts without a hit',
      assess.map((result) => result.clean!.perSecond),
      '>=',
      100_000,
      ' a second',
    ),
    goal(
      'assess, posts with a hit',
      assess.map((result) => result.carrying!.perSecond),
      '>=',
      15_000,
      ' a second',
    ),
    goal(
      'assess against allprofanity detect, posts',
      ratio(assess, arm('allprofanity detect'), 'posts'),
      '>=',
      8,
      ' x',
    ),
    goal('assess, share of the carried terms found, all scripts', [found / of], '>=', 1),
    goal('assess, false alarms', [(answered ?? []).reduce((sum, { falseAlarms }) => sum + falseAlarms, 0)], '<=', 0),
    goal(
      'language alone against eld small, posts',
      ratio(arm('language alone'), arm('eld small'), 'posts'),
      '>=',
      5,
      ' x',
    ),
    goal(
      "language alone, share of right answers against eld's, on languages that eld has",
      [accuracy('language alone')[0]! / accuracy('eld small')[0]!],
      '>=',
      1,
    ),
    goal(
      `assess, time at ${top} terms against 1,000, posts`,
      ratio(arm('assess', 1_000), assess, 'posts'),
      '<=',
      1.6,
      ' x',
    ),
    goal(
      'exponent of time over length, 100 to 100,000 characters',
      probe<LengthResult>('length').map((result) => result.exponent),
      '<=',
      1.05,
    ),
    goal(
      'worst text against the mean, per character',
      probe<WorstResult>('worst').map((result) => result.times[0]![1]),
      '<=',
      5,
      ' x',
    ),
    goal(
      `compiling ${top} terms`,
      probe<CompileResult>('compile').map((result) => result.compileMs),
      '<=',
      400,
      ' ms',
    ),
    goal(
      `loading ${top} compiled terms`,
      probe<CompileResult>('compile').map((result) => result.loadMs),
      '<=',
      20,
      ' ms',
    ),
    goal(
      'memory of 10,000 terms',
      probe<CompileResult>('compile').map((result) => result.mbPer10k),
      '<=',
      3,
      ' MB',
    ),
  ];
}
