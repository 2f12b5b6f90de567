import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { auditActions } from '../contract/audit.js';
import type { AuditFilter } from './data/audit.js';
import { sessionQuery } from './data/session.js';
import { readSearch } from './features/queue/search.js';
import { Failed, NotFound } from './ui/failed.js';

interface Context {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  errorComponent: Failed,
  notFoundComponent: NotFound,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { from?: string | undefined; error?: string | undefined } => ({
    // Only paths of our own: a link must not send anybody elsewhere after signing in.
    // Every key is there, with `undefined` for what is refused: a key left out would let the address through as it came.
    from: typeof search['from'] === 'string' && /^\/(?![/\\])/u.test(search['from']) ? search['from'] : undefined,
    error: typeof search['error'] === 'string' ? search['error'] : undefined,
  }),
  component: lazyRouteComponent(() => import('./routes/sign-in.js'), 'SignInRoute'),
});

/** Everything behind the sign-in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session) return;
    const { error } = readSearch(location.search);
    throw redirect({
      to: '/sign-in',
      search: { ...(location.href !== '/' && !error && { from: location.href }), ...(error && { error }) },
    });
  },
  component: lazyRouteComponent(() => import('./routes/shell.js'), 'Shell'),
});

const queue = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./routes/queue.js'), 'QueueRoute'),
});
const uploads = createRoute({
  getParentRoute: () => shell,
  path: '/uploads',
  component: lazyRouteComponent(() => import('./routes/uploads.js'), 'UploadsRoute'),
});
const tryOut = createRoute({
  getParentRoute: () => shell,
  path: '/try',
  component: lazyRouteComponent(() => import('./routes/try.js'), 'TryRoute'),
});
const packs = createRoute({
  getParentRoute: () => shell,
  path: '/packs',
  validateSearch: (search: Record<string, unknown>): { country?: string | undefined } => ({
    country:
      typeof search['country'] === 'string' && /^[A-Z]{3}$/u.test(search['country']) ? search['country'] : undefined,
  }),
  component: lazyRouteComponent(() => import('./routes/packs.js'), 'PacksRoute'),
});
const keys = createRoute({
  getParentRoute: () => shell,
  path: '/keys',
  component: lazyRouteComponent(() => import('./routes/keys.js'), 'KeysRoute'),
});
const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: (search: Record<string, unknown>): AuditFilter => ({
    action: auditActions.find((action) => action === search['action']),
    actor: typeof search['actor'] === 'string' ? search['actor'] : undefined,
  }),
  component: lazyRouteComponent(() => import('./routes/audit.js'), 'AuditRoute'),
});
const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('./routes/account.js'), 'AccountRoute'),
});

const routeTree = root.addChildren([signIn, shell.addChildren([queue, uploads, tryOut, packs, keys, audit, account])]);

/** The console's pages, each loaded when it is first wanted. */
export const createConsoleRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: Failed,
    defaultNotFoundComponent: NotFound,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
