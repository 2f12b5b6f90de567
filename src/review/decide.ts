import { instant } from '../base/clock.js';
import type { Clock } from '../base/clock.js';
import { AppError, VersionConflict } from '../base/errors.js';
import type { Principal } from '../contract/account.js';
import { reviewedEvent } from '../contract/event.js';
import type { Post } from '../contract/post.js';
import type { DecisionInput, DecisionRecord } from '../contract/review.js';
import type { Store } from '../store/port.js';
import { possible, transition } from './transitions.js';

export interface ReviewDeps {
  store: Store;
  clock: Clock;
  /** Digest of a post as it stands, for the audit chain. */
  digest: (post: Post) => string;
}

export interface Review {
  /**
   * Applies a decision to the version the reviewer saw. Throws `not_found`; `version_conflict` with the fresh post in `extra.post`
   * when somebody was faster; `transition_not_allowed` with the possible decisions.
   */
  decide(postId: string, input: DecisionInput, principal: Principal): Promise<Post>;
}

export function createReview({ store, clock, digest }: ReviewDeps): Review {
  return {
    async decide(postId, input, principal) {
      const post = await store.posts.get(postId);
      if (!post) throw new AppError('not_found', { detail: `there is no post ${postId}` });
      if (post.version !== input.expectedVersion) throw stale(post, input.expectedVersion);
      if (post.erased)
        throw new AppError('transition_not_allowed', {
          detail: `the content of this post was erased at ${post.erased.at}: there is nothing left to decide on`,
          extra: { status: post.status, possible: [] },
        });
      const next = transition(post.status, input.decision);
      if (!next) {
        throw new AppError('transition_not_allowed', {
          detail: `a post that is "${post.status}" cannot take the decision "${input.decision}"; possible: ${possible(post.status).join(', ') || 'none'}`,
          extra: { status: post.status, possible: possible(post.status) },
        });
      }
      const at = instant(clock);
      const record: DecisionRecord = {
        decision: input.decision,
        ...(input.level && { level: input.level }),
        ...(input.note && { note: input.note }),
        by: principal.id,
        byName: principal.name,
        at,
      };
      const history = [...(post.review?.history ?? []), record];
      const doc: Post = {
        ...post,
        version: post.version + 1,
        status: next,
        review: { history, ...(input.level && { level: input.level }) },
      };
      const trace = {
        by: principal.id,
        byKind: principal.kind,
        decision: input.decision,
        before: digest(post),
        after: digest(doc),
      };
      try {
        await store.posts.save([{ doc, expectedVersion: post.version, events: [reviewedEvent(doc, at, trace)] }]);
      } catch (error) {
        const fresh = error instanceof VersionConflict ? await store.posts.get(postId) : undefined;
        throw fresh ? stale(fresh, input.expectedVersion) : error;
      }
      return doc;
    },
  };
}

function stale(post: Post, expected: number): AppError {
  const last = post.review?.history.at(-1);
  return new AppError('version_conflict', {
    detail: last
      ? `${last.byName} decided "${last.decision}" meanwhile`
      : `the post is at version ${post.version}, not ${expected}`,
    extra: { expected, actual: post.version, post },
  });
}
