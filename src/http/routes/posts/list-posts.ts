import { postPage } from '../../../contract/answers.js';
import { postQuery } from '../../../contract/post.js';
import type { PostQuery } from '../../../contract/post.js';
import type { PostFilter } from '../../../store/port.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';
import { readFilter } from './read-filter.js';

/** A page of posts, by priority or newest first. */
export function listPosts({ store, acts }: Pick<RouteDeps, 'store' | 'acts'>): Route {
  return route({
    method: 'get',
    path: '/v1/posts',
    access: { scope: 'read' },
    summary: 'Posts, filtered, page by page',
    query: postQuery,
    answers: { 200: { about: 'A page; `next` is the cursor of the one after it', schema: postPage } },
    async handle({ query, principal }) {
      const { order, limit, cursor } = query;
      const page = await store.posts.page({
        filter: filterOf(query),
        order,
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      });
      await acts.read(principal, page.items);
      return { body: page };
    },
  });
}

function filterOf(query: PostQuery): PostFilter {
  const { workspace, minSeverity, since, until, q } = query;
  return {
    ...readFilter(query),
    ...(workspace === undefined ? {} : { workspace }),
    ...(q === undefined ? {} : { q }),
    ...(minSeverity === undefined ? {} : { minSeverity }),
    // Instants are stored in UTC and compared as text.
    ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
  };
}
