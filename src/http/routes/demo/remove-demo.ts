import { z } from 'zod';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

export function removeDemo({ demo }: Pick<RouteDeps, 'demo'>): Route {
  return route({
    method: 'delete',
    path: '/v1/demo',
    access: 'admin',
    summary: 'Remove the demo posts for good',
    answers: { 200: { about: 'How many posts were removed', schema: z.object({ removed: z.int() }) } },
    handle: async ({ principal }) => ({ body: { removed: await demo.remove(principal.id) } }),
  });
}
