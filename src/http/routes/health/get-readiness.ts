import { z } from 'zod';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

const ok = z.object({ status: z.literal('ok'), version: z.string() });

/** The service can do its work. */
export function getReadiness({ version, ready }: Pick<RouteDeps, 'version' | 'ready'>): Route {
  return route({
    method: 'get',
    path: '/readyz',
    access: 'public',
    summary: 'Whether the service can do its work',
    answers: { 200: { about: 'It can', schema: ok } },
    async handle() {
      await ready();
      return { body: { status: 'ok', version } };
    },
  });
}
