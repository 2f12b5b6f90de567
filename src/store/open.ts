import type { Clock } from '../base/clock.js';
import type { Log } from '../base/log.js';
import { openMemory } from './memory/open.js';
import type { Store } from './port.js';
import { openSqlite } from './sqlite/open.js';

export interface StoreOptions {
  /** `memory` keeps nothing; `sqlite` keeps everything in one file and its -wal and -shm neighbours. */
  driver: 'memory' | 'sqlite';
  /** The database file, created with its folder when missing. Only for `sqlite`. */
  path: string;
  clock: Clock;
  log: Log;
}

/** Opens the store. Throws `store_unavailable` with one sentence when the file cannot be used as it is. */
export async function openStore(options: StoreOptions): Promise<Store> {
  return options.driver === 'memory' ? openMemory(options) : openSqlite(options);
}
