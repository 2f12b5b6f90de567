import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { AppError } from '../../base/errors.js';
import { migrate } from './migrate.js';
import { migrations as ours } from './schema.js';
import type { Migration } from './schema.js';

/** Prepared statements kept at most; page queries come in many shapes, the rest in a few dozen. */
const statementLimit = 256;
const busyTimeoutMs = 5_000;

export interface Connection {
  readonly db: DatabaseSync;
  /** A prepared statement, from the cache when there is one. Run it to its end at once; never keep it. */
  sql: (text: string) => StatementSync;
  close: () => void;
}

/**
 * Opens the file, creating it and its folder when missing, and brings it to the newest version.
 * WAL with synchronous=FULL: whatever was committed survives a power cut, and readers never wait for the writer.
 */
export function connect(path: string, migrations: readonly Migration[] = ours): Connection & { migrated: string[] } {
  let db: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    db = new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
    const migrated = migrate(db, path, migrations);
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 8000;',
    );
    // What is erased is overwritten with zeros: it must not be found in free pages.
    db.exec('PRAGMA secure_delete = ON');
    // Statistics for the planner, from samples of what the file holds; a few milliseconds even on a large one.
    db.exec('PRAGMA optimize = 0x10002');
    return { db, migrated, ...statements(db) };
  } catch (error) {
    db?.close();
    if (error instanceof AppError) throw error;
    throw new AppError('store_unavailable', {
      detail: `The store ${path} cannot be opened: ${String(error)}`,
      cause: error,
    });
  }
}

function statements(db: DatabaseSync): Pick<Connection, 'sql' | 'close'> {
  const cache = new Map<string, StatementSync>();
  return {
    sql(text) {
      const known = cache.get(text);
      if (known) {
        if (cache.size < statementLimit) return known;
        // Moved to the young end of the map: what is dropped is what was not used for longest.
        cache.delete(text);
        cache.set(text, known);
        return known;
      }
      const prepared = db.prepare(text);
      cache.set(text, prepared);
      const oldest = cache.keys().next();
      if (cache.size > statementLimit && !oldest.done) cache.delete(oldest.value);
      return prepared;
    },
    close() {
      cache.clear();
      if (!db.isOpen) return;
      db.exec('PRAGMA optimize');
      db.close();
    },
  };
}

/** Primary result codes that mean "not now" or "not with this disk", rather than a mistake in a statement. */
const unavailable = new Map([
  [5, 'busy'],
  [6, 'locked'],
  [7, 'out of memory'],
  [8, 'read-only'],
  [10, 'hindered by an error of the disk'],
  [11, 'damaged'],
  [13, 'full: there is no space on the disk'],
  [14, 'not to be opened'],
  [26, 'not a database'],
]);

/** Turns what SQLite threw into an `AppError`; anything that is no matter of disk or lock is returned as it is. */
export function translate(error: unknown): unknown {
  // Asked of the shape, not of the class: an error from another realm (a vm context, a test) is an error all the same.
  if (typeof error !== 'object' || error === null || !('errcode' in error) || typeof error.errcode !== 'number')
    return error;
  const reason = unavailable.get(error.errcode & 0xff);
  return reason === undefined
    ? error
    : new AppError('store_unavailable', { detail: `The store is ${reason}`, cause: error });
}
