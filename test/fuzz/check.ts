import type { Assessment, Engine } from '../../src/engine/index.js';

/** Time a text may take: so much for itself and so much a unit; many times what it takes on an idle machine. */
export const bound = { text: 20, unit: 0.02 };
const tries = 4;

const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** True when no grapheme cluster goes on across `at`. Only the letters around it are looked at. */
function boundary(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return at === 0 || at === text.length;
  const from = Math.max(0, at - 200);
  for (const { index } of clusters.segment(text.slice(from, at + 50))) if (from + index === at) return true;
  return false;
}

function wrongSpan(text: string, { findings }: Assessment): string | undefined {
  for (const finding of findings) {
    const { start, end, evidence } = finding;
    if (!(start >= 0 && start < end && end <= text.length)) return `finding at [${start}, ${end}) of ${text.length}`;
    for (const { start: from, end: to, text: words } of evidence) {
      if (!(from >= start && to <= end && from < to)) return `evidence [${from}, ${to}) outside [${start}, ${end})`;
      if (text.slice(from, to) !== words) return `evidence [${from}, ${to}) does not hold its text`;
      if (!boundary(text, from) || !boundary(text, to)) return `evidence [${from}, ${to}) splits a cluster`;
    }
  }
  return undefined;
}

/** What is wrong with how the engine reads the text, in words; `undefined` when nothing is. `now`: milliseconds. */
export function wrongWith(engine: Engine, text: string, now: () => number): string | undefined {
  let verdict: Assessment;
  const most = bound.text + text.length * bound.unit;
  let begun = now();
  try {
    verdict = engine.assess(text);
  } catch (error) {
    return `throws ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
  }
  // A machine may pause: only what is slow every time is slow.
  let least = now() - begun;
  for (let i = 0; i < tries && least > most; i++) {
    begun = now();
    engine.assess(text);
    least = Math.min(least, now() - begun);
  }
  if (least > most) return `takes ${Math.round(least)} ms for ${text.length} units`;
  if (verdict.flagged && verdict.findings.length === 0) return 'flagged without a finding';
  return wrongSpan(text, verdict);
}
