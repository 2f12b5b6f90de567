import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../src/base/errors.js';
import { fixedClock } from '../../src/base/clock.js';
import type { Pool } from '../../src/classify/pool.js';
import { consumer, createRunner } from '../../src/classify/runner.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/port.js';
import { assessment, noon, received, row } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';

const clock = fixedClock(noon);

function setup() {
  return openStore({ driver: 'memory', path: '', clock, log: recordingLog() });
}

/** Counts how often each text was assessed; texts with "!" are flagged. */
function countingPool(): Pool & { seen: Map<string, number> } {
  const seen = new Map<string, number>();
  return {
    seen,
    waiting: 0,
    async assess(items) {
      for (const { text } of items) seen.set(text, (seen.get(text) ?? 0) + 1);
      return items.map(({ text }) => assessment({ score: text.includes('!') ? 40 : 0 }));
    },
    close: async () => {},
  };
}

const start = (store: Store, pool: Pool, log = recordingLog()) => {
  const stop = new AbortController();
  const runner = createRunner({ store, pool, clock, log, signal: stop.signal });
  runner.start();
  return { runner, stop };
};

describe('the runner', () => {
  it('assesses what was there before it started and what comes after, and opens what is flagged', async () => {
    const store = await setup();
    const pool = countingPool();
    await store.posts.insertMany([row(received('a', 0, { text: 'quiet' }))]);
    const { runner } = start(store, pool);
    await runner.idle();
    await store.posts.insertMany([row(received('b', 1, { text: 'loud!' }))]);
    await runner.idle();
    expect((await store.posts.get('a'))?.status).toBe('unflagged');
    expect((await store.posts.get('b'))?.status).toBe('open');
    expect(await runner.lag()).toBe(0);
    await runner.stop();
  });

  it('assesses nothing twice when it died between the assessments and its cursor', async () => {
    const store = await setup();
    const pool = countingPool();
    await store.posts.insertMany(['a', 'b', 'c'].map((id, i) => row(received(id, i))));
    const first = start(store, pool);
    await first.runner.idle();
    await first.runner.stop();
    await store.log.setCursor(consumer, 0);
    const second = start(store, pool);
    await second.runner.idle();
    await second.runner.stop();
    expect([...pool.seen.values()]).toEqual([1, 1, 1]);
    const events = await store.log.read(0, 100, ['assessed']);
    expect(events.map((event) => event.postId).sort()).toEqual(['a', 'b', 'c']);
  });

  it('tries again when the pool fails, and says so', async () => {
    const store = await setup();
    const pool = countingPool();
    let failures = 1;
    const flaky: Pool = {
      ...pool,
      assess: (items) => (failures-- > 0 ? Promise.reject(new Error('worker lost')) : pool.assess(items)),
    };
    await store.posts.insertMany([row(received('a'))]);
    const log = recordingLog();
    const { runner } = start(store, flaky, log);
    await runner.idle();
    await runner.stop();
    expect((await store.posts.get('a'))?.status).toBe('unflagged');
    expect(log.lines.map((line) => line.message)).toEqual(['classification failed; trying again']);
  });

  it('leaves a post that no worker survives waiting, says which, and goes on with the others', async () => {
    const store = await setup();
    const pool = countingPool();
    const deadly: Pool = {
      ...pool,
      assess: (items) =>
        items.some(({ text }) => text === 'deadly') ? Promise.reject(new AppError('internal')) : pool.assess(items),
    };
    await store.posts.insertMany(['a', 'deadly', 'c'].map((id, i) => row(received(id, i, { text: id }))));
    const log = recordingLog();
    const { runner } = start(store, deadly, log);
    await runner.idle();
    await runner.stop();
    expect((await store.posts.getMany(['a', 'deadly', 'c'])).map((post) => post.status)).toEqual([
      'unflagged',
      'received',
      'unflagged',
    ]);
    expect(log.lines.map((line) => line.fields['post'])).toEqual(['deadly']);
  });

  it('stops at once while it waits', async () => {
    const store = await setup();
    const { runner } = start(store, countingPool());
    await runner.idle();
    await runner.stop();
    await store.posts.insertMany([row(received('late'))]);
    expect((await store.posts.get('late'))?.status).toBe('received');
  });
});
