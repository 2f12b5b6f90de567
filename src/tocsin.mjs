#!/usr/bin/env node
// The launcher: what `npm start`, `npm test` and `npx tocsin` run on a bare clone, on whatever Node is there.
// Plain JavaScript on purpose: nothing is installed or compiled yet when it starts. It installs what is missing, builds what
// is stale, then hands over to the pinned Node 24 in node_modules. Everything it says goes to stderr: stdout belongs to the command.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (line) => process.stderr.write(`${line}\n`);
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const bin = (...parts) => join(root, 'node_modules', ...parts);

function missingPackages() {
  const { dependencies, devDependencies } = json(join(root, 'package.json'));
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([name, version]) => {
      const manifest = bin(name, 'package.json');
      return !existsSync(manifest) || json(manifest).version !== version;
    })
    .map(([name]) => name);
}

function run(command, args, what) {
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, NODE_ENV: '' } });
  if (done.error || done.status !== 0) {
    say(`tocsin: ${what} failed${done.error ? `: ${done.error.message}` : ''}`);
    process.exit(done.status || 1);
  }
}

function install() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  say(
    `tocsin: installing packages (${missing.length} missing or of another version); the first time takes a minute or two`,
  );
  run(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    'npm ci',
  );
}

/** One digest over path, size and time of every source file but those below `except`: cheap enough to ask at every start. */
function fingerprint(folders, except) {
  const hash = createHash('sha256');
  const walk = (path) => {
    if (!existsSync(path) || (except && path === join(root, except))) return;
    const stat = statSync(path);
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) walk(join(path, name));
    else hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
  };
  for (const folder of folders) walk(join(root, folder));
  return hash.digest('hex');
}

function stale(stamp, print, proof) {
  const path = join(root, 'dist', stamp);
  return !existsSync(join(root, proof)) || !existsSync(path) || readFileSync(path, 'utf8') !== print;
}

const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Two launchers started at once must not both write dist: the second waits, then finds nothing left to do. */
function locked(work) {
  const lock = join(root, 'dist', '.lock');
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (let waited = 0; ; waited += 200) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      // A builder that was killed leaves its lock behind; no build of ours takes two minutes.
      if (waited > 120_000 || Date.now() - statSync(lock, { throwIfNoEntry: false })?.mtimeMs > 120_000)
        rmSync(lock, { recursive: true, force: true });
      else sleep(200);
    }
  }
  // A failed build ends the process, which no `finally` sees.
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  try {
    work();
  } finally {
    process.off('exit', release);
    release();
  }
}

const node = () => bin('node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

function build({ tests, console: withConsole }) {
  const server = fingerprint(['src', 'package.json'], 'src/console');
  const pages = fingerprint(['src/console', 'src/contract', 'src/engine/types.ts', 'package.json']);
  const suite = `${server}${fingerprint(['test'])}`;
  const wanted = [
    stale('.server', server, 'dist/src/cli.js') && {
      stamp: '.server',
      print: server,
      what: 'the server',
      args: [bin('typescript', 'bin', 'tsc'), '-b', 'src'],
    },
    tests &&
      stale('.tests', suite, 'dist/test') && {
        stamp: '.tests',
        print: suite,
        what: 'the tests',
        args: [bin('typescript', 'bin', 'tsc'), '-b'],
      },
    withConsole &&
      stale('.console', pages, 'dist/console/index.html') && {
        stamp: '.console',
        print: pages,
        what: 'the console',
        args: [bin('vite', 'bin', 'vite.js'), 'build', '--config', 'src/console/vite.config.ts', '--logLevel', 'warn'],
      },
  ].filter(Boolean);
  if (wanted.length === 0) return;
  locked(() => {
    for (const { stamp, print, what, args } of wanted) {
      say(`tocsin: building ${what}`);
      run(node(), args, `building ${what}`);
      writeFileSync(join(root, 'dist', stamp), print);
    }
  });
}

function handOver(args) {
  const child = spawn(node(), args, { cwd: process.cwd(), stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    say(`tocsin: cannot start Node 24: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) =>
    process.exit(signal ? 128 + ({ SIGINT: 2, SIGTERM: 15, SIGHUP: 1, SIGKILL: 9 }[signal] ?? 0) : code),
  );
}

const args = process.argv.slice(2);
install();
if (args[0] === '--test') {
  build({ tests: true, console: true });
  process.chdir(root);
  handOver([
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    bin('jest', 'bin', 'jest.js'),
    ...args.slice(1),
  ]);
} else if (args[0] === '--build') {
  build({ tests: true, console: true });
} else {
  build({ tests: false, console: args[0] === 'serve' });
  handOver([
    '--enable-source-maps',
    '--disable-warning=ExperimentalWarning',
    join(root, 'dist', 'src', args[0] === 'serve' && args.length === 1 ? 'main.js' : 'cli.js'),
    ...args,
  ]);
}
