import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DatabaseSync, backup } from 'node:sqlite';
import { AppError } from '../../base/errors.js';
import { translate } from '../sqlite/connection.js';
import { tarEnd, tarHeader, tarPadding, writeAll } from './tar.js';

export const backupFormat = 'tocsin-backup';
/** What this program writes; it reads every version up to it. */
export const backupVersion = 1;
/** More pages than any database has. */
const allPages = 2_147_483_647;
export const headName = 'tocsin-backup.json';
export const manifestName = 'manifest-sha256.txt';

export interface BackupOptions {
  /** The home folder. */
  home: string;
  /** Names in the home besides the database that go along; folders with all that is in them. Those that are not there are left out. */
  names: readonly string[];
  /** The archive to write. Whatever was there is replaced once the new one is whole. */
  file: string;
  /** ISO 8601. */
  at: string;
  release: string;
}

/**
 * Writes one archive (tar) of a home: a copy of the database as it stood at one moment, while the service goes on writing,
 * and the files beside it. It appears under its name when it is whole. `tar -xf` and `sha256sum -c manifest-sha256.txt` read
 * and check it without this program. Throws `store_unavailable` when the database itself is damaged.
 */
export async function writeBackup(options: BackupOptions): Promise<{ files: number; bytes: number }> {
  const { home, names, file, at, release } = options;
  const [copy, draft] = [`${file}.db-partial`, `${file}.partial`];
  try {
    const version = await copyDatabase(join(home, 'tocsin.db'), copy);
    const files = [{ name: 'tocsin.db', path: copy }, ...(await filesOf(home, names))];
    const archive = await open(draft, 'w', 0o600);
    let bytes = 0;
    try {
      const lines: string[] = [];
      const head = { format: backupFormat, version: backupVersion, at, release, store: version };
      const add = async (name: string, size: number, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) => {
        await writeAll(archive, tarHeader(name, size));
        const hash = createHash('sha256');
        let written = 0;
        for await (const chunk of content) {
          hash.update(chunk);
          written += chunk.length;
          await writeAll(archive, chunk);
        }
        if (written !== size)
          throw new AppError('store_unavailable', { detail: `${name} changed while it was being copied; try again` });
        await writeAll(archive, tarPadding(size));
        lines.push(`${hash.digest('hex')}  ${name}\n`);
        bytes += size;
      };
      const small = (name: string, text: string) => add(name, Buffer.byteLength(text), [Buffer.from(text)]);
      await small(headName, `${JSON.stringify(head, undefined, 2)}\n`);
      for (const { name, path } of files) await add(name, (await stat(path)).size, createReadStream(path));
      await small(manifestName, lines.join(''));
      await writeAll(archive, tarEnd);
      await archive.sync();
    } finally {
      await archive.close();
    }
    await rename(draft, file);
    return { files: files.length, bytes };
  } finally {
    for (const leftover of [copy, `${copy}-wal`, `${copy}-shm`, `${copy}-journal`, draft])
      await rm(leftover, { force: true });
  }
}

/** Copies the database in one step, so that no writer can make it begin anew; returns its version. */
async function copyDatabase(from: string, to: string): Promise<number> {
  await rm(to, { force: true });
  const source = new DatabaseSync(from, { readOnly: true, timeout: 5_000 });
  try {
    await backup(source, to, { rate: allPages });
  } catch (error) {
    throw translate(error);
  } finally {
    source.close();
  }
  const db = new DatabaseSync(to);
  try {
    // One file, with no -wal beside it.
    db.exec('PRAGMA journal_mode = DELETE');
    checkDatabase(db, from);
    return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  } finally {
    db.close();
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const corrupt = new Set([11, 26]);

/** Throws `store_unavailable` when pages of the database are damaged. */
export function checkDatabase(db: DatabaseSync, path: string): void {
  const found = integrityOf(db);
  if (found !== 'ok')
    throw new AppError('store_unavailable', {
      detail: `The database ${path} is damaged (${found}): restore the last good backup`,
    });
}

/** `ok`, or the first thing that is wrong. Some damage, of the text index above all, keeps the check itself from being made. */
function integrityOf(db: DatabaseSync): string {
  try {
    return String(db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check']);
  } catch (error) {
    const { errcode } = error as { errcode?: unknown };
    if (typeof errcode === 'number' && corrupt.has(errcode & 0xff)) return (error as Error).message;
    throw error;
  }
}

async function filesOf(home: string, names: readonly string[]): Promise<{ name: string; path: string }[]> {
  const found: { name: string; path: string }[] = [];
  for (const name of names) {
    const path = join(home, name);
    const what = await stat(path).catch(() => undefined);
    if (what?.isFile()) found.push({ name, path });
    else if (what?.isDirectory())
      for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
        // A name with a dot in front is a draft of something that is being written.
        if (!entry.isFile() || entry.name.startsWith('.')) continue;
        const inside = join(entry.parentPath, entry.name);
        found.push({ name: relative(home, inside).replaceAll('\\', '/'), path: inside });
      }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
