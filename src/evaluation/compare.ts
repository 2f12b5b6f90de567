import { bootstrap } from './bootstrap.js';
import type { Interval } from './bootstrap.js';
import { isRight, keyOf } from './outcome.js';
import type { Outcome } from './outcome.js';
import { createRandom } from './random.js';
import { clusterOf, figureNames, figuresOf, groupBy, tallyOf } from './score.js';
import type { FigureName, ScoreOptions } from './score.js';

/** One text whose verdict is another than it was. */
export interface Change {
  before: Outcome;
  after: Outcome;
  /** Right now and wrong before, the reverse, or not labelled. */
  effect: 'gained' | 'lost' | 'unlabelled';
}

export interface Comparison {
  revision: { before: string; after: string };
  /** Texts that both results hold, equal in wording and label. */
  common: number;
  changes: Change[];
  gained: number;
  lost: number;
  /** Rows that only one of the results holds, and rows whose text or label is another now: they are not compared. */
  added: number;
  removed: number;
  altered: number;
  /** Each figure over the common rows, with the 95 % interval of its difference (drawn in pairs). */
  figures: { name: FigureName; before: number | null; after: number | null; difference: Interval | null }[];
}

export interface Compared {
  revision: string;
  outcomes: readonly Outcome[];
}

/** Compares two results row by row: which verdicts changed, and whether that is more than chance. */
export function compare(before: Compared, after: Compared, options: ScoreOptions): Comparison {
  const earlier = new Map(before.outcomes.map((outcome) => [keyOf(outcome), outcome]));
  const pairs: Pair[] = [];
  let added = 0;
  let altered = 0;
  for (const now of after.outcomes) {
    const then = earlier.get(keyOf(now));
    if (!then) added++;
    else if (then.text !== now.text || then.expected !== now.expected) altered++;
    else pairs.push({ before: then, after: now });
  }
  const changes = pairs
    .filter((pair) => pair.before.found.flagged !== pair.after.found.flagged)
    .map((pair): Change => {
      const right = isRight(pair.after);
      return { ...pair, effect: right === undefined ? 'unlabelled' : right ? 'gained' : 'lost' };
    });
  return {
    revision: { before: before.revision, after: after.revision },
    common: pairs.length,
    changes,
    gained: changes.filter((change) => change.effect === 'gained').length,
    lost: changes.filter((change) => change.effect === 'lost').length,
    added,
    removed: earlier.size - pairs.length - altered,
    altered,
    figures: differences(pairs, options),
  };
}

interface Pair {
  before: Outcome;
  after: Outcome;
}

function differences(pairs: readonly Pair[], { matches, seed, resamples }: ScoreOptions): Comparison['figures'] {
  const side = (rows: readonly Pair[], of: keyof Pair) =>
    tallyOf(
      rows.map((row) => row[of]),
      matches,
    );
  const tally = (rows: readonly Pair[]) => [...side(rows, 'before'), ...side(rows, 'after')];
  // Both verdicts on a text are drawn together: what the two results have in common cancels out.
  const intervals = bootstrap(
    [...groupBy(pairs, (pair) => clusterOf(pair.after)).values()].map(tally),
    (counts) => {
      const { before, after } = halves(counts);
      return before.map((value, i) => gap(value, after[i]!));
    },
    { random: createRandom(seed), resamples },
  );
  const { before, after } = halves(tally(pairs));
  return figureNames.map((name, i) => ({
    name,
    before: before[i]!,
    after: after[i]!,
    difference: intervals[i] ?? null,
  }));
}

/** The figures of two tallies laid end to end. */
function halves(counts: readonly number[]): { before: (number | null)[]; after: (number | null)[] } {
  const middle = counts.length / 2;
  return { before: figuresOf(counts.slice(0, middle)), after: figuresOf(counts.slice(middle)) };
}

const gap = (before: number | null, after: number | null) =>
  before === null || after === null ? null : after - before;
