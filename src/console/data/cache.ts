import type { QueryClient } from '@tanstack/react-query';
import type { Post } from '../../contract/post.js';
import { matches } from './filter.js';
import type { Filter } from './filter.js';
import { insertPosts, newer, postsOf, replacePost, withoutDemo } from './merge.js';
import type { Pages } from './merge.js';

/** Lists of posts, by filter. */
export const postsKey = ['posts'];
/** Single posts, by id. */
export const postKey = ['post'];
/** Posts that came in and are not in their list yet, by filter. */
export const arrivalsKey = ['arrivals'];
export const countsKey = ['counts'];
export const demoKey = ['demo'];

/**
 * Takes newer states of posts into everything on the screen: single posts, lists, and the arrivals that wait to be shown.
 * With `insert`, a post that now belongs in a list goes straight to its place there: what the moderator did, and asked for.
 */
export function applyPosts(client: QueryClient, posts: readonly Post[], { insert = false, force = false } = {}): void {
  const fresh = posts.filter((post) => {
    const known = knownPost(client, post.id);
    if (!force && newer(known, post) !== post) return false;
    client.setQueryData([...postKey, post.id], post);
    return true;
  });
  if (fresh.length === 0) return;
  for (const [key, pages] of client.getQueriesData<Pages>({ queryKey: postsKey })) {
    const filter = key[1] as Filter;
    if (!pages) continue;
    let next = fresh.reduce((result, post) => replacePost(result, filter, post), pages);
    if (insert) next = insertPosts(next, filter, fresh);
    if (next !== pages) client.setQueryData(key, next);
    keepArrivals(client, filter, next, fresh);
  }
}

/** Keeps the arrivals of one list: those that belong there and are not shown there yet. */
function keepArrivals(client: QueryClient, filter: Filter, pages: Pages, fresh: readonly Post[]): void {
  const key = [...arrivalsKey, filter];
  const before = client.getQueryData<Post[]>(key) ?? [];
  const shown = new Set(postsOf(pages).map((post) => post.id));
  const changed = new Map(fresh.map((post) => [post.id, post]));
  const kept = before.filter((post) => !changed.has(post.id));
  const added = fresh.filter((post) => matches(filter, post) && !shown.has(post.id));
  if (kept.length !== before.length || added.length > 0) client.setQueryData(key, [...kept, ...added]);
}

/** What the cache knows of a post, whether it was opened or only listed. */
export function knownPost(client: QueryClient, id: string): Post | undefined {
  const opened = client.getQueryData<Post | null>([...postKey, id]);
  if (opened) return opened;
  for (const [, pages] of client.getQueriesData<Pages>({ queryKey: postsKey })) {
    const listed = postsOf(pages).find((post) => post.id === id);
    if (listed) return listed;
  }
  return undefined;
}

/** The invented posts are gone: whoever looks at one sees it go, and nobody asks for it again. */
export function forgetDemo(client: QueryClient): Promise<unknown> {
  for (const [key, pages] of client.getQueriesData<Pages>({ queryKey: postsKey })) {
    client.setQueryData(key, pages && withoutDemo(pages));
  }
  for (const [key, post] of client.getQueriesData<Post | null>({ queryKey: postKey })) {
    if (post?.workspace === 'demo') client.setQueryData(key, null);
  }
  return Promise.all([postsKey, countsKey, demoKey].map((queryKey) => client.invalidateQueries({ queryKey })));
}
