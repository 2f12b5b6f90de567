import type { PostStatus } from '../contract/post.js';
import type { DecisionKind } from '../contract/review.js';

/**
 * Which decision may follow which state, and what it leads to. Pure and whole: every pair that is absent is refused. A post that no
 * engine flagged may be confirmed or escalated by a person who reads it; one still waiting for its assessment may not be decided.
 */
const table: Record<PostStatus, Partial<Record<DecisionKind, PostStatus>>> = {
  received: {},
  unflagged: { confirm: 'confirmed', escalate: 'escalated' },
  open: { confirm: 'confirmed', not_hate: 'not_hate', escalate: 'escalated' },
  escalated: { confirm: 'confirmed', not_hate: 'not_hate', reopen: 'open' },
  confirmed: { reopen: 'open' },
  not_hate: { reopen: 'open' },
};

/** The state after the decision, or `undefined` when it is not possible from here. */
export function transition(from: PostStatus, decision: DecisionKind): PostStatus | undefined {
  return table[from][decision];
}

/** Decisions possible from a state. */
export const possible = (from: PostStatus): DecisionKind[] => Object.keys(table[from]) as DecisionKind[];
