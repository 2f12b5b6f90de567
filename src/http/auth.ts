import type { IncomingHttpHeaders } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { betterAuth } from 'better-auth';
import type { BetterAuthOptions } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { getMigrations } from 'better-auth/db/migration';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import { admin } from 'better-auth/plugins/admin';
import { adminAc, userAc } from 'better-auth/plugins/admin/access';
import { magicLink } from 'better-auth/plugins/magic-link';
import type { RequestHandler } from 'express';
import type { mongo } from 'mongoose';
import type { Clock } from '../base/clock.js';
import { AppError } from '../base/errors.js';
import type { FieldError } from '../base/errors.js';
import type { Log } from '../base/log.js';
import type { PasswordInput, SessionView } from '../contract/account.js';
import type { Actor, AuditAction, RecordAct } from '../contract/audit.js';
import { createSessionCache } from './sessions.js';
import { createUsers, roleOf } from './users.js';
import type { Users } from './users.js';

/** Hours for which a one-time sign-in link may be used. */
export const linkHours = 24;
const cookiePrefix = 'tocsin';
const tables = {
  user: 'auth_users',
  session: 'auth_sessions',
  account: 'auth_accounts',
  verification: 'auth_verifications',
};

/**
 * What of the library is offered, as `METHOD path`. Everything else it could do (sign-up, links sent on request, user
 * administration over HTTP) stays closed. Passwords have a route of their own, `PUT /v1/session/password`.
 */
const offered = new Set(['POST /sign-in/email', 'POST /sign-out', 'GET /get-session', 'GET /magic-link/verify']);

export interface AuthOptions {
  /** A connection of its own to the store's file, the store's MongoDB database, or `memory`. */
  database: DatabaseSync | mongo.Db | 'memory';
  /** Signs the session cookies. */
  secret: string;
  /** Where sign-in links lead, e.g. `http://127.0.0.1:8080`; with https the cookies are Secure. */
  baseUrl: string;
  clock: Clock;
  log: Log;
  /** Writes down what is done to people, and what they do to their accounts. */
  record: RecordAct;
  /** Who adds and removes people here. */
  actor: Actor;
}

export interface Auth {
  users: Users;
  /** The person behind a session cookie; remembered for a few seconds. */
  session(headers: IncomingHttpHeaders): Promise<SessionView | undefined>;
  /** The same, asked afresh, with the cookies that prolong the session. */
  renew(headers: IncomingHttpHeaders): Promise<{ view: SessionView; cookies: string[] } | undefined>;
  /** Sets the first password or changes it, ends the person's other sessions, and returns the new cookies. */
  setPassword(headers: IncomingHttpHeaders, input: PasswordInput): Promise<string[]>;
  /** Everything under `/api/auth`. */
  handler: RequestHandler;
}

/** Brings the tables of people and sessions to their newest shape. Call it before anything else uses the file. */
export async function migrateAuth(database: DatabaseSync): Promise<void> {
  // Under the write lock from the look to the change: of two processes that start at once the second finds it done.
  database.exec('BEGIN IMMEDIATE');
  try {
    const { compileMigrations } = await getMigrations({ ...shapes(), database });
    database.exec(await compileMigrations());
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw new AppError('store_unavailable', {
      detail: 'The tables of people and sessions cannot be prepared',
      cause: error,
    });
  }
}

/** What the library keeps its rows in. */
export async function adapterOf(
  database: AuthOptions['database'],
): Promise<NonNullable<BetterAuthOptions['database']>> {
  if (database === 'memory') return memoryAdapter(Object.fromEntries(Object.values(tables).map((t) => [t, []])));
  if (!('collection' in database)) return database;
  // Loaded only where it is used. Without transactions, which a single server does not have.
  const { mongodbAdapter } = await import('better-auth/adapters/mongodb');
  return mongodbAdapter(database, { transaction: false });
}

/** People: sessions, one-time links and passwords. The file must have been prepared with `migrateAuth`. */
export async function createAuth({ database, secret, baseUrl, clock, log, record, actor }: AuthOptions): Promise<Auth> {
  // The library hands a link over as if to mail it; whoever asked picks it up here by the ticket sent along.
  const links = new Map<number, string>();
  let tickets = 0;
  const auth = betterAuth({
    ...base(),
    database: await adapterOf(database),
    secret,
    baseURL: baseUrl,
    trustedOrigins: (request) => ownOrigins(request, baseUrl),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    // Its own limit counts in a variable that all instances of a process share; `rate-limit.ts` stands before it.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    databaseHooks: {
      session: {
        create: {
          // A new password makes a session as well; that is written down as what it is.
          async after({ userId }, context) {
            if (context?.path?.includes('password')) return;
            await record({ action: 'sign-in', actor: { kind: 'user', id: userId }, target: userId });
          },
        },
      },
    },
    advanced: {
      cookiePrefix,
      useSecureCookies: baseUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      // Said outright, because the library switches them off by itself where NODE_ENV is "test".
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { disableIpTracking: true },
    },
    logger: {
      // Only its message: the further arguments may hold addresses.
      log: (level, message) => log[level === 'error' || level === 'warn' ? level : 'debug']({ from: 'auth' }, message),
    },
    plugins: [
      withRoles(),
      magicLink({
        disableSignUp: true,
        storeToken: 'hashed',
        expiresIn: linkHours * 3600,
        sendMagicLink: ({ url, metadata }) => {
          links.set(Number(metadata?.['ticket']), url);
        },
      }),
    ],
  });
  const { internalAdapter } = await auth.$context;

  const cache = createSessionCache({
    clock,
    cookie: `${cookiePrefix}.session_token`,
    lookup: async (headers) => view((await auth.api.getSession({ headers: fromNodeHeaders(headers) }))?.user),
  });

  async function link(email: string): Promise<string> {
    const ticket = ++tickets;
    await auth.api.signInMagicLink({
      body: { email, callbackURL: '/', errorCallbackURL: '/sign-in', metadata: { ticket } },
      headers: new Headers(),
    });
    const url = links.get(ticket);
    links.delete(ticket);
    if (url === undefined) throw new AppError('internal', { cause: new Error('the library made no sign-in link') });
    return url;
  }

  const handler = toNodeHandler(auth);
  const note = (action: AuditAction, target: string) => record({ action, actor, target });
  return {
    users: createUsers({
      people: {
        ...internalAdapter,
        async createUser(user) {
          const person = await internalAdapter.createUser(user, { method: 'admin' });
          await note('person.add', person.id);
          return person;
        },
        async deleteUser(id) {
          await note('person.remove', id);
          await internalAdapter.deleteUser(id);
        },
      },
      async link(email) {
        const person = await internalAdapter.findUserByEmail(email);
        if (person) await note('person.link', person.user.id);
        return link(email);
      },
      forget: () => cache.clear(),
    }),
    session: (headers) => cache.get(headers),
    async renew(headers) {
      const { headers: out, response } = await auth.api.getSession({
        headers: fromNodeHeaders(headers),
        returnHeaders: true,
      });
      const found = view(response?.user);
      return found && { view: found, cookies: out.getSetCookie() };
    },
    async setPassword(headers, { current, next }) {
      const given = { headers: fromNodeHeaders(headers), returnHeaders: true } as const;
      try {
        const id = (await cache.get(headers))?.user.id;
        if (id !== undefined) await record({ action: 'password.set', actor: { kind: 'user', id }, target: id });
        if (current === undefined) await auth.api.setPassword({ ...given, body: { newPassword: next } });
        else {
          const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
          return (await auth.api.changePassword({ ...given, body })).headers.getSetCookie();
        }
        return [];
      } catch (error) {
        throw passwordError(error);
      } finally {
        cache.clear();
      }
    },
    handler(req, res) {
      if (!offered.has(`${req.method} ${req.path}`))
        throw new AppError('not_found', { detail: 'There is nothing at this address' });
      // Whatever is done here may end a session: nobody is remembered from before it.
      res.once('finish', () => cache.clear());
      cache.clear();
      return handler(req, res);
    },
  };
}

/** What the shape of the tables depends on. */
export const shapes = (): BetterAuthOptions => ({ ...base(), plugins: [withRoles()] });

function base() {
  return {
    basePath: '/api/auth',
    user: { modelName: tables.user },
    session: { modelName: tables.session },
    account: { modelName: tables.account },
    verification: { modelName: tables.verification },
  } satisfies BetterAuthOptions;
}

const withRoles = () =>
  admin({
    defaultRole: 'analyst',
    adminRoles: ['admin'],
    roles: { admin: adminAc, moderator: userAc, analyst: userAc },
  });

function ownOrigins(request: Request | undefined, baseUrl: string): string[] {
  const host = request?.headers.get('host');
  return host ? [baseUrl, `http://${host}`, `https://${host}`] : [baseUrl];
}

function view(user: { id: string; name: string; email: string } | undefined): SessionView | undefined {
  if (!user) return undefined;
  const { id, name, email } = user;
  return { user: { id, name, email, role: roleOf(user) } };
}

const passwordProblems: Record<string, FieldError> = {
  INVALID_PASSWORD: { field: 'current', expected: 'the present password' },
  PASSWORD_ALREADY_SET: { field: 'current', expected: 'the present password: this account has one' },
  CREDENTIAL_ACCOUNT_NOT_FOUND: { field: 'current', expected: 'nothing: this account has no password yet' },
};

function passwordError(error: unknown): unknown {
  const body = error instanceof Error && 'body' in error ? (error.body as { code?: string }) : undefined;
  const field = passwordProblems[body?.code ?? ''];
  return field
    ? new AppError('invalid_input', { detail: `${field.field}: expected ${field.expected}`, fields: [field] })
    : error;
}
