import type { Post } from './post.js';

/** What the log carries. Rooms meet through it and never call each other. */
export const eventTypes = ['received', 'assessed', 'reviewed', 'demo_removed'] as const;
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

export const reviewedEvent = (post: Post, at: string): NewEvent => ({
  id: `reviewed:${post.id}:${post.version}`,
  type: 'reviewed',
  at,
  postId: post.id,
  data: { workspace: post.workspace, status: post.status },
});
