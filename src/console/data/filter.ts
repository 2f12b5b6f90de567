import type { Post, PostStatus } from '../../contract/post.js';
import { hasTokens, queryTokens } from '../../contract/search.js';

/** What of the queue is looked at. Empty lists mean "all". */
export interface Filter {
  status: PostStatus[];
  level: string[];
  language: string[];
  country: string[];
  group: string[];
  category: string[];
  workspace?: 'main' | 'demo';
  /** Words of the text, all of them. */
  q?: string;
  order: 'priority' | 'newest';
}

/** The same filter as the query of `GET /v1/posts`. */
export function toQuery(filter: Filter): URLSearchParams {
  const query = new URLSearchParams({ order: filter.order });
  for (const name of ['status', 'level', 'language', 'country', 'group', 'category'] as const) {
    if (filter[name].length > 0) query.set(name, filter[name].join(','));
  }
  if (filter.workspace) query.set('workspace', filter.workspace);
  if (filter.q) query.set('q', filter.q);
  return query;
}

const among = (wanted: readonly string[], has: readonly (string | undefined)[]) =>
  wanted.length === 0 || wanted.some((value) => has.includes(value));

/** Whether a post belongs in a list with this filter: the same rule the service applies. */
export function matches(filter: Filter, post: Post): boolean {
  const verdict = post.assessment;
  return (
    among(filter.status, [post.status]) &&
    among(filter.level, [verdict?.level]) &&
    among(filter.language, [verdict?.language.code]) &&
    among(filter.country, [post.place?.country]) &&
    among(filter.group, verdict?.groups ?? []) &&
    among(filter.category, verdict?.categories ?? []) &&
    (filter.workspace === undefined || filter.workspace === post.workspace) &&
    (filter.q === undefined || hasTokens(post.text, queryTokens(filter.q)))
  );
}

const score = (post: Post) => post.assessment?.priority.score ?? 0;

/** The service's order: by priority (highest first), then newest first, then by id so that it is total. */
export function compare(order: Filter['order'], a: Post, b: Post): number {
  const byScore = order === 'priority' ? score(b) - score(a) : 0;
  return byScore || (a.receivedAt < b.receivedAt ? 1 : a.receivedAt > b.receivedAt ? -1 : 0) || (a.id < b.id ? 1 : -1);
}
