import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A MongoDB for the tests, over the wire. `TOCSIN_TEST_MONGO_URL` names a running one; without it, `test/support/mongo-server`
 * is built once with Go into an ignored cache, and started.
 */
const root = join(import.meta.dirname, '..', '..', '..');
const source = join(root, 'test', 'support', 'mongo-server');
const cache = join(root, 'dist', '.cache');

export const givenUrl = process.env['TOCSIN_TEST_MONGO_URL'];

/** Why there is no MongoDB here, with what helps; undefined when there is one. The first call builds it, which takes a minute. */
export function missingMongo(): string | undefined {
  if (givenUrl || existsSync(binary())) return undefined;
  const go = spawnSync('go', ['version'], { encoding: 'utf8' });
  if (go.status !== 0)
    return 'there is no Go to build the test server with; install Go 1.24 or newer, or set TOCSIN_TEST_MONGO_URL to a MongoDB that may be written to';
  return built();
}

/** Builds once: of several test files that start at the same time one builds, and the others wait for it. */
function built(): string | undefined {
  const lock = `${binary()}.lock`;
  for (let waited = 0; ; waited += 250) {
    if (existsSync(binary())) return undefined;
    try {
      mkdirSync(lock);
      break;
    } catch {
      // A builder that was killed leaves its lock behind.
      if (waited > 300_000) rmSync(lock, { recursive: true, force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
    }
  }
  try {
    const draft = `${binary()}.${process.pid}`;
    const done = spawnSync('go', ['build', '-trimpath', '-o', draft, '.'], { cwd: source, encoding: 'utf8' });
    if (done.status === 0) {
      renameSync(draft, binary());
      return undefined;
    }
    const reason = done.stderr.trim().split('\n').at(-1) ?? '';
    return `the test server cannot be built (${reason}); TOCSIN_TEST_MONGO_URL may name a running MongoDB instead`;
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function binary(): string {
  const hash = createHash('sha256');
  for (const name of ['main.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(source, name)));
  mkdirSync(cache, { recursive: true });
  return join(cache, `mongo-server-${hash.digest('hex').slice(0, 12)}`);
}

export interface MongoServer {
  /** The address of a database of this name. */
  url(database: string): string;
  port: number;
  kill(): Promise<void>;
  /** On the same port, with the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the built server on a free port, or names the given one. */
export async function startMongo(): Promise<MongoServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-mongo-'));
  const port = await freePort();
  let child: ChildProcess;
  const begin = async () => {
    child = spawn(binary(), [folder, `127.0.0.1:${port}`], { stdio: 'ignore' });
    await listening(port, child);
  };
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  await begin();
  return {
    url: (database) => `mongodb://127.0.0.1:${port}/${database}`,
    port,
    kill,
    restart: begin,
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The given server, or one of our own. Killing and restarting is only for our own. */
export async function mongo(): Promise<Pick<MongoServer, 'url' | 'stop'>> {
  if (!givenUrl) return startMongo();
  return {
    url(database) {
      const url = new URL(givenUrl);
      url.pathname = `/${database}`;
      return String(url);
    },
    stop: async () => undefined,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves once somebody listens there. */
async function listening(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (child.exitCode !== null) throw new Error(`the test server ended with ${child.exitCode}`);
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25));
    } finally {
      socket.destroy();
    }
  }
  throw new Error(`the test server does not listen on port ${port}`);
}
