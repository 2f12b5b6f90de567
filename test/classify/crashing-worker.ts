import { parentPort } from 'node:worker_threads';
import type { Job, Reply } from '../../src/classify/worker.js';
import { assessment } from '../support/posts.js';

// Dies on the text "die", whichever worker it is.
const port = parentPort!;
port.on('message', (job: Job) => {
  if (job.items.some(({ text }) => text === 'die')) process.exit(3);
  port.postMessage({
    id: job.id,
    assessments: job.items.map(({ text }) => assessment({ revision: text })),
  } satisfies Reply);
});
port.postMessage({ ready: true } satisfies Reply);
