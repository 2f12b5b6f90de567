import type { Random } from './random.js';

/** The middle 95 % of what resampling gave. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * Percentile bootstrap over clusters: rows made from one template are not independent, so whole clusters are drawn, as
 * many as there are, with replacement. Each cluster comes as its counts; a resample is their sum.
 *
 * @param clusters counts of each cluster, all of one length
 * @param measure figures of summed counts; null where one is not defined (nothing to divide by)
 * @returns one interval a figure; null with fewer than two clusters, or where no resample defined the figure
 */
export function bootstrap(
  clusters: readonly (readonly number[])[],
  measure: (sum: readonly number[]) => readonly (number | null)[],
  options: { random: Random; resamples: number },
): (Interval | null)[] {
  const width = clusters[0]?.length ?? 0;
  const figures = measure(Array.from({ length: width }, () => 0)).length;
  if (clusters.length < 2) return Array.from({ length: figures }, () => null);
  const flat = Float64Array.from(clusters.flat());
  const drawn: number[][] = Array.from({ length: figures }, () => []);
  const sum = Array.from({ length: width }, () => 0);
  for (let i = 0; i < options.resamples; i++) {
    sum.fill(0);
    for (let k = 0; k < clusters.length; k++) {
      const at = Math.floor(options.random() * clusters.length) * width;
      for (let j = 0; j < width; j++) sum[j]! += flat[at + j]!;
    }
    for (const [f, value] of measure(sum).entries()) if (value !== null) drawn[f]!.push(value);
  }
  return drawn.map(intervalOf);
}

function intervalOf(values: number[]): Interval | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}

/** Linear between the two nearest ranks. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  return low + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)]! - low);
}
