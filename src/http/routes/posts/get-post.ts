import { AppError } from '../../../base/errors.js';
import { post } from '../../../contract/post.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

export function getPost({ store, acts }: Pick<RouteDeps, 'store' | 'acts'>): Route {
  return route({
    method: 'get',
    path: '/v1/posts/{id}',
    access: { scope: 'read' },
    summary: 'One post with its assessment and its decisions',
    answers: { 200: { about: 'The post as it is now', schema: post } },
    async handle({ req, principal }) {
      const found = await store.posts.get(String(req.params['id']));
      if (!found) throw new AppError('not_found', { detail: 'There is no post of this id' });
      await acts.read(principal, [found]);
      return { body: found };
    },
  });
}
