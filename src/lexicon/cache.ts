import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Log } from '../base/log.js';
import { compileLexicon, engineVersion } from '../engine/index.js';
import type { CompiledLexicon, Taxonomy } from '../engine/index.js';
import { unflatten } from './flat.js';
import type { Compiled } from './compile-worker.js';
import { holdingsOf } from './holdings.js';
import type { Holdings } from './holdings.js';
import { LexiconError, loadLexicon } from './load.js';
import type { Folders } from './load.js';
import { ordinaryFiles } from './ordinary.js';

/** What the engine and the service need of the packs and the taxonomy. */
export interface OpenedLexicon {
  compiled: CompiledLexicon;
  taxonomy: Taxonomy;
  holdings: Holdings;
}

export interface CacheDeps {
  /** Folder for everything that changes at run time; compiled tables lie in its `compiled/`. Absent: nothing is kept. */
  home?: string;
  log: Log;
}

/** What the file holds: the rest of the taxonomy is in the compiled lexicon. */
interface Kept extends Pick<Taxonomy, 'functions' | 'revision'> {
  compiled: CompiledLexicon;
  holdings: Holdings;
}

/** Tables of so many different inputs are kept: switching between two sets of packs compiles neither anew. */
const kept = 4;

/**
 * The compiled packs: from the tables that an earlier process compiled of the same files with the same engine, or compiled now and kept for
 * the next. Tables that are damaged are compiled again; where they cannot be kept, the log says so and all goes on. Throws `LexiconError` when
 * something in the packs is wrong.
 */
export async function openLexicon(folders: Folders, { home, log }: CacheDeps): Promise<OpenedLexicon> {
  if (home === undefined) return compileHere(folders);
  const key = await keyOf(folders);
  const file = join(home, 'compiled', `${key}.bin`);
  const known = readCompiled(file, log);
  if (known) return known;
  const bytes = await compileApart(folders);
  try {
    await keep(file, bytes);
    log.debug({ file }, 'the compiled lexicons are kept');
  } catch (error) {
    log.warn({ err: error, file }, 'the compiled lexicons cannot be kept; every start compiles them');
  }
  return openedFrom(bytes)!;
}

async function compileHere(folders: Folders): Promise<OpenedLexicon> {
  const bundle = await loadLexicon(folders);
  const holdings = await holdingsOf(bundle, folders.lexicons);
  return { compiled: compileLexicon(bundle), taxonomy: bundle.taxonomy, holdings };
}

/** Compiles in a thread that ends with it: what compiling leaves behind, some hundreds of megabytes, goes with the thread. */
async function compileApart(folders: Folders): Promise<Uint8Array<SharedArrayBuffer>> {
  const worker = new Worker(new URL('compile-worker.js', import.meta.url), { workerData: folders });
  try {
    // Rejects when the thread dies of an error.
    const [compiled] = (await once(worker, 'message')) as [Compiled];
    if ('problems' in compiled) throw new LexiconError(compiled.problems);
    return compiled.bytes;
  } finally {
    await worker.terminate();
  }
}

function openedFrom(bytes: Uint8Array<SharedArrayBuffer>): OpenedLexicon | undefined {
  const whole = unflatten(bytes) as Kept | undefined;
  if (!whole) return undefined;
  const { compiled, functions, revision, holdings } = whole;
  return { compiled, holdings, taxonomy: { grounds: compiled.grounds, groups: compiled.groups, functions, revision } };
}

/** A digest of everything that the tables are made of: the packs and the taxonomy by content, our own code and the libraries' word lists by size and time. */
async function keyOf({ lexicons, data }: Folders): Promise<string> {
  const hash = createHash('sha256').update(engineVersion);
  const below = async (folder: string, wanted: RegExp) =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && wanted.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  // The same packs in another place are the same packs.
  const sources = (
    await Promise.all([
      below(lexicons, /\.jsonl?$/),
      below(join(data, 'taxonomy'), /\.jsonl?$/),
      below(join(data, 'levels'), /\.json$/),
    ])
  ).flat();
  const within = (path: string) => (path.startsWith(lexicons) ? relative(lexicons, path) : relative(data, path));
  const contents = await Promise.all(sources.map((path) => readFile(path)));
  sources.forEach((path, i) => hash.update(`\0${within(path)}\0${contents[i]!.length}\0`).update(contents[i]!));
  const here = import.meta.dirname;
  const code = [...(await below(here, /\.js$/)), ...(await below(join(here, '..', 'engine'), /\.js$/))];
  const made = [...code, ...ordinaryFiles];
  const stats = await Promise.all(made.map((path) => stat(path)));
  made.forEach((path, i) => hash.update(`\0${path}\0${stats[i]!.size}\0${stats[i]!.mtimeMs}`));
  return hash.digest('hex').slice(0, 40);
}

/** Reads kept tables straight into shared memory; `undefined` when there is no such file, or when it is damaged. */
export function readCompiled(file: string, log: Log): OpenedLexicon | undefined {
  let from: number;
  try {
    from = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      log.warn({ err: error, file }, 'the compiled lexicons cannot be read; they are compiled again');
    return undefined;
  }
  try {
    const bytes = new Uint8Array(new SharedArrayBuffer(fstatSync(from).size));
    let at = 0;
    for (let got = 1; got > 0 && at < bytes.length; at += got) got = readSync(from, bytes, at, bytes.length - at, at);
    const opened = openedFrom(bytes);
    if (!opened) log.warn({ file }, 'the compiled lexicons are damaged; they are compiled again');
    return opened;
  } catch (error) {
    log.warn({ err: error, file }, 'the compiled lexicons cannot be read; they are compiled again');
    return undefined;
  } finally {
    closeSync(from);
  }
}

/** Written aside and renamed, so that nobody reads half a file; then the oldest others go. */
async function keep(file: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  try {
    const to = await open(draft, 'wx', 0o600);
    try {
      await to.writeFile(bytes);
      await to.sync();
    } finally {
      await to.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  const names = (await readdir(folder)).filter((name) => /^[0-9a-f]{40}\.bin/.test(name));
  const times = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mtimeMs));
  const oldest = names.map((name, i) => ({ name, time: times[i]! })).sort((a, b) => b.time - a.time);
  await Promise.all(oldest.slice(kept).map(({ name }) => rm(join(folder, name), { force: true })));
}
