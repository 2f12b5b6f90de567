import { queryOptions } from '@tanstack/react-query';
import type { CoverageView, PacksView } from '../../contract/packs.js';
import { api } from './http.js';

/** What each lexicon pack holds; the same until the service starts with others. */
export const packsQuery = queryOptions({
  queryKey: ['packs'],
  staleTime: Infinity,
  queryFn: ({ signal }) => api<PacksView>('/v1/packs', { signal }),
});

/** Names and terms for each group of a country. */
export const coverageQuery = (country: string) =>
  queryOptions({
    queryKey: ['packs', 'coverage', country],
    staleTime: Infinity,
    queryFn: ({ signal }) => api<CoverageView>(`/v1/packs/coverage?country=${country}`, { signal }),
  });
