import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.js';
import { sessionKey } from './session.js';

/** The cache of everything the service said. A session that ended anywhere ends here: the shell then shows the sign-in page. */
export function createQueryClient(): QueryClient {
  const ended = (error: Error) => {
    if (error instanceof ApiProblem && error.status === 401) client.setQueryData(sessionKey, null);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: ended }),
    mutationCache: new MutationCache({ onError: ended }),
    defaultOptions: {
      queries: {
        // What the service refused it refuses again; what did not arrive is tried again.
        retry: (count, error) =>
          count < 2 && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500),
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      // A decision made offline must fail in front of the moderator, not wait unseen.
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
