import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AuditAction, AuditPage, AuditState } from '../../contract/audit.js';
import { api } from './http.js';

export interface AuditFilter {
  action?: AuditAction | undefined;
  /** Id of whoever did it. */
  actor?: string | undefined;
}

/** Entries of the audit chain, newest first. */
export const auditQuery = ({ action, actor }: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', action, actor],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ order: 'newest', limit: '50' });
      if (action) query.set('action', action);
      if (actor) query.set('actor', actor);
      if (pageParam !== undefined) query.set('before', String(pageParam));
      return api<AuditPage>(`/v1/audit?${query}`, { signal });
    },
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next,
  });

/** Whether the whole chain holds. */
export const auditStateQuery = queryOptions({
  queryKey: ['audit-state'],
  queryFn: ({ signal }) => api<AuditState>('/v1/audit/state', { signal }),
});
