import type { Connection } from './connection.js';
import type { Writer } from './writer.js';

/** What every part of the driver works with. */
export interface Session {
  writer: Writer;
  /** Runs a read and turns what SQLite throws into an `AppError`. */
  read: <T>(work: (sql: Connection['sql']) => T) => Promise<T>;
  sql: Connection['sql'];
}
