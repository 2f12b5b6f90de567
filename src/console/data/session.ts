import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { SessionView } from '../../contract/account.js';
import { api } from './http.js';
import { ApiProblem } from './problem.js';

export const sessionKey = ['session'];

/** Who is signed in; `null` when nobody is. */
export const sessionQuery = queryOptions<SessionView | null>({
  queryKey: sessionKey,
  staleTime: Infinity,
  queryFn: async ({ signal }) => {
    try {
      return await api<SessionView>('/v1/session', { signal });
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
});

/** The person at the console. Only for pages behind the sign-in: throws when there is nobody. */
export function useUser(): SessionView['user'] {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new Error('no session');
  return data.user;
}

export interface Credentials {
  email: string;
  password: string;
}

/** Signs in; afterwards the session is known and everything of an earlier person is forgotten. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) => api('/api/auth/sign-in/email', { method: 'POST', body: credentials }),
    onSuccess: async () => {
      client.clear();
      await client.fetchQuery(sessionQuery);
    },
  });
}

/** Signs out and forgets everything that was on the screen. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api('/api/auth/sign-out', { method: 'POST', body: {} }),
    onSuccess: () => {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
      client.setQueryData(sessionKey, null);
    },
  });
}

export interface NewPassword {
  /** Only when the account has one already. */
  current?: string;
  next: string;
}

/** Sets the first password, or changes it: then the person's other sessions end. */
export function useSetPassword() {
  return useMutation({
    mutationFn: (passwords: NewPassword) => api('/v1/session/password', { method: 'PUT', body: passwords }),
  });
}
