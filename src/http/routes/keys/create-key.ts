import { keyInput } from '../../../contract/account.js';
import { newKey } from '../../../contract/answers.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

export function createKey({ keys }: Pick<RouteDeps, 'keys'>): Route {
  return route({
    method: 'post',
    path: '/v1/keys',
    access: 'admin',
    summary: 'Make an API key',
    body: keyInput,
    answers: { 201: { about: 'The key and its secret, which is told this once', schema: newKey } },
    async handle({ body, principal }) {
      const made = await keys.add(body, principal.id);
      // What is told once must not stay in a cache on its way.
      return { status: 201, body: made, headers: { 'Cache-Control': 'no-store' } };
    },
  });
}
