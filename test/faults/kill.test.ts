import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openAccounts } from '../../src/app.js';
import { systemClock } from '../../src/base/clock.js';
import { readConfig } from '../../src/config.js';
import { openStore } from '../../src/store/open.js';
import { startApp, testEnv } from '../support/app.js';
import { serve } from '../support/process.js';
import { recordingLog } from '../support/recording-log.js';

const kills = 20;
const senders = 4;
const batchRows = 25;

describe('killed while posts come in', () => {
  let home: string;
  let key: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'tocsin-kill-'));
    const accounts = await openAccounts(readConfig({ ...testEnv, TOCSIN_HOME: home }), { log: recordingLog() });
    ({ secret: key } = await accounts.keys.add({ name: 'sender', scopes: ['ingest', 'read'] }, 'test'));
    await accounts.close();
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  /** Sends batch after batch until the service is gone; returns the ids of what was acknowledged. */
  async function sendUntilGone(url: string, round: number, sender: number, acknowledged: (ids: string[]) => void) {
    for (let batch = 0; ; batch++) {
      const rows = Array.from({ length: batchRows }, (_, row) => ({
        text: `${row % 3 === 0 ? 'blorven' : 'fine'} ${round} ${sender} ${batch} ${row}`,
        externalId: `${round}-${sender}-${batch}-${row}`,
        source: { name: 'kill' },
      }));
      let answer: Response;
      let body: { results: { id: string; outcome: string }[] };
      try {
        answer = await fetch(`${url}/v1/posts`, {
          method: 'POST',
          headers: { 'x-api-key': key, 'content-type': 'application/json' },
          body: JSON.stringify(rows),
        });
        body = (await answer.json()) as typeof body;
      } catch {
        // The process is gone, and with it the answer: what it would have said was never acknowledged.
        return;
      }
      expect([answer.status, body.results.map(({ outcome }) => outcome)]).toEqual([202, rows.map(() => 'accepted')]);
      acknowledged(body.results.map(({ id }) => id));
    }
  }

  it(`loses nothing it acknowledged and assesses nothing twice, over ${kills} kills`, async () => {
    const acknowledged = new Set<string>();
    for (let round = 0; round < kills; round++) {
      const { child, url } = await serve({ TOCSIN_HOME: home, TOCSIN_LOG: 'error' });
      const gone = once(child, 'exit');
      let batches = 0;
      const sending = Array.from({ length: senders }, (_, sender) =>
        sendUntilGone(url, round, sender, (ids) => {
          for (const id of ids) {
            expect(acknowledged.has(id)).toBe(false);
            acknowledged.add(id);
          }
          batches += 1;
          // In the middle of the next batches, at another moment each time.
          if (batches === 3 + (round % 7)) child.kill('SIGKILL');
        }),
      );
      await Promise.all(sending);
      expect((await gone)[1]).toBe('SIGKILL');
    }
    expect(acknowledged.size).toBeGreaterThanOrEqual(kills * 3 * batchRows);

    const last = await startApp({ TOCSIN_HOME: home });
    await last.app.idle();
    await last.app.stop();

    const store = await openStore({
      driver: 'sqlite',
      path: join(home, 'tocsin.db'),
      clock: systemClock,
      log: recordingLog(),
    });
    try {
      const times = { received: new Map<string, number>(), assessed: new Map<string, number>() };
      for (let after = 0; ;) {
        const events = await store.log.read(after, 1_000);
        if (events.length === 0) break;
        after = events.at(-1)!.seq;
        for (const { type, postId } of events)
          if (type === 'received' || type === 'assessed') times[type].set(postId, (times[type].get(postId) ?? 0) + 1);
      }
      const posts = await store.posts.getMany([...acknowledged]);
      expect(new Set(posts.map(({ id }) => id))).toEqual(acknowledged);
      // What was written and not acknowledged in time is there once as well, and assessed.
      expect(times.assessed).toEqual(times.received);
      expect([...times.assessed.values()].every((count) => count === 1)).toBe(true);
      for (const post of posts) {
        expect(times.received.get(post.id)).toBe(1);
        expect([post.version, post.status]).toEqual([2, post.text.startsWith('blorven') ? 'open' : 'unflagged']);
      }
      const counts = await store.posts.counts();
      expect(counts.open + counts.unflagged).toBe(times.received.size);
      expect(counts.received).toBe(0);
    } finally {
      await store.close();
      await last.stop();
    }
  }, 180_000);
});
