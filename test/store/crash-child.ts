// Run as a process of its own by sqlite.test.ts, which kills it: writes posts as fast as it can and names each one on
// stdout once the store has acknowledged it.
import { writeSync } from 'node:fs';
import { randomIds } from '../../src/base/ids.js';
import { systemClock } from '../../src/base/clock.js';
import { createLog } from '../../src/base/log.js';
import { assessedEvent } from '../../src/contract/event.js';
import { openStore } from '../../src/store/open.js';
import { assessed, received, row } from '../support/posts.js';

const store = await openStore({
  driver: 'sqlite',
  path: process.argv[2] ?? '',
  clock: systemClock,
  log: createLog('error'),
});
const ids = randomIds(systemClock);

async function write(): Promise<never> {
  for (;;) {
    const post = received(ids.ulid());
    await store.posts.insertMany([row(post, [`key of ${post.id}`])]);
    writeSync(1, `${post.id}\n`);
    const next = assessed(post, { score: 0.5, groups: ['G'], categories: ['T01'] });
    await store.posts.save([{ doc: next, expectedVersion: 1, events: [assessedEvent(next, post.receivedAt)] }]);
  }
}

// Several at once, so that transactions are shared.
await Promise.all(Array.from({ length: 5 }, write));
