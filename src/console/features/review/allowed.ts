import type { PostStatus } from '../../../contract/post.js';
import type { DecisionKind } from '../../../contract/review.js';

/** What is offered in each state. The service has the last word; this only keeps from asking for what it always refuses. */
const offered: Record<PostStatus, readonly DecisionKind[]> = {
  received: [],
  // Nothing was flagged, but somebody read it and knows better.
  unflagged: ['confirm', 'escalate'],
  open: ['confirm', 'not_hate', 'escalate'],
  escalated: ['confirm', 'not_hate', 'reopen'],
  confirmed: ['reopen'],
  not_hate: ['reopen'],
};

export const isOffered = (status: PostStatus, decision: DecisionKind): boolean => offered[status].includes(decision);

/** Whether a person has decided the post, so that taking back means this decision and not the one before. */
export const isDecided = (status: PostStatus): boolean => status === 'confirmed' || status === 'not_hate';
