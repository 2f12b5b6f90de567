import { actorOf } from '../../../audit/acts.js';
import { post } from '../../../contract/post.js';
import { eraseInput } from '../../../contract/retention.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

export function erasePost({ privacy }: Pick<RouteDeps, 'privacy'>): Route {
  return route({
    method: 'post',
    path: '/v1/posts/{id}/erase',
    access: 'admin',
    summary: 'Erase the content of a post for good, e.g. because the law gives somebody a right to it; counts stay',
    body: eraseInput,
    answers: {
      200: { about: 'The tombstone', schema: post },
      409: { about: 'It is under legal hold, or erased already' },
    },
    handle: async ({ req, body, principal }) => ({
      body: await privacy.erase(String(req.params['id']), body.reason, actorOf(principal)),
    }),
  });
}
