import type { Express, RequestHandler } from 'express';
import { AppError } from '../base/errors.js';
import { jsonBody, jsonLimit } from './bodies.js';
import { parse } from './errors.js';
import { authorise } from './principal.js';
import type { Route } from './route.js';

/** Mounts the routes, each behind its access check and validation, and answers 405 at their paths otherwise. */
export function mount(app: Express, routes: readonly Route[]): void {
  const byPath = Map.groupBy(routes, (route) => route.path);
  for (const [path, those] of byPath) {
    const at = app.route(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    for (const route of those) at[route.method](...chain(route));
    const allowed = those.map(({ method }) => method.toUpperCase());
    if (allowed.includes('GET')) allowed.push('HEAD');
    at.all((req, res) => {
      res.set('Allow', allowed.join(', '));
      throw new AppError('method_not_allowed', {
        detail: `${req.method} is not offered here; use ${allowed.join(' or ')}`,
      });
    });
  }
}

function chain(route: Route): RequestHandler[] {
  const handlers: RequestHandler[] = [authorise(route.access)];
  if (route.body) handlers.push(...jsonBody(jsonLimit));
  handlers.push(...(route.before ?? []), call(route));
  return handlers;
}

function call(route: Route): RequestHandler {
  return async (req, res) => {
    const query = route.query && parse(route.query, req.query);
    const body = route.body && parse(route.body, req.body);
    const answer = await route.handle({ req, res, principal: res.locals['principal'], query, body });
    for (const [name, value] of Object.entries(answer.headers ?? {})) res.append(name, value);
    res.status(answer.status ?? 200);
    if (answer.body === undefined) res.end();
    else res.json(answer.body);
  };
}
