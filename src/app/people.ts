import { DatabaseSync } from 'node:sqlite';
import type { Config } from '../config.js';
import { migrateAuth } from '../http/auth.js';
import type { AuthOptions } from '../http/auth.js';
import { createPeopleTransfer } from '../http/people-transfer.js';
import type { PeopleTransfer } from '../http/people-transfer.js';
import type { OpenStore } from '../store/open.js';
import { storePath } from './home.js';
import type { Close, Home } from './home.js';

/** People live in the store's database; in its file behind a connection of their own. */
export async function openPeople(
  config: Pick<Config, 'store' | 'home'>,
  { database: shared }: Pick<Home, 'database'>,
  closers: Close[],
): Promise<AuthOptions['database']> {
  if (config.store === 'memory') return 'memory';
  return shared ?? openPeopleFile(storePath(config.home), closers);
}

async function openPeopleFile(path: string, closers: Close[]): Promise<DatabaseSync> {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  closers.push(() => database.close());
  await migrateAuth(database);
  return database;
}

/** The people of a store that was opened, for moving them; `path` is the file of an embedded one. */
export async function peopleOf(
  store: Pick<OpenStore, 'database'>,
  path: string,
  closers: Close[],
): Promise<PeopleTransfer> {
  return createPeopleTransfer(store.database ?? (await openPeopleFile(path, closers)));
}
