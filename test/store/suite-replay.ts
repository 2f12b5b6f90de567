import { describe, expect, it } from '@jest/globals';
import { assessedEvent, reviewedEvent } from '../../src/contract/event.js';
import type { Post } from '../../src/contract/post.js';
import type { Store } from '../../src/store/port.js';
import { follow, keep, replay } from '../../src/store/projection.js';
import { countsOf, standing } from '../../src/store/standing.js';
import { assessed, at, received, row } from '../support/posts.js';
import { seededRandom } from '../support/random.js';

/** The log as the one source: every way to a state gives the same bytes. */
export function replaySuite(store: () => Store): void {
  describe('replay', () => {
    it('into an empty projection gives the same state byte for byte, snapshots or not, and the counters agree', async () => {
      const random = seededRandom(11);
      const posts = new Map<string, Post>();
      let live = await replay(store(), standing, 'beginning');
      let inserted = 0;
      let removed = 0;
      const decisions = ['confirmed', 'not_hate', 'escalated', 'open'] as const;

      const trace = { by: 'u', byKind: 'user', before: '', after: '', decision: 'confirm' } as const;
      const save = async (doc: Post, assess: boolean) => {
        const event = assess ? assessedEvent(doc, at(inserted)) : reviewedEvent(doc, at(inserted), trace);
        await store().posts.save([{ doc, expectedVersion: doc.version - 1, events: [event] }]);
        posts.set(doc.id, doc);
      };
      for (let step = 0; step < 60; step++) {
        const dice = random.int(10);
        if (dice < 4) {
          const batch = Array.from({ length: 1 + random.int(3) }, () =>
            received(`p${inserted++}`, inserted, { workspace: random.int(4) === 0 ? 'demo' : 'main' }),
          );
          await store().posts.insertMany(batch.map((post) => row(post)));
          for (const post of batch) posts.set(post.id, post);
        } else if (dice < 9) {
          const post = [...posts.values()][random.int(Math.max(1, posts.size))];
          if (post?.status === 'received') await save(assessed(post, { score: random.pick([0, 0.5]) }), true);
          else if (post) await save({ ...post, version: post.version + 1, status: random.pick(decisions) }, false);
        } else {
          const event = {
            id: `demo_removed:${removed++}`,
            type: 'demo_removed' as const,
            at: at(0),
            postId: '',
            data: {},
          };
          await store().posts.removeWorkspace('demo', [event]);
          for (const [id, post] of posts) if (post.workspace === 'demo') posts.delete(id);
        }
        // A consumer that lived through it all, and keeps where it stands now and then.
        live = await follow(store(), standing, live);
        if (step === 20 || step === 45) await keep(store(), standing, live);
      }

      const whole = await replay(store(), standing, 'beginning');
      const short = await replay(store(), standing);
      expect(live.state.size).toBeGreaterThan(10);
      expect(removed).toBeGreaterThan(1);
      expect(standing.write(whole.state)).toBe(standing.write(live.state));
      expect(standing.write(short.state)).toBe(standing.write(live.state));
      expect(short.replayed).toBeLessThan(whole.replayed);
      expect([short.seq, whole.seq]).toEqual([await store().log.head(), await store().log.head()]);
      expect(whole.state.size).toBe(posts.size);
      for (const workspace of ['main', 'demo', undefined] as const)
        expect(countsOf(whole.state, workspace)).toEqual(await store().posts.counts(workspace));
    });

    it('begins anew where a snapshot cannot be read or is of another log', async () => {
      await store().posts.insertMany([row(received('A'))]);
      const whole = await replay(store(), standing, 'beginning');
      for (const snapshot of [
        { seq: 1, state: 'not one of ours' },
        { seq: 99, state: '"B" 1' },
      ]) {
        await store().snapshots.put(standing.name, snapshot);
        expect(await replay(store(), standing)).toEqual(whole);
      }
    });
  });
}
