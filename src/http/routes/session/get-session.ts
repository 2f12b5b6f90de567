import { AppError } from '../../../base/errors.js';
import { sessionView } from '../../../contract/answers.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

/** Who is signed in. A console asks this when it opens: the moment to prolong the session. */
export function getSession({ auth }: Pick<RouteDeps, 'auth'>): Route {
  return route({
    method: 'get',
    path: '/v1/session',
    access: 'session',
    summary: 'Who is signed in',
    answers: { 200: { about: 'The person', schema: sessionView } },
    async handle({ req }) {
      const session = await auth.renew(req.headers);
      if (!session) throw new AppError('unauthenticated');
      return { body: session.view, headers: { 'Set-Cookie': session.cookies } };
    },
  });
}
