import type { Post } from './post.js';

/**
 * The live stream, over Socket.IO (same origin, cookie session, or `auth: { key }` with an API key of scope `read`).
 *
 * The client emits `follow` with the last cursor it has seen (0 or absent: from now on, after loading the queue by HTTP).
 * The server answers with the backlog since then and goes on live, without a gap or a repeat: every `change` carries
 * a cursor greater than the one before. Only posts that are or were flagged travel.
 */
export interface Change {
  cursor: number;
  kind: 'flagged' | 'reviewed' | 'demo_removed';
  /** The post as it is now; absent for `demo_removed`. */
  post?: Post;
}

export interface ClientToServer {
  follow(request: { cursor?: number }, ack: (answer: { cursor: number } | { error: string }) => void): void;
}

export interface ServerToClient {
  changes(batch: Change[]): void;
}
