import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { createApp } from '../../src/app.js';
import type { Accounts, App, Overrides } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import type { Config } from '../../src/config.js';
import type { KeyScope, Role } from '../../src/contract/account.js';
import { recordingLog } from './recording-log.js';

export const stores = ['memory', 'sqlite'] as const;

const root = join(import.meta.dirname, '..', '..', '..');

/** Settings under which the service starts fast and keeps to itself; its only bad word is the invented `blorven`. */
export const testEnv = {
  TOCSIN_PORT: '0',
  TOCSIN_DEMO: 'off',
  TOCSIN_WORKERS: '1',
  TOCSIN_LEXICONS: join(root, 'test', 'support', 'lexicons'),
};

export interface TestApp {
  app: App;
  accounts: Accounts;
  config: Config;
  /** Where it listens. */
  url: string;
  /** Where people are told to find it. */
  publicUrl: string;
  /** The administrator's one-time link, as told at start. */
  signInLink: string;
  log: ReturnType<typeof recordingLog>;
  /** Makes an API key and returns its secret. */
  key(...scopes: KeyScope[]): Promise<string>;
  /** The cookie of a person of this role, added and signed in when first asked for. */
  signIn(role: Role): Promise<string>;
  stop(): Promise<void>;
}

/** The real service on a free port, with a home of its own that is removed afterwards. */
export async function startApp(env: Record<string, string> = {}, overrides: Overrides = {}): Promise<TestApp> {
  const home = await mkdtemp(join(tmpdir(), 'tocsin-test-'));
  const config = readConfig({ ...testEnv, TOCSIN_HOME: home, ...env });
  const log = recordingLog();
  const app = createApp(config, { log, ...overrides });
  const { url, local, signInLink } = await app.start();
  const { accounts } = app;
  const cookies = new Map<Role, Promise<string>>();
  const enter = async (role: Role) => {
    const email = `${role}@example.org`;
    await accounts.users.add({ name: `the ${role}`, email, role });
    return cookieOf(await request(await accounts.users.link(email)).get(''));
  };
  return {
    app,
    accounts,
    config,
    url: local,
    publicUrl: url,
    signInLink: signInLink ?? '',
    log,
    key: async (...scopes) => (await accounts.keys.add({ name: `key for ${scopes.join(' ')}`, scopes }, 'test')).secret,
    signIn(role) {
      const known = cookies.get(role) ?? enter(role);
      cookies.set(role, known);
      return known;
    },
    async stop() {
      await app.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** The cookie an answer sets, as a browser sends it back. */
export function cookieOf(response: { headers: Record<string, unknown> }): string {
  const set = response.headers['set-cookie'];
  return (Array.isArray(set) ? (set as string[]) : []).map((cookie) => cookie.split(';')[0]).join('; ');
}
