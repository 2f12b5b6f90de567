import {
  keepPreviousData,
  queryOptions,
  skipToken,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Post, PostPage, PostStatus } from '../../contract/post.js';
import { arrivalsKey, countsKey, knownPost, postKey, postsKey } from './cache.js';
import type { Filter } from './filter.js';
import { matches, toQuery } from './filter.js';
import { api } from './http.js';
import { useLive } from './live-context.js';
import { insertPosts, postsOf } from './merge.js';
import type { Pages } from './merge.js';

const pageSize = 50;
/** Beyond this many the list is loaded anew instead of being patched. */
const manyArrivals = 200;

/** The posts that pass a filter, page by page, kept up to date by the stream. */
export function usePosts(filter: Filter) {
  const client = useQueryClient();
  const live = useLive();
  const query = useInfiniteQuery({
    queryKey: [...postsKey, filter],
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: PostPage) => page.next,
    queryFn: async ({ pageParam, signal }): Promise<PostPage> => {
      await live.ready();
      const mark = live.mark();
      const asked = toQuery(filter);
      asked.set('limit', String(pageSize));
      if (pageParam) asked.set('cursor', pageParam);
      const page = await api<PostPage>(`/v1/posts?${asked}`, { signal });
      if (pageParam === undefined) client.setQueryData([...arrivalsKey, filter], []);
      return catchUp(
        page,
        filter,
        live.since(mark).flatMap((change) => (change.post ? [change.post] : [])),
        pageParam === undefined,
      );
    },
  });
  const posts = useMemo(() => postsOf(query.data), [query.data]);
  return { ...query, posts };
}

/** What changed while a page was on its way: newer states in their place, new posts where they rank. */
function catchUp(page: PostPage, filter: Filter, changed: readonly Post[], first: boolean): PostPage {
  const latest = new Map<string, Post>();
  for (const post of changed) if ((latest.get(post.id)?.version ?? 0) < post.version) latest.set(post.id, post);
  const items = page.items
    .map((item) => ((latest.get(item.id)?.version ?? 0) > item.version ? latest.get(item.id)! : item))
    .filter((item) => matches(filter, item));
  const pages: Pages = { pages: [{ ...page, items }], pageParams: [undefined] };
  return first ? insertPosts(pages, filter, [...latest.values()]).pages[0]! : pages.pages[0]!;
}

const none: Post[] = [];

/** Posts that came in for a list and wait; `take` puts them where they rank. */
export function useArrivals(filter: Filter): { arrivals: Post[]; take: (posts: readonly Post[]) => void } {
  const client = useQueryClient();
  const { data } = useQuery<Post[]>({ queryKey: [...arrivalsKey, filter], queryFn: skipToken });
  const take = useCallback(
    (posts: readonly Post[]) => {
      const key = [...postsKey, filter];
      if (posts.length > manyArrivals) {
        void client.resetQueries({ queryKey: key });
        return;
      }
      const taken = new Set(posts.map((post) => post.id));
      client.setQueryData<Pages>(key, (pages) => pages && insertPosts(pages, filter, posts));
      client.setQueryData<Post[]>([...arrivalsKey, filter], (waiting = none) =>
        waiting.filter((post) => !taken.has(post.id)),
      );
    },
    [client, filter],
  );
  return { arrivals: data ?? none, take };
}

/** One post, as it is now; `null` once it has been removed. */
export function usePost(id: string | undefined) {
  const client = useQueryClient();
  return useQuery<Post | null>({
    queryKey: [...postKey, id],
    staleTime: Infinity,
    queryFn:
      id === undefined ? skipToken : ({ signal }) => api<Post>(`/v1/posts/${encodeURIComponent(id)}`, { signal }),
    initialData: () => (id === undefined ? undefined : knownPost(client, id)),
  });
}

/** How many posts stand in each status. */
export const countsQuery = (workspace: 'main' | 'demo' | undefined) =>
  queryOptions({
    queryKey: [...countsKey, workspace],
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api<Record<PostStatus, number>>(`/v1/posts/counts${workspace ? `?workspace=${workspace}` : ''}`, { signal }),
  });
