import { auditPage, auditQuery } from '../../../contract/audit.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

/** The audit chain, page by page, with its head. */
export function listAudit({ audit }: Pick<RouteDeps, 'audit'>): Route {
  return route({
    method: 'get',
    path: '/v1/audit',
    access: 'admin',
    summary: 'Who did what and when: entries of the audit chain in order, each with the hash of the one before',
    query: auditQuery,
    answers: { 200: { about: 'Entries after `after`, and the newest one of the whole chain', schema: auditPage } },
    handle: async ({ query: { after, limit } }) => ({
      body: { items: await audit.read(after, limit), head: await audit.head() },
    }),
  });
}
