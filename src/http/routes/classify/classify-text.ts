import { AppError } from '../../../base/errors.js';
import { assessment, classifyInput } from '../../../contract/assessment.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

/** Assesses one text and forgets it. */
export function classifyText({ pool, maxWaiting }: Pick<RouteDeps, 'pool' | 'maxWaiting'>): Route {
  return route({
    method: 'post',
    path: '/v1/classify',
    access: { scope: 'classify' },
    summary: 'Assess one text; nothing is stored',
    body: classifyInput,
    answers: { 200: { about: 'The assessment, with its reasons', schema: assessment } },
    async handle({ body: { text, context } }) {
      if (pool.waiting >= maxWaiting) throw new AppError('overloaded', { extra: { retryAfter: 1 } });
      const [verdict] = await pool.assess([{ text, ...(context ? { context } : {}) }]);
      return { body: verdict };
    },
  });
}
