import type { Post } from './post.js';

/** What the log carries. Rooms meet through it and never call each other. */
export const eventTypes = ['received', 'assessed', 'reviewed', 'erased', 'demo_removed'] as const;
export type EventType = (typeof eventTypes)[number];

/** An event before the log gave it a place. The id is derived from what happened, so that doing it twice appends once. */
export interface NewEvent {
  id: string;
  type: EventType;
  at: string;
  /** Empty for events that concern no single post. */
  postId: string;
  data: Record<string, unknown>;
}

export interface LogEvent extends NewEvent {
  /** Strictly increasing; consumers keep it as their cursor. */
  seq: number;
}

export const receivedEvent = (post: Post, at: string): NewEvent => ({
  id: `received:${post.id}`,
  type: 'received',
  at,
  postId: post.id,
  data: { workspace: post.workspace },
});

export const assessedEvent = (post: Post, at: string): NewEvent => ({
  id: `assessed:${post.id}:${post.version}`,
  type: 'assessed',
  at,
  postId: post.id,
  data: { workspace: post.workspace, flagged: post.assessment?.flagged ?? false },
});

/** What the audit chain tells of a change: who, and digests of the post before and after. */
export interface Trace {
  by: string;
  byKind: 'user' | 'key' | 'cli' | 'system';
  before: string;
  after: string;
}

export const reviewedEvent = (post: Post, at: string, trace: Trace & { decision: string }): NewEvent => ({
  id: `reviewed:${post.id}:${post.version}`,
  type: 'reviewed',
  at,
  postId: post.id,
  data: { workspace: post.workspace, status: post.status, ...trace },
});

/** The content of a post is gone, by its retention rule or because somebody asked for it. */
export const erasedEvent = (post: Post, at: string, trace: Trace & { cause: 'retention' | 'request' }): NewEvent => ({
  id: `erased:${post.id}:${post.version}`,
  type: 'erased',
  at,
  postId: post.id,
  data: { workspace: post.workspace, status: post.status, ...trace },
});
