import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from './base/errors.js';
import type { Ids } from './base/ids.js';

/** Everything a deployment may decide, read once. Nothing else reads the environment. */
export interface Config {
  /** Absolute folder of everything that changes at run time. */
  readonly home: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly store: 'sqlite' | 'memory' | 'mongo';
  /** Where the store `mongo` lives: server, credentials and database. */
  readonly mongoUrl: string;
  /** Whether a new store is filled with the invented demo posts. */
  readonly demo: boolean;
  /** Whether the retention rules are run once a day. */
  readonly retention: boolean;
  /** Worker threads that assess texts. */
  readonly workers: number;
  /** Posts that may wait for assessment before new ones are refused. */
  readonly maxWaiting: number;
  readonly log: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Origin at which people and partners reach this service, e.g. `https://tocsin.example.org`; no slash at the end. */
  readonly publicUrl?: string;
  /** Reverse proxies in front whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies: number;
  readonly production: boolean;
  readonly folders: { readonly lexicons: string; readonly data: string; readonly console: string };
  readonly version: string;
  /** Variables that begin with TOCSIN_ and mean nothing: most likely misspelt. */
  readonly ignored: readonly string[];
}

const root = resolve(import.meta.dirname, '..', '..');

const whole = (low: number, high: number) => {
  const expected = `a whole number from ${low} to ${high}`;
  return z
    .string()
    .regex(/^\d+$/, expected)
    .transform(Number)
    .pipe(z.number(expected).min(low, expected).max(high, expected));
};
const oneOf = <T extends string>(...values: [T, ...T[]]) => z.enum(values, `one of ${values.join(', ')}`);
const yes = new Set(['on', 'true', '1', 'yes']);
const flag = z
  .enum(['on', 'true', '1', 'yes', 'off', 'false', '0', 'no'], 'on or off')
  .transform((value) => yes.has(value));
const origin = z
  .url({ protocol: /^https?$/, error: 'an http or https address, e.g. "https://tocsin.example.org"', abort: true })
  .refine((value) => URL.canParse(value) && new URL(value).pathname === '/' && new URL(value).search === '', {
    error: 'an address without a path: the service lives at the root of its host',
  })
  .transform((value) => new URL(value).origin);

/** One entry a variable: what is documented in `.env.example`. An empty variable counts as not set. */
const settings = z.object({
  TOCSIN_HOME: z.string().default(join(root, 'var')),
  TOCSIN_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'a host name or IP address, e.g. "0.0.0.0"')
    .default('127.0.0.1'),
  TOCSIN_PORT: whole(0, 65_535).default(8080),
  TOCSIN_STORE: oneOf('sqlite', 'memory', 'mongo').default('sqlite'),
  TOCSIN_MONGO_URL: z
    .string()
    .regex(
      /^mongodb(\+srv)?:\/\/[^/\s]+\/[\w-]+(\?\S*)?$/,
      'an address with a database, e.g. "mongodb://127.0.0.1:27017/tocsin"',
    )
    .default('mongodb://127.0.0.1:27017/tocsin'),
  TOCSIN_DEMO: oneOf('auto', 'on', 'off').default('auto'),
  TOCSIN_RETENTION: flag.default(true),
  TOCSIN_WORKERS: whole(1, 256).optional(),
  TOCSIN_MAX_WAITING: whole(1, 10_000_000).default(50_000),
  TOCSIN_LOG: oneOf('debug', 'info', 'warn', 'error', 'silent').default('info'),
  TOCSIN_PUBLIC_URL: origin.optional(),
  TOCSIN_TRUST_PROXY: whole(0, 10).default(0),
  TOCSIN_PRODUCTION: flag.optional(),
  TOCSIN_LEXICONS: z.string().default(join(root, 'lexicons')),
  NODE_ENV: z.string().optional(),
});

/**
 * Reads the environment. Throws `invalid_input` whose detail has one sentence for each variable that is wrong.
 *
 * @param env as `process.env`
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = settings.safeParse(given);
  if (!read.success) {
    const fields = read.error.issues.map((issue) => ({ field: String(issue.path[0]), expected: issue.message }));
    // An address may hold a password, and this sentence ends up in logs.
    const told = (field: string) => JSON.stringify(given[field]?.replace(/\/\/[^@/]*@/, '//…@'));
    const sentence = ({ field, expected }: { field: string; expected: string }) =>
      `${field} is ${told(field)}; expected ${expected}.`;
    throw new AppError('invalid_input', { detail: fields.map(sentence).join('\n'), fields });
  }
  const value = read.data;
  const production = value.TOCSIN_PRODUCTION ?? value.NODE_ENV === 'production';
  const known = new Set(Object.keys(settings.shape));
  return deepFreeze({
    home: resolve(value.TOCSIN_HOME),
    host: value.TOCSIN_HOST,
    port: value.TOCSIN_PORT,
    store: value.TOCSIN_STORE,
    mongoUrl: value.TOCSIN_MONGO_URL,
    demo: value.TOCSIN_DEMO === 'on' || (value.TOCSIN_DEMO === 'auto' && !production),
    retention: value.TOCSIN_RETENTION,
    workers: value.TOCSIN_WORKERS ?? availableParallelism(),
    maxWaiting: value.TOCSIN_MAX_WAITING,
    log: value.TOCSIN_LOG,
    ...(value.TOCSIN_PUBLIC_URL === undefined ? {} : { publicUrl: value.TOCSIN_PUBLIC_URL }),
    trustedProxies: value.TOCSIN_TRUST_PROXY,
    production,
    folders: {
      lexicons: resolve(value.TOCSIN_LEXICONS),
      data: join(root, 'data'),
      console: join(root, 'dist', 'console'),
    },
    version: version(),
    ignored: Object.keys(given).filter(
      (name) => name.startsWith('TOCSIN_') && !name.startsWith('TOCSIN_TEST_') && !known.has(name),
    ),
  });
}

function version(): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  return Object.freeze(value);
}

const secretBytes = 32;

/**
 * The deployment secret: 32 random bytes as base64url, made once and kept in `<home>/secret`, readable by its owner only.
 * Pseudonyms and session cookies depend on it: whoever loses it loses the link between an author's old and new posts, and
 * everybody has to sign in again. Throws `invalid_input` when the file holds something else.
 */
export function deploymentSecret(home: string, ids: Pick<Ids, 'secret' | 'ulid'>): string {
  const file = join(home, 'secret');
  if (!existsSync(file)) {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    // Written aside and linked into place: of two processes that start at once both read the one that came first, whole.
    const draft = `${file}.${ids.ulid()}`;
    writeFileSync(draft, `${ids.secret(secretBytes)}\n`, { mode: 0o600, flag: 'wx' });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft);
    }
  }
  const secret = readFileSync(file, 'utf8').trim();
  if (!/^[\w-]{43,}$/.test(secret))
    throw new AppError('invalid_input', {
      detail: `${file} does not hold a deployment secret; restore it from your backup, or remove it to begin anew.`,
    });
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  return secret;
}
