import { z } from 'zod';
import { postCounts } from '../../../contract/answers.js';
import { workspaces } from '../../../contract/post.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

export function countPosts({ store }: Pick<RouteDeps, 'store'>): Route {
  return route({
    method: 'get',
    path: '/v1/posts/counts',
    access: { scope: 'read' },
    summary: 'How many posts stand in each status',
    query: z.strictObject({ workspace: z.enum(workspaces).optional() }),
    answers: { 200: { about: 'A number for every status', schema: postCounts } },
    handle: async ({ query }) => ({ body: await store.posts.counts(query.workspace) }),
  });
}
