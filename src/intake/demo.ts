import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { instant } from '../base/clock.js';
import type { Clock } from '../base/clock.js';
import { AppError } from '../base/errors.js';
import type { Log } from '../base/log.js';
import type { Store } from '../store/port.js';
import type { Intake } from './submit.js';

/** Posted at once at the start, so that a new console has something to show within seconds. */
const first = 40;
/** The demo's posts claim to have been published over this long before they are sent. */
const spreadMs = 6 * 3_600_000;
/** Name of the setting that remembers how far the demo came. */
const setting = 'demo';

export interface DemoDeps {
  store: Store;
  intake: Intake;
  clock: Clock;
  log: Log;
  /** Folder of the samples: every `*.jsonl` in it, one invented post a line. */
  folder: string;
  signal: AbortSignal;
  /** Between two posts after the first forty. */
  intervalMs: number;
}

export interface Demo {
  /**
   * Begins to replay the samples when the store has never held a post, or goes on where an earlier process stopped.
   * Does nothing once the demo was removed. Resolves when it is decided; the replay goes on by itself.
   */
  start(): Promise<void>;
  /** Resolves when no replay is running any more. Never rejects: what failed is in the log. */
  done(): Promise<void>;
  /** `active` while a replay is running or its posts are there; `posted` counts the samples sent so far. */
  status(): Promise<{ active: boolean; posted: number }>;
  /** Stops the replay for good and removes every post of it. Returns how many posts were removed. */
  remove(by: string): Promise<number>;
  stop(): Promise<void>;
}

interface State {
  phase: 'running' | 'done' | 'removed';
  /** Samples sent, in the order of `load`. */
  posted: number;
}

/** One sample, with a name of its own that no restart changes. */
interface Sample {
  id: string;
  row: Record<string, unknown>;
}

export function createDemo({ store, intake, clock, log, folder, signal, intervalMs }: DemoDeps): Demo {
  const own = new AbortController();
  const stopping = AbortSignal.any([signal, own.signal]);
  let running: Promise<void> = Promise.resolve();

  const load = async () => (await store.settings.get(setting)) as State | undefined;

  /** Submits; when too much is waiting already, waits like everybody else. */
  const submit = async (rows: unknown[]) => {
    for (;;) {
      try {
        return (await intake.submit(rows, { via: 'demo', by: 'demo', workspace: 'demo' })).results;
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'overloaded') throw error;
        await pause(intervalMs, undefined, { signal: stopping });
      }
    }
  };

  /** Sends samples from `posted` on. Killed between sending and remembering, it sends again: the ids make that harmless. */
  const replay = async (samples: Sample[], posted: number): Promise<void> => {
    for (let at = posted; at < samples.length;) {
      stopping.throwIfAborted();
      const end = at < first ? Math.min(first, samples.length) : at + 1;
      const rows = samples.slice(at, end).map(({ id, row }, offset) => ({
        ...row,
        externalId: id,
        publishedAt: new Date(clock.now() - published(at + offset, samples.length)).toISOString(),
      }));
      const results = await submit(rows);
      for (const { index, outcome, errors } of results)
        if (outcome === 'rejected') log.warn({ sample: samples[at + index]?.id, errors }, 'a sample was not taken');
      at = end;
      await store.settings.set(setting, {
        phase: at < samples.length ? 'running' : 'done',
        posted: at,
      } satisfies State);
      if (at < samples.length) await pause(intervalMs, undefined, { signal: stopping });
    }
  };

  const run = async (posted: number): Promise<void> => {
    try {
      const samples = await readSamples(folder, log);
      if (samples.length === 0) log.info({ folder }, 'there are no samples: no demo');
      else await replay(samples, posted);
    } catch (error) {
      if (!stopping.aborted) log.error({ err: error }, 'the demo stopped');
    }
  };

  const clear = (by: string) =>
    store.posts.removeWorkspace('demo', [
      { id: 'demo_removed', type: 'demo_removed', at: instant(clock), postId: '', data: { by } },
    ]);

  const total = async (workspace?: 'demo') => {
    const counts = await store.posts.counts(workspace);
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  };

  return {
    async start() {
      const state = await load();
      if (state?.phase === 'removed') {
        // Killed between the decision and the deed.
        if ((await total('demo')) > 0) await clear('unknown');
      } else if (state?.phase === 'running' || (state === undefined && (await total()) === 0))
        running = run(state?.posted ?? 0);
    },
    done: () => running,
    async status() {
      const state = await load();
      const active = state !== undefined && state.phase !== 'removed';
      return { active, posted: state?.posted ?? 0 };
    },
    async remove(by) {
      own.abort();
      await running;
      const state = await load();
      await store.settings.set(setting, { phase: 'removed', posted: state?.posted ?? 0 } satisfies State);
      const removed = await clear(by);
      log.info({ by, removed }, 'the demo was removed');
      return removed;
    },
    async stop() {
      own.abort();
      await running;
    },
  };
}

/** How long before now the sample at this place claims to have been published: the first the longest ago. */
function published(at: number, of: number): number {
  return Math.round(spreadMs * (1 - at / of));
}

/**
 * Every sample of the folder, dealt out of the files in turn, so that the first few are of every kind. What a row says
 * of the expected verdict is for tests and is left out.
 */
async function readSamples(folder: string, log: Log): Promise<Sample[]> {
  const files: Sample[][] = [];
  for (const name of await namesOf(folder)) {
    const lines = (await readFile(join(folder, name), 'utf8')).split('\n');
    files.push(
      lines.flatMap((line, at) => {
        if (line.trim() === '') return [];
        const row = parse(line);
        if (row) return [{ id: `demo:${name}:${at + 1}`, row }];
        log.warn({ file: name, line: at + 1 }, 'a sample is no JSON object');
        return [];
      }),
    );
  }
  const longest = Math.max(0, ...files.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => files.flatMap((file) => file[at] ?? [])).flat();
}

async function namesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const { expect: _, ...row } = value as Record<string, unknown>;
    return row;
  } catch {
    // No JSON: the caller names the line.
    return undefined;
  }
}
