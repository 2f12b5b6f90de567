import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { AppError } from '../../base/errors.js';
import { migrations } from '../sqlite/schema.js';
import { UnreadableTar, readTar } from './tar.js';
import { backupFormat, backupVersion, checkDatabase, headName, manifestName } from './write.js';

const head = z.object({ format: z.literal(backupFormat), version: z.int(), at: z.string(), store: z.int() });

export interface RestoreOptions {
  file: string;
  /** The home folder to fill; made when missing. */
  home: string;
  /** Names that a backup may bring into the home besides the database. */
  names: readonly string[];
  /** Unique; names the folders that are made on the way. */
  stamp: string;
  /** Moves aside what the home holds already. */
  force: boolean;
}

/**
 * Puts a backup into a home. Everything is unpacked beside its place and checked, every byte of it, before anything is
 * moved; what was there before is kept in a folder of its own. Throws `invalid_input` for what is no whole backup or was made
 * by a newer release, `duplicate` when the home holds a store already.
 */
export async function restoreBackup(options: RestoreOptions): Promise<{ at: string; files: number; aside?: string }> {
  const { file, home, stamp, force } = options;
  if (!existsSync(file)) throw new AppError('invalid_input', { detail: `There is no file ${file}` });
  if (existsSync(join(home, 'tocsin.db')) && !force)
    throw new AppError('duplicate', {
      detail: `${home} holds a store already: stop the service and say --force to move it aside, or give another TOCSIN_HOME`,
    });
  await mkdir(home, { recursive: true, mode: 0o700 });
  const staging = join(home, `restoring-${stamp}`);
  try {
    const { at, files } = await unpack(options, staging);
    const aside = await moveAside(options);
    // The database comes last: a home without it is no store, and the restore can be done again.
    const names = (await readdir(staging)).sort((a, b) => Number(a === 'tocsin.db') - Number(b === 'tocsin.db'));
    for (const name of names) await rename(join(staging, name), join(home, name));
    return { at, files, ...(aside !== undefined && { aside }) };
  } catch (error) {
    if (!(error instanceof UnreadableTar)) throw error;
    throw new AppError('invalid_input', { detail: `${file} cannot be restored: ${error.message}` });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function unpack({ file, names }: RestoreOptions, staging: string): Promise<{ at: string; files: number }> {
  const wrong = (why: string) => new AppError('invalid_input', { detail: `${file} cannot be restored: ${why}` });
  const hashes = new Map<string, string>();
  let manifest: string | undefined;
  let told: z.infer<typeof head> | undefined;
  for await (const { name, bytes } of readTar(file)) {
    if (name === manifestName || name === headName) {
      const text = await collect(bytes);
      hashes.set(name, createHash('sha256').update(text).digest('hex'));
      if (name === manifestName) manifest = text;
      else told = readHead(text, wrong);
      continue;
    }
    if (!told) throw wrong('it is no backup of this service');
    if (!permitted(name, names)) throw wrong(`it holds ${name}, which is none of ours`);
    hashes.set(name, await unpackFile(join(staging, name), bytes));
  }
  if (!told) throw wrong('it is no backup of this service');
  if (manifest === undefined) throw wrong('it is cut off');
  hashes.delete(manifestName);
  const expected = new Map(
    manifest
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  for (const [name, hash] of expected)
    if (hashes.get(name) !== hash) throw wrong(`${name} is ${hashes.has(name) ? 'damaged' : 'missing'}`);
  if (hashes.size !== expected.size || !hashes.has('tocsin.db')) throw wrong('it does not hold what its manifest says');
  const path = join(staging, 'tocsin.db');
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    checkDatabase(db, 'in the backup');
  } finally {
    db.close();
  }
  return { at: told.at, files: hashes.size - 1 };
}

function readHead(text: string, wrong: (why: string) => AppError): z.infer<typeof head> {
  const read = head.safeParse(parsed(text));
  if (!read.success) throw wrong('it is no backup of this service');
  const { version, store } = read.data;
  if (version > backupVersion || store > migrations.length)
    throw wrong(
      `it was made by a newer release (backup version ${version}, store version ${store}), but this program knows only ${backupVersion} and ${migrations.length}: restore it with that release.`,
    );
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON fits no shape: the caller says so.
    return undefined;
  }
}

/** Only what we put into a backup ourselves, and nothing that leads out of the home. */
function permitted(name: string, names: readonly string[]): boolean {
  const parts = name.split('/');
  if (parts.some((part) => part === '' || part.startsWith('.'))) return false;
  return parts.length === 1 ? name === 'tocsin.db' || names.includes(name) : names.includes(parts[0] ?? '');
}

async function collect(bytes: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

async function unpackFile(path: string, bytes: AsyncIterable<Buffer>): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  const handle = await open(path, 'wx', 0o600);
  try {
    for await (const part of bytes) {
      hash.update(part);
      await handle.writeFile(part);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

/** Moves what belongs to a store into a folder of its own; returns it when there was anything. */
async function moveAside({ home, names, stamp }: RestoreOptions): Promise<string | undefined> {
  const ours = ['tocsin.db', 'tocsin.db-wal', 'tocsin.db-shm', ...names].filter((name) => existsSync(join(home, name)));
  if (ours.length === 0) return undefined;
  const aside = join(home, `before-restore-${stamp}`);
  await mkdir(aside, { mode: 0o700 });
  for (const name of ours) await rename(join(home, name), join(aside, name));
  return aside;
}
