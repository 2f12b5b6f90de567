import { z } from 'zod';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

const ok = z.object({ status: z.literal('ok'), version: z.string() });

/** The process answers. */
export function getHealth({ version }: Pick<RouteDeps, 'version'>): Route {
  return route({
    method: 'get',
    path: '/healthz',
    access: 'public',
    summary: 'Whether the process is alive',
    answers: { 200: { about: 'It is', schema: ok } },
    handle: async () => ({ body: { status: 'ok', version } }),
  });
}
