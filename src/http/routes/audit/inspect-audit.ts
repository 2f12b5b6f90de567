import { auditState } from '../../../contract/audit.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

/** Whether the chain holds. */
export function inspectAudit({ audit }: Pick<RouteDeps, 'audit'>): Route {
  return route({
    method: 'get',
    path: '/v1/audit/state',
    access: 'admin',
    summary: 'Whether the audit chain holds, walked from its first entry; names the first link that does not',
    answers: { 200: { about: 'What the walk found, and when it began', schema: auditState } },
    handle: async () => ({ body: await audit.inspect() }),
  });
}
