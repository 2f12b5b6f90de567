import { parentPort, workerData } from 'node:worker_threads';
import { createEngine } from '../../src/engine/index.js';
import type { CompiledLexicon } from '../../src/engine/index.js';
import { openZawgyi } from '../../src/lexicon/burmese.js';
import { loadDetect } from '../../src/lexicon/fasttext.js';
import { naturalStem } from '../../src/lexicon/natural.js';
import { wrongWith } from './check.js';
import { textOf } from './generate.js';

/** One thread's share of a run: every `step`th text from `first` on. */
export interface Share {
  compiled: CompiledLexicon;
  words: string[];
  seed: number;
  first: number;
  step: number;
  count: number;
}

export interface Told {
  units: number;
  longest: number;
  flagged: number;
  /** Microseconds a unit. */
  slowest: number;
  failures: { number: number; wrong: string; text: string }[];
}

const { compiled, words, seed, first, step, count } = workerData as Share;
const engine = createEngine({ compiled, detect: await loadDetect(), stem: naturalStem, zawgyi: openZawgyi() });
const told: Told = { units: 0, longest: 0, flagged: 0, slowest: 0, failures: [] };
const counting = {
  ...engine,
  assess: (text: string) => {
    const verdict = engine.assess(text);
    if (verdict.flagged) told.flagged++;
    return verdict;
  },
};
for (let number = first; number < count; number += step) {
  const text = textOf(seed, number, { words });
  const begun = performance.now();
  const wrong = wrongWith(counting, text, () => performance.now());
  if (text.length >= 200) told.slowest = Math.max(told.slowest, ((performance.now() - begun) * 1000) / text.length);
  told.units += text.length;
  told.longest = Math.max(told.longest, text.length);
  if (wrong !== undefined && told.failures.length < 200) told.failures.push({ number, wrong, text });
}
parentPort!.postMessage(told satisfies Told);
