import type { Assessment } from '../../src/engine/types.js';
import { receivedEvent } from '../../src/contract/event.js';
import type { NewEvent } from '../../src/contract/event.js';
import type { Post } from '../../src/contract/post.js';
import type { NewPost } from '../../src/store/port.js';

/** Tests' present: 2026-03-01T12:00:00Z. */
export const noon = Date.UTC(2026, 2, 1, 12);

export const at = (ms: number): string => new Date(noon + ms).toISOString();

/** An assessment with nothing in it, but for what is given. */
export function assessment(parts: Partial<Assessment> & { score?: number } = {}): Assessment {
  const { score = 0, ...rest } = parts;
  const unknown = { grade: 'U' as const, reason: 'not known' };
  return {
    revision: 'test',
    language: { code: 'eng', script: 'Latn', confidence: 1, alternatives: [] },
    coverage: { covered: true, packs: [] },
    flagged: score > 0,
    level: score > 0 ? 'intermediate' : 'none',
    severity: score > 0 ? 3 : 0,
    groups: [],
    grounds: [],
    functions: [],
    categories: [],
    findings: [],
    rabat: {
      context: unknown,
      speaker: unknown,
      intent: unknown,
      content: unknown,
      extent: unknown,
      likelihood: unknown,
    },
    confidence: 0,
    priority: { score, parts: [] },
    explanation: [],
    ...rest,
  };
}

/** A post as intake writes it, received `ms` after noon. */
export function received(id: string, ms = 0, parts: Partial<Post> = {}): Post {
  return {
    id,
    version: 1,
    text: `text of ${id}`,
    workspace: 'main',
    receivedAt: at(ms),
    via: 'api',
    status: 'received',
    ...parts,
  };
}

/** A row for `insertMany` with its event. */
export function row(post: Post, dedupe: string[] = []): NewPost {
  return { post, dedupe, events: [receivedEvent(post, post.receivedAt)] };
}

/** The same post one version later. */
export function assessed(post: Post, parts: Parameters<typeof assessment>[0] = {}): Post {
  const verdict = assessment(parts);
  return { ...post, version: post.version + 1, status: verdict.flagged ? 'open' : 'unflagged', assessment: verdict };
}

/** An event of no particular meaning. */
export function reviewed(id: string, postId = ''): NewEvent {
  return { id, type: 'reviewed', at: at(0), postId, data: { n: id } };
}

export const idsOf = (posts: { id: string }[]): string[] => posts.map(({ id }) => id);
