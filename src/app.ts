import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AppError } from './base/errors.js';
import { createPrivacy } from './app/privacy.js';
import { openVault } from './app/vault.js';
import { atCommandLine, closeAll, derive, openHome, ports, refuseMemory } from './app/home.js';
import type { Close, Ports } from './app/home.js';
import { openPeople } from './app/people.js';
import { auditedSettings, noteLexicon } from './app/trail.js';
import { createInspector } from './audit/inspect.js';
import { createPublisher } from './audit/publish.js';
import { createAdmission } from './classify/admission.js';
import { lexiconsOf } from './classify/open.js';
import { createPool } from './classify/pool.js';
import { createRunner } from './classify/runner.js';
import type { Config } from './config.js';
import type { TaxonomyView } from './contract/taxonomy.js';
import { createAuth } from './http/auth.js';
import type { Auth } from './http/auth.js';
import { createPrincipals } from './http/principal.js';
import { createServer } from './http/server.js';
import { createDemo } from './intake/demo.js';
import { createIntake } from './intake/submit.js';
import { createUploads } from './intake/uploads/run.js';
import type { Taxonomy } from './engine/index.js';
import { checkPacks } from './lexicon/check.js';
import { statsOf } from './lexicon/coverage.js';
import { explainedCoverage } from './lexicon/coverage-reasons.js';
import { loadLexicon } from './lexicon/load.js';
import { readRubricNames } from './lexicon/names.js';
import { scaffoldPack } from './lexicon/scaffold.js';
import type { NewPack } from './lexicon/scaffold.js';
import { createKeys } from './partners/keys.js';
import { createSchedule } from './privacy/schedule.js';
import { createReview } from './review/decide.js';
import type { Store } from './store/port.js';
import { createOutbox } from './stream/outbox.js';
import { attachStream } from './stream/sockets.js';

/**
 * The composition root: the one place where rooms are joined. Everything that lives as long as the service is made here,
 * in order, and ended in the reverse order. Longer than other files because it names every room once.
 */
export interface App {
  /**
   * Resolves when requests are answered; throws after undoing what was begun. `url` is the address for people, `local` the
   * one on this machine.
   */
  start(): Promise<{ url: string; local: string; signInLink?: string }>;
  /** Ends gracefully: running requests are finished, uploads broken off. Safe to call twice, and before `start`. */
  stop(): Promise<void>;
  /** Resolves when every post that was taken in has its assessment. */
  idle(): Promise<void>;
  /** People and keys, once started. */
  readonly accounts: Accounts;
}

/** What a test, or another program around the service, may put in the place of the real thing. */
export interface Overrides extends Ports {
  /** Bytes of an uploaded file. */
  uploadLimit?: number;
  /** Milliseconds between two demo posts. */
  demoIntervalMs?: number;
}

export interface Accounts {
  users: Auth['users'];
  keys: Pick<ReturnType<typeof createKeys>, 'add' | 'list' | 'revoke'>;
}

const gigabyte = 1_073_741_824;
/** Running requests get this long to end by themselves. */
const graceMs = 10_000;

export function createApp(config: Config, overrides: Overrides = {}): App {
  const { clock, ids, log } = ports(config, overrides);
  const stopping = new AbortController();
  const closers: Close[] = [];
  let starting: Promise<unknown> = Promise.resolve();
  let running: { accounts: Accounts; idle(): Promise<void> } | undefined;

  async function begin() {
    for (const name of config.ignored)
      log.warn({ variable: name }, 'this variable means nothing here; is it misspelt?');
    const home = await openHome(config, { clock, ids, log }, closers);
    const { store, secret, trail, keyring } = home;
    const database = await openPeople(config, home, closers);
    const { compiled, taxonomy, holdings } = await lexiconsOf({
      folders: config.folders,
      // What lives in memory leaves nothing behind.
      ...(config.store !== 'memory' && { home: config.home }),
      log,
    });
    const { record } = trail;
    const system = { kind: 'system', id: 'service' } as const;
    const settings = auditedSettings(store.settings, trail, system);
    await noteLexicon(store.settings, record, taxonomy.revision);
    const publisher = createPublisher({ chain: trail.chain, log });
    closers.push(() => publisher.stop());
    closers.push(() => trail.follower.stop());
    closers.push(() => home.tidier.stop());
    const vault = openVault(config, { clock, ids, record });
    const privacy = createPrivacy(config, home, vault);
    const retention = createSchedule({ settings: store.settings, run: privacy.run, record, clock, log });
    closers.push(() => retention.stop());
    const pool = createPool({ compiled, size: config.workers, log });
    closers.push(() => pool.close());
    const runner = createRunner({ store, pool, clock, log, signal: stopping.signal });
    closers.push(() => runner.stop());
    const admission = createAdmission({
      waiting: async () => (await store.posts.counts()).received,
      onAppend: (l) => store.log.onAppend(l),
      max: config.maxWaiting,
      log,
    });
    closers.push(() => admission.close());
    const { admit } = admission;
    const intake = createIntake({ store, clock, ids, log, pseudonym: keyring.pseudonym, admit });
    const uploads = createUploads({ store, intake, clock, ids, log });
    await uploads.recover();
    const demo = createDemo({
      store,
      intake,
      clock,
      log,
      folder: join(config.folders.data, 'samples'),
      signal: stopping.signal,
      intervalMs: overrides.demoIntervalMs ?? 5_000,
    });
    closers.push(() => demo.stop());
    const keys = createKeys({ store, clock, ids, record, used: trail.acts.keyUsed });

    // Requests that come before everything is ready wait for it: sign-in needs the address, which is known only now.
    const ready = Promise.withResolvers<RequestListener>();
    ready.promise.catch(() => log.debug({}, 'the service ended before it answered anything'));
    const server = createHttpServer((req, res) => {
      ready.promise.then((handle) => handle(req, res)).catch(() => req.destroy());
    });
    let sockets: ReturnType<typeof attachStream> | undefined;
    closers.push(() => closeServer(server, sockets));
    closers.push(() => ready.reject(new AppError('shutting_down')));
    const local = await listen(server, config);
    const baseUrl = config.publicUrl ?? local;
    const auth = await createAuth({
      database,
      secret: derive(secret, 'sessions'),
      baseUrl,
      clock,
      log,
      record,
      actor: system,
    });
    const principals = createPrincipals({
      session: (headers) => auth.session(headers),
      verifyKey: (key) => keys.verify(key),
      origins: [baseUrl],
    });
    const outbox = createOutbox({ store, log, signal: stopping.signal });
    sockets = attachStream({ server, outbox, authenticate: principals.ofSocket, seen: trail.acts.read, log });
    ready.resolve(
      createServer({
        store,
        intake,
        uploads,
        demo,
        pool,
        review: createReview({ store, clock, digest: trail.digest }),
        audit: { ...trail.chain, ...createInspector({ chain: trail.chain, clock }) },
        acts: trail.acts,
        vault,
        privacy,
        keys,
        auth,
        taxonomy: await taxonomyView(taxonomy, config),
        holdings,
        clock,
        ids,
        log,
        version: config.version,
        maxWaiting: config.maxWaiting,
        uploadLimit: overrides.uploadLimit ?? gigabyte,
        signal: stopping.signal,
        ready: () => readiness(store, stopping.signal),
        principals,
        consoleFolder: config.folders.console,
        trustedProxies: config.trustedProxies,
        https: baseUrl.startsWith('https:'),
      }),
    );

    running = { accounts: { users: auth.users, keys }, idle: () => runner.idle() };
    runner.start();
    trail.follower.start();
    home.tidier.start();
    await publisher.start();
    if (config.retention) retention.start();
    if (config.demo) await demo.start();
    await settings.set('url', baseUrl);
    log.info({ url: baseUrl, revision: taxonomy.revision, workers: config.workers }, 'started');
    const signInLink = await firstLink(auth, config);
    if (stopping.signal.aborted) throw new AppError('shutting_down');
    return { url: baseUrl, local, ...(signInLink === undefined ? {} : { signInLink }) };
  }

  const whileRunning = () => {
    if (!running) throw new AppError('shutting_down', { detail: 'The service is not running' });
    return running;
  };
  return {
    async start() {
      const begun = begin();
      starting = begun;
      try {
        return await begun;
      } catch (error) {
        await closeAll(closers, log);
        throw error;
      }
    },
    async stop() {
      stopping.abort();
      running = undefined;
      // What is being begun ends first: it would go on adding to what has to be closed.
      await starting.catch(() => undefined);
      await closeAll(closers, log);
    },
    idle: () => whileRunning().idle(),
    get accounts() {
      return whileRunning().accounts;
    },
  };
}

/**
 * People and keys of the store in `config.home`, without the service; it may run meanwhile.
 * Throws `invalid_input` for a store that lives in another process's memory.
 */
export async function openAccounts(
  config: Config,
  overrides: Overrides = {},
): Promise<Accounts & { close(): Promise<void> }> {
  refuseMemory(config);
  const { clock, ids, log } = ports(config, overrides);
  const closers: Close[] = [];
  try {
    const home = await openHome(config, { clock, ids, log }, closers);
    const { store, secret, trail } = home;
    const database = await openPeople(config, home, closers);
    // The address of the last start, which may have been on a free port or under another name.
    const told = await store.settings.get('url');
    const baseUrl = config.publicUrl ?? (typeof told === 'string' ? told : address(config.host, config.port));
    const { record } = trail;
    const { users } = await createAuth({
      database,
      secret: derive(secret, 'sessions'),
      baseUrl,
      clock,
      log,
      record,
      actor: atCommandLine(),
    });
    return {
      users,
      keys: createKeys({ store, clock, ids, record, used: async () => undefined }),
      close: () => closeAll(closers, log),
    };
  } catch (error) {
    await closeAll(closers, log);
    throw error;
  }
}

/** Says what is wrong with the packs, the taxonomy and the rubric. */
export function checkLexicons(config: Config): ReturnType<typeof checkPacks> {
  return checkPacks(config.folders);
}

/** What is in each pack. */
export async function packStats(config: Config): Promise<ReturnType<typeof statsOf>> {
  return statsOf(await loadLexicon(config.folders));
}

/** Names and terms for each group of a country, and why there are none; `undefined` when no pack is for it. */
export async function packCoverage(config: Config, country: string): ReturnType<typeof explainedCoverage> {
  return explainedCoverage(await loadLexicon(config.folders), config.folders.lexicons, country);
}

/** Begins a pack; says which files it wrote. */
export function newPack(config: Config, pack: NewPack): Promise<string[]> {
  return scaffoldPack(config.folders.lexicons, pack);
}

async function listen(server: Server, { host, port }: Config): Promise<string> {
  // A large upload over a slow line takes its time; the headers do not.
  server.requestTimeout = 3_600_000;
  server.headersTimeout = 30_000;
  // Longer than common proxies keep theirs, so that a connection is not closed just as one reuses it.
  server.keepAliveTimeout = 65_000;
  server.listen({ port, host });
  try {
    await once(server, 'listening');
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
        ? 'another program listens there'
        : (error as Error).message;
    throw new AppError('invalid_input', {
      detail: `Cannot listen at ${address(host, port)}: ${reason}. TOCSIN_PORT and TOCSIN_HOST say where; port 0 takes any free one.`,
      cause: error,
    });
  }
  return address(host, (server.address() as AddressInfo).port);
}

/** Where a browser on this machine finds the service. */
function address(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** Lets running requests end, breaks off what is left after the grace period, and says goodbye to the live streams. */
async function closeServer(server: Server, sockets?: { close(): Promise<void> }): Promise<void> {
  const grace = setTimeout(() => server.closeAllConnections(), graceMs);
  try {
    // Closes the server it hangs on as well.
    await sockets?.close();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  } finally {
    clearTimeout(grace);
  }
}

async function readiness(store: Store, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw new AppError('shutting_down');
  await store.log.head();
}

async function taxonomyView(taxonomy: Taxonomy, { folders }: Config): Promise<TaxonomyView> {
  const { groups, grounds, functions } = taxonomy;
  return {
    groups,
    grounds: grounds.map(({ id, names }) => ({ id, names })),
    functions,
    ...(await readRubricNames(folders.data)),
  };
}

/** In production a link is told only until somebody has signed in: logs are kept, and a link is a key. */
async function firstLink({ users }: Auth, { production }: Config): Promise<string | undefined> {
  const admin = await users.ensureAdmin();
  return admin && !(production && admin.signedInBefore) ? users.link(admin.email) : undefined;
}
