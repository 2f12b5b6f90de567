import { post } from '../../../contract/post.js';
import { decisionInput } from '../../../contract/review.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

export function decidePost({ review }: Pick<RouteDeps, 'review'>): Route {
  return route({
    method: 'post',
    path: '/v1/posts/{id}/decision',
    access: { scope: 'review' },
    summary: 'Decide on a post, or take a decision back',
    body: decisionInput,
    answers: {
      200: { about: 'The post after the decision', schema: post },
      409: {
        about:
          'Somebody was faster, or the step is not possible from here: a problem whose `post` is the present state',
      },
    },
    handle: async ({ req, body, principal }) => ({
      body: await review.decide(String(req.params['id']), body, principal),
    }),
  });
}
