import { describe, expect, it } from '@jest/globals';
import { fixedClock } from '../../src/base/clock.js';
import type { Principal } from '../../src/contract/account.js';
import { postStatuses } from '../../src/contract/post.js';
import { decisionKinds } from '../../src/contract/review.js';
import { createReview } from '../../src/review/decide.js';
import { transition } from '../../src/review/transitions.js';
import { openStore } from '../../src/store/open.js';
import { assessed, noon, received, row } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';

const allowed = new Set([
  'unflagged+confirm=confirmed',
  'unflagged+escalate=escalated',
  'open+confirm=confirmed',
  'open+not_hate=not_hate',
  'open+escalate=escalated',
  'escalated+confirm=confirmed',
  'escalated+not_hate=not_hate',
  'escalated+reopen=open',
  'confirmed+reopen=open',
  'not_hate+reopen=open',
]);

describe('every pair of state and decision', () => {
  it.each(postStatuses.flatMap((from) => decisionKinds.map((decision) => [from, decision] as const)))(
    '%s + %s',
    (from, decision) => {
      const to = transition(from, decision);
      const expected = [...allowed].find((line) => line.startsWith(`${from}+${decision}=`));
      expect(to).toBe(expected?.split('=')[1]);
    },
  );
});

const ana: Principal = { kind: 'user', id: 'u1', name: 'Ana', roles: ['moderator'], scopes: ['read', 'review'] };
const ben: Principal = { ...ana, id: 'u2', name: 'Ben' };

async function openPost() {
  const store = await openStore({ driver: 'memory', path: '', clock: fixedClock(noon), log: recordingLog() });
  const post = received('p1');
  await store.posts.insertMany([row(post)]);
  await store.posts.save([{ doc: assessed(post, { score: 50 }), expectedVersion: 1, events: [] }]);
  return {
    store,
    review: createReview({ store, clock: fixedClock(noon), digest: ({ version }) => `digest of ${version}` }),
  };
}

describe('a decision', () => {
  it('is kept with who, when and the level, and says so in the log', async () => {
    const { store, review } = await openPost();
    const post = await review.decide(
      'p1',
      { decision: 'confirm', level: 'top', note: 'clear call', expectedVersion: 2 },
      ana,
    );
    expect(post).toMatchObject({
      version: 3,
      status: 'confirmed',
      review: {
        level: 'top',
        history: [
          {
            decision: 'confirm',
            level: 'top',
            note: 'clear call',
            by: 'u1',
            byName: 'Ana',
            at: '2026-03-01T12:00:00.000Z',
          },
        ],
      },
    });
    const events = await store.log.read(0, 10, ['reviewed']);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ id: 'reviewed:p1:3', postId: 'p1' });
  });

  it('is undone by reopening, which erases nothing', async () => {
    const { review } = await openPost();
    await review.decide('p1', { decision: 'not_hate', expectedVersion: 2 }, ana);
    const post = await review.decide('p1', { decision: 'reopen', expectedVersion: 3 }, ana);
    expect(post.status).toBe('open');
    expect(post.review?.level).toBeUndefined();
    expect(post.review?.history.map((record) => record.decision)).toEqual(['not_hate', 'reopen']);
  });

  it('of the slower of two reviewers is refused with the fresh post', async () => {
    const { review } = await openPost();
    const results = await Promise.allSettled([
      review.decide('p1', { decision: 'not_hate', expectedVersion: 2 }, ana),
      review.decide('p1', { decision: 'escalate', expectedVersion: 2 }, ben),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = results.find((result) => result.status === 'rejected') as PromiseRejectedResult;
    expect(lost.reason).toMatchObject({ code: 'version_conflict', extra: { post: { id: 'p1', version: 3 } } });
  });

  it('that the state does not allow is refused with what is possible', async () => {
    const { review } = await openPost();
    await review.decide('p1', { decision: 'not_hate', expectedVersion: 2 }, ana);
    await expect(review.decide('p1', { decision: 'escalate', expectedVersion: 3 }, ben)).rejects.toMatchObject({
      code: 'transition_not_allowed',
      extra: { possible: ['reopen'] },
    });
  });

  it('about a post that is not there is refused', async () => {
    const { review } = await openPost();
    await expect(review.decide('nope', { decision: 'escalate', expectedVersion: 1 }, ana)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
