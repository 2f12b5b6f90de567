import type { mongo } from 'mongoose';
import type { Clock } from '../base/clock.js';
import type { Log } from '../base/log.js';
import { openMemory } from './memory/open.js';
import type { Store } from './port.js';
import { openSqlite } from './sqlite/open.js';

export interface StoreOptions {
  /**
   * `memory` keeps nothing; `sqlite` keeps everything in one file and its -wal and -shm neighbours; `mongo` keeps it in a
   * database that several processes share.
   */
  driver: 'memory' | 'sqlite' | 'mongo';
  /** The database file, created with its folder when missing. Only for `sqlite`. */
  path: string;
  /** Only for `mongo`: `mongodb://…/database`. */
  url?: string;
  clock: Clock;
  log: Log;
}

export interface OpenStore extends Store {
  /** Of `mongo`: the database, for a library that keeps collections of its own beside ours. */
  readonly database?: mongo.Db;
}

/** Opens the store. Throws `store_unavailable` with one sentence when it cannot be used as it is. */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  const { driver, url = '', log } = options;
  if (driver === 'memory') return openMemory(options);
  if (driver === 'sqlite') return openSqlite(options);
  // Loaded only where it is used: the library takes a third of a second.
  const { openMongo } = await import('./mongo/open.js');
  return openMongo({ url, log });
}
