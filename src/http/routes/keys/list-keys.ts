import { z } from 'zod';
import { apiKeyView } from '../../../contract/answers.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

export function listKeys({ keys }: Pick<RouteDeps, 'keys'>): Route {
  return route({
    method: 'get',
    path: '/v1/keys',
    access: 'admin',
    summary: 'API keys, the revoked ones too; never their secrets',
    answers: { 200: { about: 'The keys, newest first', schema: z.array(apiKeyView) } },
    handle: async () => ({ body: await keys.list() }),
  });
}
