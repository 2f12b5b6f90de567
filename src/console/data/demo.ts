import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { DemoView } from '../../contract/demo.js';
import { demoKey, forgetDemo } from './cache.js';
import { api } from './http.js';

/** Whether invented posts are among those shown. */
export const demoQuery = queryOptions({
  queryKey: demoKey,
  staleTime: Infinity,
  queryFn: ({ signal }) => api<DemoView>('/v1/demo', { signal }),
});

/** Removes every invented post for good. Admins only. */
export function useRemoveDemo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api('/v1/demo', { method: 'DELETE' }),
    onSuccess: () => forgetDemo(client),
  });
}
