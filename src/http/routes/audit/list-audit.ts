import { browse } from '../../../audit/browse.js';
import { auditPage, auditQuery } from '../../../contract/audit.js';
import type { AuditEntry } from '../../../contract/audit.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

/** The audit chain, page by page, with its head. */
export function listAudit({ audit, auth, keys }: Pick<RouteDeps, 'audit' | 'auth' | 'keys'>): Route {
  /** Names of those who acted, where they are still there. */
  async function namesOf(items: readonly AuditEntry[]): Promise<Record<string, string>> {
    const wanted = new Set(items.map(({ actor }) => actor.id));
    const known = wanted.size === 0 ? [] : [...(await auth.users.list()), ...(await keys.list())];
    return Object.fromEntries(known.filter(({ id }) => wanted.has(id)).map(({ id, name }) => [id, name]));
  }
  return route({
    method: 'get',
    path: '/v1/audit',
    access: 'admin',
    summary: 'Who did what and when: entries of the audit chain in order, each with the hash of the one before',
    query: auditQuery,
    answers: { 200: { about: 'A page of entries, and the newest one of the whole chain', schema: auditPage } },
    async handle({ query }) {
      const page = await browse(audit, query);
      return { body: { ...page, head: await audit.head(), names: await namesOf(page.items) } };
    },
  });
}
