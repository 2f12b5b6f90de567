import { demoView } from '../../../contract/answers.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

export function getDemo({ demo }: Pick<RouteDeps, 'demo'>): Route {
  return route({
    method: 'get',
    path: '/v1/demo',
    access: { scope: 'read' },
    summary: 'Whether the invented demo posts are there',
    answers: { 200: { about: 'The state of the demo', schema: demoView } },
    handle: async () => ({ body: await demo.status() }),
  });
}
