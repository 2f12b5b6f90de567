import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { testEnv } from './app.js';

const built = join(import.meta.dirname, '..', '..', 'src');

/**
 * Starts a program of ours as a process of its own, with nothing of this one's environment but the path. `under`: a command
 * that runs it, e.g. one that takes rights away.
 */
export function start(
  program: 'main' | 'cli',
  args: string[],
  env: Record<string, string>,
  under: readonly string[] = [],
): ChildProcessWithoutNullStreams {
  const clean = { PATH: process.env['PATH'] ?? '', ...testEnv, ...env };
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', join(built, `${program}.js`), ...args];
  const [first = '', ...rest] = [...under, ...command];
  return spawn(first, rest, { env: clean });
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

/** Runs the command line to its end. */
export async function cli(
  args: string[],
  { env = {}, input, under = [] }: { env?: Record<string, string>; input?: string; under?: readonly string[] } = {},
): Promise<Ended> {
  const child = start('cli', args, env, under);
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  return ended(child);
}

/** What a process wrote until its end, and how it ended. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, out, err };
}

/** Starts the service and waits until it says where it listens. */
export async function serve(
  env: Record<string, string>,
  under: readonly string[] = [],
): Promise<{ child: ChildProcessWithoutNullStreams; url: string; signInLink: string | undefined }> {
  const child = start('main', [], env, under);
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const link = /once, within 24 hours: (\S+)/;
  let url: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    url ??= /^Tocsin listens at (\S+)$/.exec(line)?.[1];
    if (url && link.test(line)) return { child, url, signInLink: link.exec(line)?.[1] };
  }
  throw new Error(`the service ended before it listened: ${err}`);
}
