import type { InfiniteData } from '@tanstack/react-query';
import type { Post, PostPage } from '../../contract/post.js';
import { compare, matches } from './filter.js';
import type { Filter } from './filter.js';

export type Pages = InfiniteData<PostPage>;

/** Every post of the loaded pages, in order. */
export const postsOf = (pages: Pages | undefined): Post[] => pages?.pages.flatMap((page) => page.items) ?? [];

/**
 * Puts a newer state of a post into a list that shows it: in its place when it still belongs there, out of it otherwise.
 * Its place stays the same even when its rank changed, so that nothing jumps under the reader. Returns the same pages when
 * nothing changed.
 */
export function replacePost(pages: Pages, filter: Filter, post: Post): Pages {
  const at = pages.pages.findIndex((page) => page.items.some((item) => item.id === post.id));
  if (at < 0) return pages;
  const stays = matches(filter, post);
  const items = pages.pages[at]!.items.flatMap((item) => (item.id !== post.id ? [item] : stays ? [post] : []));
  return { ...pages, pages: pages.pages.with(at, { ...pages.pages[at]!, items }) };
}

/** Puts posts where they rank. Those that rank after everything loaded, while there is more to load, come with their page. */
export function insertPosts(pages: Pages, filter: Filter, posts: readonly Post[]): Pages {
  let result = pages.pages;
  for (const post of posts) {
    if (!matches(filter, post) || result.some((page) => page.items.some((item) => item.id === post.id))) continue;
    const found = result.findIndex((page) => page.items.some((item) => compare(filter.order, post, item) < 0));
    const last = result.length - 1;
    if (found < 0 && result[last]?.next !== undefined) continue;
    const at = found < 0 ? last : found;
    const page = result[at];
    if (!page) continue;
    result = result.with(at, { ...page, items: [...page.items, post].sort((a, b) => compare(filter.order, a, b)) });
  }
  return result === pages.pages ? pages : { ...pages, pages: result };
}

/** The newer of two states of one post. */
export const newer = (a: Post | undefined, b: Post): Post => (a && a.version > b.version ? a : b);

/** The same pages without invented posts. */
export const withoutDemo = (pages: Pages): Pages => ({
  ...pages,
  pages: pages.pages.map((page) => ({ ...page, items: page.items.filter((post) => post.workspace !== 'demo') })),
});
