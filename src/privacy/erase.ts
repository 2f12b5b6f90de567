import { instant } from '../base/clock.js';
import type { Clock } from '../base/clock.js';
import { AppError, VersionConflict } from '../base/errors.js';
import type { Actor } from '../contract/audit.js';
import { erasedEvent } from '../contract/event.js';
import type { Post } from '../contract/post.js';
import type { Store, Write } from '../store/port.js';
import { bare } from './bare.js';

export interface EraseDeps {
  /** The store itself: to forget words nobody needs to read them. */
  store: Pick<Store, 'posts' | 'scrub'>;
  clock: Clock;
  /** Ids of posts under legal hold. */
  held: () => Promise<ReadonlySet<string>>;
  /** Digest of a post as it stands, for the audit chain. */
  digest: (post: Post) => string;
}

/** What is left of a post: where it stood in the counts, and that, when, why and by whom its content was erased. */
export function tombstone(post: Post, erased: NonNullable<Post['erased']>): Post {
  return {
    ...bare(post),
    version: post.version + 1,
    // Nobody can decide on words that are not there; level, groups and grounds stay for the counts.
    status: post.status === 'confirmed' || post.status === 'not_hate' ? post.status : 'unflagged',
    erased,
  };
}

/** The write that leaves a tombstone, with its event. */
export function erasure(
  post: Post,
  actor: Actor,
  at: string,
  why: Pick<NonNullable<Post['erased']>, 'cause' | 'reason'>,
  digest: EraseDeps['digest'],
): Write<Post> {
  const doc = tombstone(post, { at, by: actor.id, ...why });
  const trace = { by: actor.id, byKind: actor.kind, cause: why.cause, before: digest(post), after: digest(doc) };
  return { doc, expectedVersion: post.version, events: [erasedEvent(doc, at, trace)] };
}

/**
 * Erases the content of one post because somebody asked for it. Throws `not_found`, and `transition_not_allowed` when it is
 * under legal hold or erased already.
 */
export async function erasePost(
  { store, clock, held, digest }: EraseDeps,
  id: string,
  reason: string,
  actor: Actor,
): Promise<Post> {
  for (;;) {
    const post = await store.posts.get(id);
    if (!post) throw new AppError('not_found', { detail: `There is no post ${id}` });
    if (post.erased)
      throw new AppError('transition_not_allowed', { detail: `The content of ${id} was erased at ${post.erased.at}` });
    if ((await held()).has(id))
      throw new AppError('transition_not_allowed', { detail: `The post ${id} is under legal hold: release it first` });
    const write = erasure(post, actor, instant(clock), { cause: 'request', reason }, digest);
    try {
      await store.posts.save([write]);
    } catch (error) {
      // Somebody decided meanwhile: what stands now is erased.
      if (error instanceof VersionConflict) continue;
      throw error;
    }
    await store.scrub();
    return write.doc;
  }
}
