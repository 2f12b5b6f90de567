import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import { AppError } from '../base/errors.js';
import type { ApiKey, KeyScope, Principal, Role, SessionView } from '../contract/account.js';
import type { Access } from './route.js';
import { isSameOrigin } from './same-origin.js';

const scopesOf: Record<Role, KeyScope[]> = {
  admin: ['classify', 'ingest', 'read', 'review'],
  moderator: ['classify', 'ingest', 'read', 'review'],
  analyst: ['classify', 'read'],
};

export interface PrincipalDeps {
  /** The person behind a session cookie. */
  session: (headers: IncomingHttpHeaders) => Promise<SessionView | undefined>;
  /** The partner behind an API key. */
  verifyKey: (secret: string) => Promise<ApiKey | undefined>;
  /** Origins at which this service is reached. */
  origins: readonly string[];
}

export interface Principals {
  /** Who sent this request; `undefined` when nobody did. A key that is not valid is never made up for by a cookie. */
  ofRequest: (headers: IncomingHttpHeaders) => Promise<Principal | undefined>;
  /** Who opened this socket: by `auth.key`, by header, or by a cookie that came from one of our own pages. */
  ofSocket: (headers: IncomingHttpHeaders, auth: unknown) => Promise<Principal | undefined>;
  /** Throws `forbidden` when a session asks for a change from a page that is not ours. */
  checkOrigin: (headers: IncomingHttpHeaders) => void;
}

export function createPrincipals({ session, verifyKey, origins }: PrincipalDeps): Principals {
  const byKey = async (secret: string): Promise<Principal | undefined> => {
    const key = await verifyKey(secret);
    return key && { kind: 'key', id: key.id, name: key.name, roles: [], scopes: key.scopes };
  };
  const bySession = async (headers: IncomingHttpHeaders): Promise<Principal | undefined> => {
    const found = await session(headers);
    if (!found) return undefined;
    const { id, name, role } = found.user;
    return { kind: 'user', id, name, roles: [role], scopes: scopesOf[role] };
  };
  return {
    async ofRequest(headers) {
      const secret = keyOf(headers);
      return secret === undefined ? bySession(headers) : byKey(secret);
    },
    async ofSocket(headers, auth) {
      const given = typeof auth === 'object' && auth !== null && 'key' in auth ? auth.key : undefined;
      const secret = typeof given === 'string' ? given : keyOf(headers);
      if (secret !== undefined) return byKey(secret);
      // A socket is no subject of the same-origin policy: any page may open one, and the browser adds our cookie.
      return isSameOrigin(headers, origins) ? bySession(headers) : undefined;
    },
    checkOrigin(headers) {
      if (!isSameOrigin(headers, origins))
        throw new AppError('forbidden', {
          detail: 'A signed-in session may change things only from the pages of this service',
        });
    },
  };
}

/** The key a request carries, as `Authorization: Bearer …` or `x-api-key`. */
function keyOf(headers: IncomingHttpHeaders): string | undefined {
  const bearer = /^bearer +(.*)$/i.exec(headers.authorization ?? '')?.[1]?.trim();
  const own = headers['x-api-key'];
  return bearer ?? (typeof own === 'string' ? own : undefined);
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Finds out who asks and keeps it in `res.locals.principal`. Throws `unauthenticated` when nobody does. */
export function identify(principals: Principals): RequestHandler {
  return async (req, res, next) => {
    const principal = await principals.ofRequest(req.headers);
    if (!principal) throw new AppError('unauthenticated');
    if (principal.kind === 'user' && !safeMethods.has(req.method)) principals.checkOrigin(req.headers);
    res.locals['principal'] = principal;
    next();
  };
}

/** Lets through whoever may; needs `identify` before it, except for `public`. */
export function authorise(access: Access): RequestHandler {
  return (_req, res, next) => {
    const reason = access === 'public' ? undefined : refusal(access, res.locals['principal'] as Principal);
    if (reason) throw new AppError('forbidden', { detail: reason });
    next();
  };
}

function refusal(access: Exclude<Access, 'public'>, principal: Principal): string | undefined {
  if (access === 'known') return undefined;
  if (access === 'session') return principal.kind === 'user' ? undefined : 'Only people who have signed in may do that';
  if (access === 'admin')
    return principal.kind === 'user' && principal.roles.includes('admin')
      ? undefined
      : 'Only administrators who have signed in may do that';
  if (principal.scopes.includes(access.scope)) return undefined;
  return principal.kind === 'key' ? `This key lacks the scope ${access.scope}` : `This account may not ${access.scope}`;
}
