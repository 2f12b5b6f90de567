import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { fixedClock } from '../../src/base/clock.js';
import type { AuditInput } from '../../src/contract/audit.js';
import { createPrivacyRoom } from '../../src/privacy/privacy.js';
import { createSchedule } from '../../src/privacy/schedule.js';
import type { Schedule } from '../../src/privacy/schedule.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/port.js';
import { noon, received, row } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';

const hour = 3_600_000;
const day = 24 * hour;
let clock: ReturnType<typeof fixedClock>;
let log: ReturnType<typeof recordingLog>;
let store: Store;
let told: AuditInput[];
beforeEach(async () => {
  clock = fixedClock(noon);
  log = recordingLog();
  told = [];
  store = await openStore({ driver: 'memory', path: '', clock, log });
});
afterEach(() => {
  jest.useRealTimers();
});

const record = async (input: AuditInput) => told.push(input);

/** As the service makes it; called again it is what the next start makes of the same store. */
function schedule(held: string[] = []): Schedule {
  const privacy = createPrivacyRoom({
    store,
    raw: store,
    settings: store.settings,
    clock,
    held: async () => new Set(held),
    digest: ({ version }) => `digest of ${version}`,
    record,
    defaults: async () => [{ level: 'none', days: 7 }],
  });
  return createSchedule({ settings: store.settings, run: privacy.run, record, clock, log });
}

/** Posts that were found harmless so many days ago. */
async function put(...ages: number[]): Promise<void> {
  for (const age of ages) {
    const post = received(`${age} days`, -age * day);
    await store.posts.insertMany([row(post)]);
    const doc = { ...post, version: 2, status: 'not_hate' as const };
    await store.posts.save([{ doc, expectedVersion: 1, events: [] }]);
  }
}
const erased = async () => {
  const { items } = await store.posts.page({ filter: {}, order: 'newest', limit: 100 });
  return items.filter((post) => post.erased).map(({ id }) => id);
};

it('only says at first what would go, and erases it a day later', async () => {
  await put(1, 6, 8, 30);
  const { look } = schedule();
  await look();
  expect(await erased()).toEqual([]);
  expect(log.lines.at(-1)?.fields).toEqual({ seen: 4, due: 2, held: 0 });
  clock.advance(day - 1);
  await look();
  expect([await erased(), told]).toEqual([[], []]);
  clock.advance(1);
  await look();
  // A day older, one more is due.
  expect(await erased()).toEqual(['6 days', '8 days', '30 days']);
  expect(log.lines.at(-1)?.fields).toEqual({ seen: 4, erased: 3, held: 0 });
  const actor = { kind: 'system', id: 'retention' };
  expect(told).toMatchObject([
    { action: 'retention', actor, detail: { posts: 3 } },
    { action: 'retention', actor, detail: { run: 'daily', seen: 4, erased: 3, held: 0 } },
  ]);
});

it('neither repeats nor skips a day when the service starts anew, and never touches a legal hold', async () => {
  await put(8, 9);
  await schedule().look();
  clock.advance(day);
  await schedule(['9 days']).look();
  expect(await erased()).toEqual(['8 days']);
  await put(10);
  clock.advance(hour);
  await schedule(['9 days']).look();
  expect(await erased()).toEqual(['8 days']);
  clock.advance(3 * day);
  await schedule(['9 days']).look();
  expect(await erased()).toEqual(['8 days', '10 days']);
});

it('runs although the clock was set back', async () => {
  await put(60);
  await schedule().look();
  clock.advance(-30 * day);
  await schedule().look();
  expect(await erased()).toEqual(['60 days']);
});

it('tells of a run that failed and tries again', async () => {
  await put(8);
  await schedule().look();
  clock.advance(day);
  const whole = store.posts.page;
  store.posts.page = async () => Promise.reject(new Error('lost'));
  await schedule().look();
  expect(log.lines.at(-1)).toMatchObject({ level: 'error' });
  store.posts.page = whole;
  await schedule().look();
  expect(await erased()).toEqual(['8 days']);
});

it('looks at the start and every quarter of an hour, one run at a time, until it is stopped', async () => {
  jest.useFakeTimers();
  const runs: AbortSignal[] = [];
  const ends: (() => void)[] = [];
  const { start, stop } = createSchedule({
    settings: store.settings,
    run: async (dryRun, _actor, signal) => {
      runs.push(signal);
      await new Promise<void>((resolve) => ends.push(resolve));
      return { dryRun, seen: 0, lines: [] };
    },
    record,
    clock,
    log,
  });
  start();
  await jest.advanceTimersByTimeAsync(hour);
  expect(runs).toHaveLength(1);
  ends[0]!();
  clock.advance(day);
  await jest.advanceTimersByTimeAsync(hour / 4);
  expect(runs).toHaveLength(2);
  const stopped = stop();
  expect(runs[1]!.aborted).toBe(true);
  ends[1]!();
  await stopped;
  // Broken off, it does not count as a run.
  expect(told).toEqual([]);
  clock.advance(day);
  await jest.advanceTimersByTimeAsync(hour);
  expect(runs).toHaveLength(2);
});
