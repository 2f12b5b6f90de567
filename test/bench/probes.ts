import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compileLexicon, createEngine } from '../../src/engine/index.js';
import type { Engine } from '../../src/engine/index.js';
import { loadDetect } from '../../src/lexicon/fasttext.js';
import { openLexicon, readCompiled } from '../../src/lexicon/cache.js';
import { flatten } from '../../src/lexicon/flat.js';
import { loadLexicon } from '../../src/lexicon/load.js';
import type { LexiconBundle } from '../../src/lexicon/load.js';
import { naturalStem } from '../../src/lexicon/natural.js';
import { withoutPacks } from './arms.js';
import type { Corpus } from './corpus.js';
import { benchBundle } from './lexicon.js';
import { median } from './measure.js';
import { worstTexts } from './worst.js';

const foldersOf = (root: string) => ({ lexicons: join(root, 'lexicons'), data: join(root, 'data') });

async function wholeEngine(root: string, corpus: Corpus, size: number) {
  const shipped = await loadLexicon(foldersOf(root));
  const compiled = compileLexicon(benchBundle(shipped, corpus.terms.slice(0, size), false));
  return { engine: createEngine({ compiled, detect: () => [], stem: naturalStem }), packs: shipped.packs };
}

/** Processor microseconds of one call, the least of several: what the work costs without the collector's and neighbours' share. */
function cost(engine: Engine, texts: readonly string[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    const before = process.cpuUsage();
    for (const text of texts) engine.assess(text);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, user + system);
    if (user + system > 500_000) break;
  }
  return least;
}

export interface LengthResult {
  /** Microseconds a unit, by the length of the text. */
  perUnit: Record<number, number>;
  /** Slope of log time over log length from 100 to 100,000 units: 1 is linear. */
  exponent: number;
}

/**
 * How the time of the whole assessment grows with the length of a text: posts strung together, with a name at the end, so that every stage runs at
 * every length.
 */
export async function lengthProbe(root: string, corpus: Corpus, size: number): Promise<LengthResult> {
  const { engine } = await wholeEngine(root, corpus, size);
  const whole = corpus.posts.map(({ text }) => text).join('\n');
  const lengths = [100, 1_000, 10_000, 100_000];
  const budget = 400_000;
  const named = ' Muslims are rats.';
  const texts = lengths.map((length) =>
    Array.from(
      { length: budget / length },
      (_, i) => `${whole.slice(i * length, (i + 1) * length - named.length)}${named}`,
    ),
  );
  // Everything is compiled by the JIT before the first is timed.
  for (const list of texts) for (const text of list) engine.assess(text);
  const perUnit = Object.fromEntries(lengths.map((length, i) => [length, cost(engine, texts[i]!) / budget]));
  const x = lengths.map((length) => Math.log(length));
  const y = lengths.map((length) => Math.log(perUnit[length]! * length));
  const mean = (list: number[]) => list.reduce((sum, v) => sum + v, 0) / list.length;
  const [mx, my] = [mean(x), mean(y)];
  const exponent =
    x.reduce((sum, v, i) => sum + (v - mx) * (y[i]! - my), 0) / x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
  return { perUnit, exponent };
}

export interface WorstResult {
  /** Microseconds a unit over the posts of the corpus. */
  mean: number;
  /** Each text's cost a unit as a multiple of that mean, worst first. */
  times: [name: string, times: number][];
}

const hopeless = 40;

/** What texts made to be slow cost per unit, against the mean of ordinary posts. */
export async function worstProbe(root: string, corpus: Corpus, size: number): Promise<WorstResult> {
  const { engine, packs } = await wholeEngine(root, corpus, size);
  const posts = corpus.posts.slice(0, 4_000).map(({ text }) => text);
  const units = posts.reduce((sum, text) => sum + text.length, 0);
  const mean = cost(engine, posts) / units;
  const times = Object.entries(worstTexts(packs)).map(([name, text]): [string, number] => {
    const part = text.slice(0, text.length / 10);
    const first = cost(engine, [part]) / part.length / mean;
    // What is hopeless at a tenth of the length would take minutes at the whole.
    return first > hopeless ? [name, first] : [name, Math.max(first, cost(engine, [text]) / text.length / mean)];
  });
  return { mean, times: times.sort((a, b) => b[1] - a[1]) };
}

export interface CompileResult {
  compileMs: number;
  /** Reading the kept tables of the same terms. */
  loadMs: number;
  /** MB of heap and shared tables for 10,000 terms with what reviewers read about them. */
  mbPer10k: number;
}

const held = (): number => {
  for (let i = 0; i < 3; i++) globalThis.gc!();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** Entries of the shipped packs' terms have 5.2 forms in the mean. */
const formsPerEntry = 5;

/** Compiles the terms alone, in a fresh process started with `--expose-gc`. */
export async function compileProbe(root: string, corpus: Corpus, size: number): Promise<CompileResult> {
  const shipped = await withoutPacks(foldersOf(root));
  const terms = corpus.terms.slice(0, size);
  const make = (count: number) => benchBundle(shipped, terms.slice(0, count), true, formsPerEntry);
  // A small one first: the service compiles with warm code when it reloads a lexicon.
  for (let i = 0; i < 5; i++) compileLexicon(make(1_000));
  // In functions of their own, so that no variable of this one holds on to what was compiled from.
  const timed = (): number => {
    const bundle = make(size);
    globalThis.gc!();
    const before = process.cpuUsage();
    compileLexicon(bundle);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const open = () => createEngine({ compiled: compileLexicon(make(size)), detect: () => [], stem: naturalStem });
  const times = [timed(), timed(), timed()];
  const before = held();
  const engine = open();
  const after = held();
  if (!engine.assess(terms[0]!.text).flagged) throw new Error('the compiled engine does not find its first term');
  const loadMs = await timeOfLoading(make(size));
  return { compileMs: median(times), loadMs, mbPer10k: (after - before) / 2 ** 20 / (size / 10_000) };
}

async function timeOfLoading(bundle: LexiconBundle): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-load-'));
  try {
    const file = join(folder, 'tables.bin');
    await writeFile(file, flatten({ compiled: compileLexicon(bundle), functions: [], revision: '' }));
    const times = Array.from({ length: 7 }, () => {
      const before = performance.now();
      if (!readCompiled(file, silent)) throw new Error('the kept tables cannot be read');
      return performance.now() - before;
    });
    return median(times);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export interface StartResult {
  /** Milliseconds from the start of the process to the first answer of the engine over the shipped packs, compiled and from the kept tables. */
  compiledMs: number;
  startMs: number;
}

const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

/** Starts as the command line does, with a home of its own: once without and once with kept tables, each in a process of its own. */
export async function startProbe(root: string, home?: string): Promise<StartResult> {
  const own = home ?? (await mkdtemp(join(tmpdir(), 'tocsin-start-')));
  try {
    const { compiled } = await openLexicon(foldersOf(root), { home: own, log: silent });
    createEngine({ compiled, detect: await loadDetect(), stem: naturalStem }).assess('Everyone has the right to life.');
    const compiledMs = performance.now();
    if (home !== undefined) return { compiledMs, startMs: compiledMs };
    const script = `import(${JSON.stringify(import.meta.url)}).then((probes) => probes.startProbe(${JSON.stringify(root)}, ${JSON.stringify(own)})).then((result) => console.log(JSON.stringify(result)))`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script]);
    return { compiledMs, startMs: (JSON.parse(stdout) as StartResult).startMs };
  } finally {
    if (home === undefined) await rm(own, { recursive: true });
  }
}
