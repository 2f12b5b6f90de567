import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { compileLexicon } from '../../src/engine/index.js';
import { loadLexicon } from '../../src/lexicon/load.js';
import { folders, root } from '../support/engine.js';
import type { Share, Told } from './worker.js';

/**
 * Reads millions of generated texts and says what went wrong: `node dist/test/fuzz/run.js --count 5000000 --seed 7 --threads 2`. What failed is written
 * with its seed and number to `--record`, so that it can be put into `seeds.json`, which every test run reads again.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: String(availableParallelism()) },
    record: { type: 'string', default: join(root, 'dist', 'fuzz-failures.json') },
  },
});
const count = Number(values.count);
const seed = Number(values.seed);
const threads = Math.max(1, Number(values.threads));

const bundle = await loadLexicon(folders);
const compiled = compileLexicon(bundle);
const words = bundle.packs.flatMap((pack) =>
  pack.entries.filter((_, i) => i % 5 === 0).flatMap(({ forms }) => [forms[0]!.t, forms[forms.length >> 1]!.t]),
);
const begun = performance.now();
const told: Told[] = await Promise.all(
  Array.from({ length: threads }, (_, thread) => {
    const share: Share = { compiled, words, seed, first: thread, step: threads, count };
    return new Promise<Told>((resolve, reject) => {
      const worker = new Worker(new URL('worker.js', import.meta.url), { workerData: share });
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  }),
);
const sum = (of: (one: Told) => number) => told.reduce((total, one) => total + of(one), 0);
const failures = told.flatMap((one) => one.failures).sort((a, b) => a.number - b.number);
const seconds = (performance.now() - begun) / 1000;
const line = (name: string, value: string | number) => process.stdout.write(`${name.padEnd(12)} ${value}\n`);
line('texts', count);
line('seed', seed);
line(
  'units',
  sum((one) => one.units),
);
line('longest', Math.max(...told.map((one) => one.longest)));
line(
  'flagged',
  sum((one) => one.flagged),
);
line('slowest', `${Math.max(...told.map((one) => one.slowest)).toFixed(1)} µs a unit (texts of 200 units and more)`);
line('seconds', seconds.toFixed(0));
line('failures', failures.length);
for (const { number, wrong, text } of failures.slice(0, 20))
  process.stdout.write(`  ${seed}:${number} ${wrong}  ${JSON.stringify(text.slice(0, 120))}\n`);
if (failures.length > 0) {
  mkdirSync(dirname(values.record), { recursive: true });
  writeFileSync(
    values.record,
    `${JSON.stringify(
      failures.map(({ number, wrong, text }) => ({ seed, number, wrong, text: text.slice(0, 4_000) })),
      null,
      1,
    )}\n`,
  );
  process.exitCode = 1;
}
