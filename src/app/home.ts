import { hkdfSync } from 'node:crypto';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../base/clock.js';
import type { Clock } from '../base/clock.js';
import { AppError } from '../base/errors.js';
import { randomIds } from '../base/ids.js';
import type { Ids } from '../base/ids.js';
import { createLog } from '../base/log.js';
import type { Log } from '../base/log.js';
import { deploymentSecret } from '../config.js';
import type { Config } from '../config.js';
import type { Actor } from '../contract/audit.js';
import { createKeyring } from '../privacy/keyring.js';
import type { Keyring } from '../privacy/keyring.js';
import { sealedStore } from '../privacy/seal.js';
import { createTidier } from '../privacy/tidy.js';
import type { Tidier } from '../privacy/tidy.js';
import { openStore } from '../store/open.js';
import type { OpenStore } from '../store/open.js';
import type { Store } from '../store/port.js';
import { readKeyring } from './keyring-file.js';
import { createTrail } from './trail.js';
import type { Trail } from './trail.js';

/** What comes in from the world, and what a test may put in its place. */
export interface Ports {
  clock?: Clock;
  ids?: Ids;
  log?: Log;
}

export type Close = () => void | Promise<void>;

export interface Home {
  /** As the rooms see it: what is encrypted is opened on its way out. */
  store: Store;
  /** As it is on the disk. */
  raw: Store;
  tidier: Tidier;
  keyring: Keyring;
  /** Of MongoDB: where people live, too. */
  database?: NonNullable<OpenStore['database']>;
  secret: string;
  trail: Trail;
  clock: Clock;
  ids: Ids;
  log: Log;
}

export function ports(
  config: Config,
  { clock = systemClock, ids = randomIds(clock), log = createLog(config.log) }: Ports,
) {
  return { clock, ids, log };
}

/** Where the embedded store of a home lies. */
export const storePath = (home: string): string => join(home, 'tocsin.db');

/** Opens what lives in `config.home`: the deployment secret, the store and the audit chain in it. */
export async function openHome(config: Config, { clock, ids, log }: Required<Ports>, closers: Close[]): Promise<Home> {
  const secret = config.store === 'memory' ? ids.secret(32) : deploymentSecret(config.home, ids);
  const keyring = createKeyring(secret, config.store === 'memory' ? undefined : readKeyring(config.home));
  const raw = await openStore({
    driver: config.store,
    path: storePath(config.home),
    url: config.mongoUrl,
    clock,
    log,
  });
  closers.push(() => raw.close());
  const tidier = createTidier({ store: raw, log });
  const store = sealedStore(raw, keyring, () => tidier.touched());
  const trail = createTrail({ store, clock, log, key: derive(secret, 'audit') });
  const { database } = raw;
  return { store, raw, tidier, keyring, secret, trail, clock, ids, log, ...(database && { database }) };
}

/**
 * Works on the store in `config.home` without the service; it may run meanwhile. Throws `invalid_input` for a store that
 * lives in another process's memory.
 */
export async function withHome<T>(config: Config, work: (home: Home) => Promise<T>, given: Ports = {}): Promise<T> {
  refuseMemory(config);
  const closers: Close[] = [];
  const what = ports(config, given);
  try {
    return await work(await openHome(config, what, closers));
  } finally {
    await closeAll(closers, what.log);
  }
}

export function refuseMemory(config: Config): void {
  if (config.store === 'memory')
    throw new AppError('invalid_input', {
      detail: 'TOCSIN_STORE=memory keeps nothing outside the running service; expected sqlite or mongo.',
    });
}

/** Who sits at the command line, by the name the machine knows. */
export const atCommandLine = (): Actor => ({ kind: 'cli', id: userInfo().username });

/** A key of its own for each use, so that none gives away another. */
export function derive(secret: string, use: string): string {
  return Buffer.from(hkdfSync('sha256', secret, 'tocsin', use, 32)).toString('base64url');
}

/** Everything in reverse order, each even when one before it fails; the first failure is thrown at the end. */
export async function closeAll(closers: Close[], log: Log): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closers.splice(0).reverse())
    try {
      await close();
    } catch (error) {
      log.error({ err: error }, 'something did not end as it should');
      failures.push(error);
    }
  if (failures.length > 0) throw failures[0];
}
