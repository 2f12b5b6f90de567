import { actorOf } from '../../../audit/acts.js';
import { retentionView } from '../../../contract/retention.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

/** The rules, and what a run would do now. Runs are made at the command line, so that nobody erases by one click. */
export function getRetention({ privacy }: Pick<RouteDeps, 'privacy'>): Route {
  return route({
    method: 'get',
    path: '/v1/retention',
    access: 'admin',
    summary: 'How long the content of posts is kept, and what a run of the rules would erase now; nothing is erased',
    answers: { 200: { about: 'Own rules before the defaults, and the report of a dry run', schema: retentionView } },
    async handle({ principal }) {
      const { own, defaults } = await privacy.rules();
      return { body: { rules: [...own, ...defaults], report: await privacy.run(true, actorOf(principal)) } };
    },
  });
}
