import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createChain } from '../audit/chain.js';
import { AppError } from '../base/errors.js';
import type { Config } from '../config.js';
import { onDisk } from '../evidence/files.js';
import { openStore } from '../store/open.js';
import type { Store } from '../store/port.js';
import { exportLines, openExport } from '../store/transfer/lines.js';
import { noRecords, originOf, readStore, writeStore } from '../store/transfer/records.js';
import type { Kind, People, StoreRecord } from '../store/transfer/records.js';
import { atCommandLine, closeAll, ports, storePath, withHome } from './home.js';
import type { Close, Home, Ports } from './home.js';
import { peopleOf } from './people.js';

/** How many records of each kind were written, and how many there are in all where that is known. */
export type Tell = (done: Record<Kind, number>, of: Partial<Record<Kind, number>>) => void;

/** Writes the store as JSON lines, to a file that appears when it is whole, or to a stream. */
export function exportStore(config: Config, to: string | NodeJS.WritableStream): Promise<void> {
  return withStore(config, async ({ store, trail }, people) => {
    await trail.follower.catchUp();
    await trail.record({ action: 'export', actor: atCommandLine(), detail: { what: 'store' } });
    const lines = Readable.from(exportLines(store, people));
    if (typeof to !== 'string') return pipeline(lines, to, { end: false });
    const path = resolve(to);
    await onDisk(path, () => writeWhole(path, lines));
  });
}

async function writeWhole(path: string, from: Readable): Promise<void> {
  const draft = `${path}.partial`;
  try {
    await pipeline(from, createWriteStream(draft, { mode: 0o600 }));
    const handle = await open(draft, 'r+');
    await handle.sync();
    await handle.close();
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Fills the store of `config.home`, which must be empty, from an export. An import that was broken off goes on. */
export async function importStore(config: Config, file: string, tell: Tell): Promise<Record<Kind, number>> {
  const { origin, read } = await openExport(resolve(file));
  const of = noRecords();
  for await (const { kind } of read()) of[kind] += 1;
  return withStore(config, async ({ store, trail }, people) => {
    const done = await writeStore(store, origin, read(), (counts) => tell(counts, of), people);
    await trail.record({ action: 'import', actor: atCommandLine(), detail: { posts: done.post } });
    return done;
  });
}

/** The store of `config.home` with the people in it. */
function withStore<T>(config: Config, work: (home: Home, people: People) => Promise<T>): Promise<T> {
  return withHome(config, async (home) => {
    const closers: Close[] = [];
    try {
      return await work(home, await peopleOf(home, storePath(config.home), closers));
    } finally {
      await closeAll(closers, home.log);
    }
  });
}

/**
 * Moves everything between two stores: `sqlite:FOLDER` (the home folder), `mongodb://…`, or a file of JSON lines. Stop the service before.
 * Throws `invalid_input` for an address that is neither.
 */
export async function migrateStore(
  config: Config,
  from: string,
  to: string,
  tell: Tell,
  given: Ports = {},
): Promise<Record<Kind, number>> {
  const what = ports(config, given);
  const closers: Close[] = [];
  try {
    const source = await openSource(from, what, closers);
    if (to.endsWith('.jsonl')) {
      if (!source.store)
        throw new AppError('invalid_input', { detail: 'From a file to a file there is nothing to move' });
      const { store, people } = source.store;
      const path = resolve(to);
      await onDisk(path, () => writeWhole(path, Readable.from(exportLines(store, people))));
      return source.of;
    }
    const target = await openAt(to, what, closers);
    return await writeStore(target.store, source.origin, source.read(), (done) => tell(done, source.of), target.people);
  } finally {
    await closeAll(closers, what.log);
  }
}

interface Opened {
  store: Store;
  people: People;
}

interface Source {
  store?: Opened;
  origin: string;
  of: Record<Kind, number>;
  read(): AsyncGenerator<StoreRecord>;
}

async function openSource(address: string, what: Required<Ports>, closers: Close[]): Promise<Source> {
  const of = noRecords();
  if (address.endsWith('.jsonl')) {
    const { origin, read } = await openExport(resolve(address));
    for await (const { kind } of read()) of[kind] += 1;
    return { origin, read, of };
  }
  const opened = await openAt(address, what, closers);
  const { store, people } = opened;
  await createChain({ store, clock: what.clock }).record({
    action: 'export',
    actor: atCommandLine(),
    detail: { what: 'store' },
  });
  const counts = Object.values(await store.posts.counts());
  of.post = counts.reduce((sum, count) => sum + count, 0);
  of.event = await store.log.head();
  of.audit = (await store.audit.head())?.n ?? 0;
  of.person = (await people.read()).length;
  return { store: opened, origin: await originOf(store), of, read: () => readStore(store, people) };
}

async function openAt(address: string, { clock, log }: Required<Ports>, closers: Close[]): Promise<Opened> {
  const folder = /^sqlite:(.+)$/.exec(address)?.[1];
  const mongo = /^mongodb(\+srv)?:\/\//.test(address);
  if (folder === undefined && !mongo)
    throw new AppError('invalid_input', {
      detail: `${address} is no store; expected sqlite:FOLDER, mongodb://… or a file that ends in .jsonl`,
    });
  const path = folder === undefined ? '' : storePath(resolve(folder));
  const store = await openStore(
    folder === undefined ? { driver: 'mongo', path, url: address, clock, log } : { driver: 'sqlite', path, clock, log },
  );
  closers.push(() => store.close());
  return { store, people: await peopleOf(store, path, closers) };
}
