import { z } from 'zod';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

/** Asked before the queue is loaded: followed from here on, the stream repeats some of the queue but misses nothing. */
export function getCursor({ store }: Pick<RouteDeps, 'store'>): Route {
  return route({
    method: 'get',
    path: '/v1/stream/cursor',
    access: { scope: 'read' },
    summary: 'Where the live stream stands now',
    answers: { 200: { about: 'The cursor to follow the stream from', schema: z.object({ cursor: z.int() }) } },
    handle: async () => ({ body: { cursor: await store.log.head() } }),
  });
}
