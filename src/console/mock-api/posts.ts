import type { PostQuery, Post, PostPage, PostStatus } from '../../contract/post.js';
import { postStatuses } from '../../contract/post.js';
import { hasTokens, queryTokens } from '../../contract/search.js';

const newest = (a: Post, b: Post) => b.receivedAt.localeCompare(a.receivedAt) || b.id.localeCompare(a.id);
const score = (post: Post) => post.assessment?.priority.score ?? 0;

/** Keyset order of the queue: highest priority first, then newest. */
export function byOrder(order: PostQuery['order']): (a: Post, b: Post) => number {
  return order === 'priority' ? (a, b) => score(b) - score(a) || newest(a, b) : newest;
}

const among = (wanted: string | undefined, has: (string | undefined)[]) =>
  wanted === undefined || wanted.split(',').some((value) => has.includes(value));

/** Whether a post passes the filters of a query; several values of one filter mean "or". */
export function passes(post: Post, query: PostQuery): boolean {
  const a = post.assessment;
  return (
    among(query.status, [post.status]) &&
    among(query.level, [a?.level]) &&
    among(query.language, [a?.language.code]) &&
    among(query.country, [post.place?.country]) &&
    among(query.group, a?.groups ?? []) &&
    among(query.category, a?.categories ?? []) &&
    among(query.source, [post.source?.name]) &&
    (query.q === undefined || hasTokens(post.text, queryTokens(query.q))) &&
    (query.workspace === undefined || post.workspace === query.workspace) &&
    (query.minSeverity === undefined || (a?.severity ?? 0) >= query.minSeverity)
  );
}

/** One page; the cursor is the id of the last post of the page before. */
export function page(all: Iterable<Post>, query: PostQuery): PostPage {
  const sorted = [...all].filter((post) => passes(post, query)).sort(byOrder(query.order));
  const from = query.cursor ? sorted.findIndex((post) => post.id === query.cursor) + 1 : 0;
  const items = sorted.slice(from, from + query.limit);
  const last = items.at(-1);
  return { items, ...(last && from + query.limit < sorted.length && { next: last.id }) };
}

/** How many posts stand in each status. */
export function counts(all: Iterable<Post>, workspace?: string): Record<PostStatus, number> {
  const result = Object.fromEntries(postStatuses.map((status) => [status, 0])) as Record<PostStatus, number>;
  for (const post of all) if (!workspace || post.workspace === workspace) result[post.status]++;
  return result;
}
