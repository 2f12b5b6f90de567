import type { Runner } from './arms.js';

export interface Rate {
  /** Texts a second of processor time, all threads counted (collector and compiler too). */
  perSecond: number;
  /** The same by the wall clock. */
  perWallSecond: number;
  texts: number;
}

const seconds = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1e6;

/**
 * Runs over the texts again and again for `milliseconds`, after `warmUp` milliseconds of the same. Processor time, not the wall clock, is what
 * comparisons use: the machine is shared, and other people's work must not count.
 */
export function rateOf(
  count: (text: string) => number,
  texts: readonly string[],
  milliseconds: number,
  warmUp: number,
): Rate {
  let at = 0;
  let sum = 0;
  const spin = (until: number): number => {
    let done = 0;
    let before = performance.now();
    for (let look = 1; ;) {
      for (let i = 0; i < look; i++) {
        sum += count(texts[at]!);
        at = at + 1 === texts.length ? 0 : at + 1;
      }
      done += look;
      const now = performance.now();
      if (now >= until) return done;
      // The clock is read seldom when texts are fast, after each when they are slow.
      if (now - before < 1 && look < 256) look *= 2;
      before = now;
    }
  };
  spin(performance.now() + warmUp);
  const wall = performance.now();
  const cpu = process.cpuUsage();
  const done = spin(wall + milliseconds);
  const used = seconds(process.cpuUsage(cpu));
  const took = (performance.now() - wall) / 1000;
  if (Number.isNaN(sum)) throw new Error('an arm counted NaN');
  return { perSecond: done / used, perWallSecond: done / took, texts: done };
}

/** Counts of `runner` over the texts in order, as many as fit into `milliseconds`. */
export function answersOf(runner: Runner, texts: readonly string[], milliseconds: number): number[] {
  const until = performance.now() + milliseconds;
  const counts: number[] = [];
  for (const text of texts) {
    counts.push(runner.count(text));
    if (performance.now() > until) break;
  }
  return counts;
}

export const median = (list: readonly number[]): number => {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
