import { readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/base/clock.js';
import { createLog } from '../../src/base/log.js';
import { assessedEvent } from '../../src/contract/event.js';
import { facts, matcher } from '../../src/store/facts.js';
import { openStore } from '../../src/store/open.js';
import type { PageRequest, PostFilter, Store } from '../../src/store/port.js';
import { keep, replay } from '../../src/store/projection.js';
import { standing } from '../../src/store/standing.js';
import { seededRandom } from '../support/random.js';
import { arrivals, filtersOf, judged, settled, wordsOf } from './store-posts.js';

/**
 * The benchmark of the embedded store: `node dist/test/bench/store.js [--size 1000000] [--machine NAME] [--dry]`. One file grows to 1,000,
 * 100,000 and a million posts; at each size batches are taken in as intake does it, pages and questions are asked, and every answer is
 * checked against the filter's own rule. At the end the log is read from its beginning. Results go to `test/bench/results/`, unless `--dry`.
 * `--filled FILE` takes a store that `--keep FILE` of an earlier run left in the place of growing to the largest size again.
 * Ten minutes on a machine that does nothing else; a goal that is missed is said, a wrong answer fails.
 *
 * Times are by the wall clock, less the time in which the thread was ready to run and other programs had the processor: waiting for the
 * disk counts. The time by the wall clock alone stands beside it; that of assessing, replay and start is processor time.
 */
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '1000000' },
    machine: { type: 'string' },
    filled: { type: 'string' },
    keep: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
});
const sizes = [1_000, 100_000, Number(values.size)].filter(
  (size, at, all) => all.indexOf(size) === at && size <= Number(values.size),
);
const goals = { insert: 20_000, page: 15, search: 50, replay: 50_000, growth: 2, start: 3_000 };
const repeats = 150;
/** Rounds of taking posts in; the median counts. */
const intakes = 9;
const pageLength = 50;

const folder = await mkdtemp(join(tmpdir(), 'tocsin-bench-'));
const path = join(folder, 'store.sqlite');
const open = () => openStore({ driver: 'sqlite', path, clock: systemClock, log: createLog('error') });

interface Times {
  p50: number;
  p99: number;
  worst: number;
}

function times(of: number[]): Times {
  const sorted = of.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), worst: at(1) };
}

/** Fills the store up to a size with posts that were assessed and partly decided. */
async function fill(store: Store, from: number, to: number): Promise<void> {
  // Large steps: what is measured is not how it got full.
  const step = 10_000;
  for (let n = from; n < to; n += step)
    await store.posts.save(
      Array.from({ length: Math.min(step, to - n) }, (_, at) => ({
        doc: settled(n + at),
        expectedVersion: 0,
        events: [],
      })),
    );
}

/** Posts a second: taken in in batches of 100, each with its event and two dedupe keys, then assessed as the runner does it. */
async function intake(
  store: Store,
  first: number,
  count: number,
): Promise<{ taken: number; wall: number; assessed: number }> {
  const batches = Array.from({ length: count / 100 }, (_, at) => arrivals(first + at * 100, 100));
  const waited = waitedMs();
  const before = performance.now();
  for (const batch of batches) {
    const outcomes = await store.posts.insertMany(batch);
    if (outcomes.some(({ duplicate }) => duplicate)) throw new Error('a new post was taken for a duplicate');
  }
  const wall = performance.now() - before;
  const own = wall - (waitedMs() - waited);
  const beganAssessing = processorMs();
  for (const batch of batches)
    await store.posts.save(
      batch.map(({ post }, at) => {
        const doc = { ...judged(post, seededRandom(first + at)), version: 2 };
        return { doc, expectedVersion: 1, events: [assessedEvent(doc, post.receivedAt)] };
      }),
    );
  const rate = (ms: number) => count / (ms / 1_000);
  return { taken: rate(own), wall: rate(wall), assessed: rate(processorMs() - beganAssessing) };
}

function check(request: PageRequest, items: Awaited<ReturnType<Store['posts']['page']>>['items']): void {
  const passes = matcher(request.filter);
  let before = Infinity;
  for (const post of items) {
    if (!passes(facts(post), () => post.text)) throw new Error(`a page has a post that the filter stops: ${post.id}`);
    const key = request.order === 'priority' ? (post.assessment?.priority.score ?? -1) : Date.parse(post.receivedAt);
    if (key > before) throw new Error('a page is out of order');
    before = key;
  }
}

/** Processor time of this thread, in which the store does all its work. Some systems count it in steps of 4 ms: for sums, not for pages. */
function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Milliseconds in which this thread was ready to run and did not; Linux tells. */
function waitedMs(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

async function ask(store: Store, make: (at: number) => PostFilter): Promise<Asked> {
  const took: number[] = [];
  const wall: number[] = [];
  let items = 0;
  for (let at = 0; at < repeats; at++) {
    const request: PageRequest = { filter: make(at), order: at % 2 === 0 ? 'priority' : 'newest', limit: pageLength };
    // Every third time it is the page after.
    const cursor = at % 3 === 0 ? (await store.posts.page(request)).next : undefined;
    const asked = cursor === undefined ? request : { ...request, cursor };
    const waited = waitedMs();
    const before = performance.now();
    const page = await store.posts.page(asked);
    const whole = performance.now() - before;
    wall.push(whole);
    took.push(whole - (waitedMs() - waited));
    check(asked, page.items);
    items += page.items.length;
  }
  return { times: times(took), wall: times(wall), items: items / repeats };
}

interface Asked {
  times: Times;
  /** By the wall clock. */
  wall: Times;
  items: number;
}

const told = (value: number) => Math.round(value).toLocaleString('en');
const ms = (value: number) => value.toFixed(value < 10 ? 2 : 0);
const table = new Map<string, Map<number, Asked>>();
const rates: { size: number; taken: number; wall: number; assessed: number }[] = [];
const missed: string[] = [];
const goal = (name: string, reached: boolean, told: string) => {
  if (!reached) missed.push(`${name}: ${told}`);
};

let store = await open();
let size = 0;
/** Posts that were taken in into this file, each with its event. */
let taken = 0;
for (const [round, next] of sizes.entries()) {
  console.error(`${Math.round(performance.now() / 1_000)} s: growing to ${told(next)} posts`);
  if (next === Number(values.size) && values.filled !== undefined) {
    await store.close();
    await rm(path);
    await copyFile(values.filled, path);
    store = await open();
    taken = 0;
  } else await fill(store, size, next);
  size = next;
  if (next === Number(values.size) && values.keep !== undefined) {
    // Closed, so that everything is in the one file.
    await store.close();
    await copyFile(path, values.keep);
    store = await open();
  }
  console.error(`${Math.round(performance.now() / 1_000)} s: asking`);
  const random = seededRandom(size);
  for (const [name, make] of Object.entries({ ...filtersOf(random), ...wordsOf(random) })) {
    const row = table.get(name) ?? new Map();
    row.set(size, await ask(store, make));
    table.set(name, row);
  }
  const rounds: Awaited<ReturnType<typeof intake>>[] = [];
  // The first of all rounds is the one in which the code is compiled: it does not count.
  if (rates.length === 0) {
    await intake(store, 9_000_000, 20_000);
    taken += 20_000;
  }
  for (let at = 0; at < intakes; at++)
    rounds.push(await intake(store, 10_000_000 + (round * intakes + at) * 20_000, 20_000));
  taken += intakes * 20_000;
  const middle = (of: 'taken' | 'wall' | 'assessed') => times(rounds.map((one) => one[of])).p50;
  const rate = { taken: middle('taken'), wall: middle('wall'), assessed: middle('assessed') };
  rates.push({ size, ...rate });
  goal(
    'posts a second',
    rate.taken >= goals.insert,
    `${told(rate.taken)} at ${told(size)} posts, goal ${told(goals.insert)}`,
  );
}

// As many events as there are posts and more: what a year of a country brings.
const events = Number(values.size);
for (let head = await store.log.head(); head < events; head += 1_000)
  await store.posts.save([
    { doc: settled(20_000_000 + head), expectedVersion: 0, events: tail(head, Math.min(1_000, events - head)) },
  ]);
const beganReplay = processorMs();
const whole = await replay(store, standing, 'beginning');
const replaySeconds = (processorMs() - beganReplay) / 1_000;
await keep(store, standing, whole);
await store.close();
const beganStart = processorMs();
store = await open();
const short = await replay(store, standing);
const startMs = processorMs() - beganStart;
if (standing.write(short.state) !== standing.write(whole.state))
  throw new Error('the snapshot gives another state than the log');
if (whole.state.size !== taken + Math.max(0, events - 2 * taken)) throw new Error('the log has not every post');
await store.close();

function tail(head: number, count: number) {
  return Array.from({ length: count }, (_, at) => ({
    id: `bench:${head + at}`,
    type: 'received' as const,
    at: '2026-03-01T12:00:00.000Z',
    postId: `tail ${head + at}`,
    data: { workspace: 'main' },
  }));
}
const largest = sizes.at(-1)!;
for (const [name, row] of table) {
  const limit = name.startsWith('words') ? goals.search : goals.page;
  const { p99 } = row.get(largest)!.times;
  goal(name, p99 <= limit, `p99 ${p99.toFixed(1)} ms at ${largest} posts, goal ${limit}`);
}
const cost = (n: number) => {
  const rows = [...table].filter(([name]) => !name.startsWith('words'));
  return times(rows.map(([, row]) => row.get(n)!.times.p50 / Math.max(1, row.get(n)!.items))).p50;
};
const growth = cost(largest) / cost(sizes[0]!);
goal('growth of a page', growth <= goals.growth, `${growth.toFixed(2)} times from ${sizes[0]} to ${largest}`);
const replayRate = whole.replayed / replaySeconds;
goal('replay', replayRate >= goals.replay, `${Math.round(replayRate)} events a second`);
goal('start', startMs <= goals.start, `${Math.round(startMs)} ms`);

const cpu = cpus()[0]?.model.trim() ?? 'unknown';
const slug = cpu.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
const machine = values.machine ?? `${slug.slice(0, 30)}-${cpus().length}`;
const date = new Date().toISOString().slice(0, 10);
const megabytes = Math.round((await stat(path)).size / 1e6);
const page = [
  `# Benchmark of the embedded store of ${date} on ${machine}\n`,
  `${cpus().length} x ${cpu}, Node ${process.versions.node}, synchronous=FULL; ${repeats} questions a cell. Every answer was checked; none was wrong.`,
  `Load of the machine at the end: ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores.\n`,
  missed.length === 0
    ? '**Every goal is reached.**\n'
    : `**Missed:**\n\n${missed.map((line) => `* ${line}`).join('\n')}\n`,
  `| page of ${pageLength}, ms (p50 / p99) | ${sizes.map((n) => n.toLocaleString('en')).join(' | ')} | by the wall clock | posts on it |`,
  `|---|${sizes.map(() => '---|').join('')}---|---|`,
  ...[...table].map(([name, row]) => {
    const pair = ({ p50, p99 }: Times) => `${ms(p50)} / ${ms(p99)}`;
    const { wall, items } = row.get(largest)!;
    return `| ${name} | ${sizes.map((n) => pair(row.get(n)!.times)).join(' | ')} | ${pair(wall)} | ${items.toFixed(0)} |`;
  }),
  `\nTime for which other programs kept the processor from a page does not count in it; the column by the wall clock, at ${told(largest)}, has it in.\n`,
  `| posts a second, batches of 100, median of ${intakes} | ${sizes.map((n) => n.toLocaleString('en')).join(' | ')} |`,
  `|---|${sizes.map(() => '---|').join('')}`,
  `| taken in | ${rates.map(({ taken }) => told(taken)).join(' | ')} |`,
  `| taken in, by the wall clock alone | ${rates.map(({ wall }) => told(wall)).join(' | ')} |`,
  `| assessed, by processor time | ${rates.map(({ assessed }) => told(assessed)).join(' | ')} |\n`,
  `* cost of a post on a page, ${told(sizes[0]!)} → ${told(largest)} posts: ${growth.toFixed(2)} times`,
  `* replay: ${told(replayRate)} events a second (${told(whole.replayed)} events)`,
  `* start with a snapshot after ${told(whole.seq)} events: ${told(startMs)} ms`,
  `* file: ${told(megabytes)} MB\n`,
].join('\n');
console.log(page);
if (!values.dry) {
  const results = join(import.meta.dirname, '..', '..', '..', 'test', 'bench', 'results');
  const report = {
    date,
    machine,
    cpu: `${cpus().length} x ${cpu}`,
    node: process.versions.node,
    missed,
    pages: Object.fromEntries([...table].map(([name, row]) => [name, Object.fromEntries(row)])),
    rates,
    growth,
    replay: { events: whole.replayed, perSecond: replayRate },
    startMs,
    megabytes,
  };
  await mkdir(results, { recursive: true });
  await writeFile(join(results, `${date}-${machine}-store.json`), `${JSON.stringify(report, undefined, 1)}\n`);
  await writeFile(join(results, `${date}-${machine}-store.md`), page);
}
await rm(folder, { recursive: true });
