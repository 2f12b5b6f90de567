import { AppError } from '../../base/errors.js';
import type { Log } from '../../base/log.js';
import { createListeners } from '../listeners.js';
import type { Store } from '../port.js';
import { sqliteChain } from './chain.js';
import { connect, translate } from './connection.js';
import { sqliteDocuments, sqliteIdempotency, sqliteSettings, sqliteSnapshots } from './documents.js';
import { sqliteLog } from './log.js';
import { sqlitePosts } from './posts.js';
import type { Session } from './session.js';
import { sqliteTransfer } from './transfer.js';
import { createWriter } from './writer.js';

/** The embedded store: one SQLite file, written by this connection alone within this process. */
export function openSqlite({ path, log }: { path: string; log: Log }): Store {
  const connection = connect(path);
  for (const name of connection.migrated) log.info({ path, migration: name }, 'the store was brought up to date');
  const listeners = createListeners(log);
  const writer = createWriter(connection.db, () => listeners.notify());
  const session: Session = {
    writer,
    sql: connection.sql,
    read: async (work) => {
      if (!connection.db.isOpen) throw new AppError('store_unavailable', { detail: 'The store is closed' });
      try {
        return work(connection.sql);
      } catch (error) {
        throw translate(error);
      }
    },
  };
  const events = sqliteLog(session, listeners);
  return {
    posts: sqlitePosts(session, events.append),
    log: events.log,
    keys: sqliteDocuments(session, 'api_keys'),
    uploads: sqliteDocuments(session, 'uploads'),
    idempotency: sqliteIdempotency(session),
    settings: sqliteSettings(session),
    snapshots: sqliteSnapshots(session),
    audit: sqliteChain(session, 'audit'),
    transfer: sqliteTransfer(session),
    async scrub() {
      // The text index keeps words of what was deleted until its parts are merged.
      await writer.run(() => void session.sql("INSERT INTO post_text (post_text) VALUES ('optimize')").run());
      // Old pages are overwritten where they lie (secure_delete) and moved out of the -wal file.
      await session.read((sql) => void sql('PRAGMA wal_checkpoint(TRUNCATE)').all());
    },
    async close() {
      writer.close();
      connection.close();
    },
  };
}
