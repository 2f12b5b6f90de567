import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../base/errors.js';
import { applicationId } from './schema.js';
import type { Migration } from './schema.js';

function pragma(db: DatabaseSync, name: 'user_version' | 'application_id' | 'schema_version'): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}

/**
 * Brings the file to the newest version, each step in a transaction of its own, so that a step that fails leaves the file
 * as the step before left it. Returns the names of the steps taken.
 *
 * Throws `store_unavailable` when the file is newer than this program or not a store at all; the file is then untouched.
 */
export function migrate(db: DatabaseSync, path: string, migrations: readonly Migration[]): string[] {
  const taken: string[] = [];
  // The version is read under the write lock: of two processes that start at once, the second finds the work done.
  while (step(db, path, migrations, taken));
  return taken;
}

function step(db: DatabaseSync, path: string, migrations: readonly Migration[], taken: string[]): boolean {
  db.exec('BEGIN IMMEDIATE');
  try {
    const version = pragma(db, 'user_version');
    const ours = pragma(db, 'application_id') === applicationId;
    const blank = !ours && version === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
    if (!ours && !blank)
      throw new AppError('store_unavailable', {
        detail: `The file ${path} is a database of another program: give the store a path of its own.`,
      });
    if (version > migrations.length)
      throw new AppError('store_unavailable', {
        detail: `The store ${path} has version ${version}, but this program knows only ${migrations.length}: start the newer release that wrote it, or restore a backup from before the upgrade.`,
      });
    const next = migrations[version];
    if (next) {
      db.exec(next.sql);
      db.exec(`PRAGMA user_version = ${version + 1}`);
      if (blank) db.exec(`PRAGMA application_id = ${applicationId}`);
      taken.push(next.name);
    }
    db.exec('COMMIT');
    return next !== undefined;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
