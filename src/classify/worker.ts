import { parentPort, workerData } from 'node:worker_threads';
import { createEngine } from '../engine/index.js';
import type { Assessment, CompiledLexicon, Context } from '../engine/index.js';
import { openZawgyi } from '../lexicon/burmese.js';
import { loadDetect } from '../lexicon/fasttext.js';
import { naturalStem } from '../lexicon/natural.js';

/** What the pool sends … */
export interface Job {
  id: number;
  items: { text: string; context?: Context }[];
}

/** … and what comes back. `ready` once, when the engine stands. */
export type Reply = { ready: true } | { id: number; assessments: Assessment[] };

// The tables in `workerData` are shared memory: every worker reads the one compile.
const engine = createEngine({
  compiled: workerData as CompiledLexicon,
  detect: await loadDetect(),
  stem: naturalStem,
  identify: true,
  zawgyi: openZawgyi(),
});
const port = parentPort!;
port.on('message', (job: Job) => {
  port.postMessage({
    id: job.id,
    assessments: job.items.map(({ text, context }) => engine.assess(text, context)),
  } satisfies Reply);
});
port.postMessage({ ready: true } satisfies Reply);
