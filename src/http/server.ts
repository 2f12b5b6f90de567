import type { Express, RequestHandler } from 'express';
import express from 'express';
import helmet from 'helmet';
import type { Ids } from '../base/ids.js';
import { consoleFiles } from './console.js';
import type { RouteDeps } from './deps.js';
import { errorHandler, notFound } from './errors.js';
import { mount } from './mount.js';
import { openApiDocument } from './openapi.js';
import { identify } from './principal.js';
import type { Principals } from './principal.js';
import { rateLimit } from './rate-limit.js';
import { allRoutes } from './routes.js';

export interface ServerDeps extends RouteDeps {
  ids: Ids;
  principals: Principals;
  /** Built console. */
  consoleFolder: string;
  /** Reverse proxies in front whose `X-Forwarded-For` is believed. */
  trustedProxies: number;
  /** Whether people reach the service by https. */
  https: boolean;
}

/** The HTTP application: everything but the socket it listens on. */
export function createServer(deps: ServerDeps): Express {
  const { auth, clock, log, principals } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', deps.trustedProxies);

  const routes = allRoutes(deps);
  const document = openApiDocument(routes, deps.version);
  const signIn = rateLimit({ max: 10, windowMs: 60_000, clock });

  app.use(requestLog(deps));
  app.use(securityHeaders(deps.https));
  app.use(['/api', '/v1'], (_req, res, next) => {
    // What is told to one person must not be kept for another.
    res.set('Cache-Control', 'no-store');
    next();
  });
  app.use(['/api/auth/sign-in', '/api/auth/magic-link'], signIn);
  app.use('/api/auth', auth.handler);
  app.get('/openapi.json', (_req, res) => void res.json(document));
  app.use('/v1', identify(principals));
  mount(app, routes);
  app.use(['/v1', '/api'], notFound);
  app.use(consoleFiles(deps.consoleFolder));
  app.use(notFound);
  app.use(errorHandler(log));
  return app;
}

/** Gives each request an id, and writes one line when it is over. Never the query: it may hold a sign-in token. */
function requestLog({ clock, ids, log }: Pick<ServerDeps, 'clock' | 'ids' | 'log'>): RequestHandler {
  return (req, res, next) => {
    const began = clock.now();
    const id = ids.ulid();
    const { method, path } = req;
    res.locals['requestId'] = id;
    res.set('X-Request-Id', id);
    res.once('close', () => {
      const by = (res.locals['principal'] as { id: string } | undefined)?.id;
      const status = res.writableFinished ? res.statusCode : 'broken off';
      log.debug({ id, method, path, status, ms: clock.now() - began, ...(by ? { by } : {}) }, 'request');
    });
    next();
  };
}

function securityHeaders(https: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // The component library sets styles on elements and in a style tag.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // Over plain http browsers ignore these two and complain about it.
    strictTransportSecurity: https,
    crossOriginOpenerPolicy: https,
    originAgentCluster: false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  });
}
