import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiKeyView, KeyInput } from '../../contract/account.js';
import { api } from './http.js';

const keysKey = ['keys'];

/** Every API key, newest first; revoked ones too. */
export const keysQuery = queryOptions({
  queryKey: keysKey,
  queryFn: ({ signal }) => api<ApiKeyView[]>('/v1/keys', { signal }),
});

/** Creates a key. The secret comes once and is never kept here. */
export function useCreateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: KeyInput) =>
      api<{ key: ApiKeyView; secret: string }>('/v1/keys', { method: 'POST', body: input }),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: keysKey }),
  });
}

/** Revokes a key: calls with it are refused from then on. */
export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api<ApiKeyView>(`/v1/keys/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: keysKey }),
  });
}
