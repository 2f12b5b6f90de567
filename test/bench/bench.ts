import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { loadLexicon } from '../../src/lexicon/load.js';
import { arms } from './arms.js';
import type { Result, Task } from './child.js';
import { makeCorpus, writeCorpus } from './corpus.js';
import { goalsOf } from './goals.js';
import type { Cell } from './goals.js';
import { referenceOf } from './reference.js';
import { faultsOf, markdown } from './report.js';

/**
 * The benchmark: `node dist/test/bench/bench.js [--rounds 5] [--quick] [--machine NAME] [--only TEXT] [--dry]`. Every cell runs in a process of its own, the
 * cells of a round one after another, every second round backwards. The answers are checked in the first round; wrong ones fail the run.
 * Results go to `test/bench/results/`, unless `--dry`. `--quick`: one short round. `--only`: cells whose name holds the text, no goals.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    quick: { type: 'boolean', default: false },
    machine: { type: 'string' },
    only: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
});
const root = join(import.meta.dirname, '..', '..', '..');
const rounds = values.quick ? 1 : Number(values.rounds);
const milliseconds = values.quick ? 100 : 200;
const top = 50_000;
const run = promisify(execFile);

const sizesOf: Record<string, number[]> = {
  'limit: charCodeAt + table': [top],
  fold: [top],
  'fold + scan': [top],
  'assess, language of every text': [top],
  'assess, shipped packs too': [1_000, top],
  'assess, shipped packs and language': [top],
  'language alone': [top],
  'eld small': [top],
  '@monyone/aho-corasick/fast': [1_000, 10_000, top],
  'allprofanity detect': [1_000, 10_000, top],
  'obscenity getAllMatches': [1_000],
};
const cells: Cell[] = Object.keys(arms).flatMap((arm) =>
  (sizesOf[arm] ?? [1_000, 10_000, top, 100_000]).map((size): Cell => ({ what: 'arm', arm, size, rounds: [] })),
);
for (const what of ['compile', 'length', 'worst'] as const) cells.push({ what, arm: '', size: top, rounds: [] });
cells.push({ what: 'start', arm: '', size: 0, rounds: [] });
const chosen = cells.filter((cell) => values.only === undefined || `${cell.what} ${cell.arm}`.includes(values.only));

const compared = ({ arm, size }: Cell): boolean => size === top || (arm === 'assess' && size === 1_000);

async function measure(cell: Cell, folder: string, check: boolean): Promise<void> {
  const task: Task = {
    what: cell.what,
    arm: cell.arm,
    size: cell.size,
    corpus: join(folder, 'corpus.json'),
    reference: join(folder, 'reference.json'),
    root,
    milliseconds,
    check,
  };
  const { stdout } = await run(
    process.execPath,
    ['--expose-gc', join(import.meta.dirname, 'child.js'), JSON.stringify(task)],
    { maxBuffer: 1e8 },
  );
  cell.rounds.push(JSON.parse(stdout) as Result);
  console.error(`${cell.what} ${cell.arm} ${cell.size}: ${stdout.slice(0, 200)}`);
}

async function versionOf(name: string): Promise<string> {
  return (JSON.parse(await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8')) as { version: string })
    .version;
}

const folder = await mkdtemp(join(tmpdir(), 'tocsin-bench-'));
try {
  const { packs } = await loadLexicon({ lexicons: join(root, 'lexicons'), data: join(root, 'data') });
  const corpus = makeCorpus(packs);
  await writeCorpus(join(folder, 'corpus.json'), corpus);
  await writeFile(join(folder, 'reference.json'), JSON.stringify(referenceOf(corpus, [1_000, 10_000, top, 100_000])));
  for (let round = 0; round < rounds; round++) {
    // Fewer rounds are enough for what no goal compares within a round, and for probes, which take longer and vary less.
    const due = chosen.filter((cell) => round % 4 === 0 || (cell.what === 'arm' ? compared(cell) : round % 2 === 0));
    for (const cell of round % 2 === 0 ? due : due.toReversed()) await measure(cell, folder, round === 0);
  }
} finally {
  await rm(folder, { recursive: true });
}

const cpu = cpus()[0]!.model.trim();
const machine =
  values.machine ??
  `${cpu
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 30)}-${cpus().length}`;
const date = new Date().toISOString().slice(0, 10);
const peers = Object.fromEntries(
  await Promise.all(
    ['@monyone/aho-corasick', 'allprofanity', 'obscenity', 'eld'].map(
      async (name) => [name, await versionOf(name)] as const,
    ),
  ),
);
const faults = chosen.flatMap(faultsOf);
const goals = values.only === undefined ? goalsOf(cells, top) : [];
const report = {
  date,
  machine,
  cpu: `${cpus().length} x ${cpu}`,
  node: process.versions.node,
  peers,
  rounds,
  milliseconds,
  goals,
  cells: chosen,
  faults,
};
const page = markdown(report);
console.log(page);
if (!values.dry && values.only === undefined) {
  const results = join(import.meta.dirname, '..', '..', '..', 'test', 'bench', 'results');
  await mkdir(results, { recursive: true });
  await writeFile(join(results, `${date}-${machine}.json`), `${JSON.stringify(report, undefined, 1)}\n`);
  await writeFile(join(results, `${date}-${machine}.md`), page);
}
if (faults.length > 0) process.exitCode = 1;
