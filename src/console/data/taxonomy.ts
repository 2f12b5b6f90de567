import { queryOptions } from '@tanstack/react-query';
import type { TaxonomyView } from '../../contract/taxonomy.js';
import { api } from './http.js';

/** What the ids in an assessment are called. */
export const taxonomyQuery = queryOptions({
  queryKey: ['taxonomy'],
  staleTime: Infinity,
  gcTime: Infinity,
  queryFn: ({ signal }) => api<TaxonomyView>('/v1/taxonomy', { signal }),
});
