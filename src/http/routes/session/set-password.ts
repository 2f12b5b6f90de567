import { passwordInput } from '../../../contract/account.js';
import type { RouteDeps } from '../../deps.js';
import { rateLimit } from '../../rate-limit.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

export function setPassword({ auth, clock }: Pick<RouteDeps, 'auth' | 'clock'>): Route {
  return route({
    method: 'put',
    path: '/v1/session/password',
    access: 'session',
    summary: 'Set the first password, or change it; a change ends the other sessions',
    before: [rateLimit({ max: 10, windowMs: 60_000, clock })],
    body: passwordInput,
    answers: { 204: { about: 'Done' } },
    handle: async ({ req, body }) => ({
      status: 204,
      headers: { 'Set-Cookie': await auth.setPassword(req.headers, body) },
    }),
  });
}
