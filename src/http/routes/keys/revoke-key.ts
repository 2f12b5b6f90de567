import { apiKeyView } from '../../../contract/answers.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

export function revokeKey({ keys }: Pick<RouteDeps, 'keys'>): Route {
  return route({
    method: 'delete',
    path: '/v1/keys/{id}',
    access: 'admin',
    summary: 'Revoke an API key',
    answers: { 200: { about: 'The key, revoked; it stays in the list', schema: apiKeyView } },
    handle: async ({ req, principal }) => ({ body: await keys.revoke(String(req.params['id']), principal.id) }),
  });
}
