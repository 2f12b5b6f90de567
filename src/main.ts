import { fileURLToPath } from 'node:url';

const oldest = 24;

/**
 * Runs the service until SIGTERM or SIGINT; a second signal ends it at once.
 *
 * @param env settings; what the command line says stands above it
 */
export async function serve(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  // Loaded only now: on an old Node the imports themselves would fail, with a page of internals instead of a sentence.
  const { readConfig } = await import('./config.js');
  const { createApp } = await import('./app.js');
  const app = createApp(readConfig(env));
  let signals = 0;
  const stop = (signal: NodeJS.Signals) => {
    signals += 1;
    if (signals > 1) process.exit(130);
    process.stderr.write(`tocsin: ${signal}, stopping\n`);
    app.stop().catch(fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const started = await app.start().catch((error: unknown) => {
    // Told to stop before it had begun: that is no failure.
    if (signals > 0) return undefined;
    throw error;
  });
  if (!started) return;
  const { url, signInLink } = started;
  process.stdout.write(`Tocsin listens at ${url}\n`);
  if (signInLink) process.stdout.write(`Sign in as administrator, once, within 24 hours: ${signInLink}\n`);
}

/** Says in one sentence what went wrong and ends with exit code 1. */
export function fail(error: unknown): void {
  const known = error instanceof Error && 'code' in error && 'status' in error && error.code !== 'internal';
  const said =
    known || !(error instanceof Error) ? String(error instanceof Error ? error.message : error) : error.stack;
  process.stderr.write(`tocsin: ${said}\n`);
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [major = '0'] = process.versions.node.split('.');
  if (Number(major) < oldest)
    fail(`This needs Node ${oldest} or newer, and this is ${process.version}; "npm start" brings its own.`);
  else {
    // What the service writes, the database above all, is nobody else's to read.
    process.umask(0o077);
    await serve(process.env).catch(fail);
  }
}
