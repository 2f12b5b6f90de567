import mongoose from 'mongoose';
import { AppError } from '../../base/errors.js';
import type { Log } from '../../base/log.js';
import { modelsOf } from './schema.js';
import type { Models } from './schema.js';

/** A request waits this long for a server that is not there; then it fails, and the client tries again. */
const selectionMs = 3_000;
/** A server that took a command and says nothing for this long counts as lost. */
const silenceMs = 20_000;

export interface Session {
  database: mongoose.mongo.Db;
  models: Models;
  /** Runs one conversation with the server and turns a lost connection into `store_unavailable`. */
  ask<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Connects, then builds the indexes that are missing. Throws `store_unavailable` with one sentence, without the password. */
export async function connect(url: string, log: Log): Promise<Session> {
  const connection = mongoose.createConnection();
  let open = true;
  // A connection without a listener would throw its errors into the process; requests tell of them by themselves.
  connection.on('error', (error: unknown) => log.warn({ err: error }, 'the connection to MongoDB has a problem'));
  connection.on('disconnected', () => open && log.warn({}, 'the connection to MongoDB is lost'));
  connection.on('reconnected', () => log.info({}, 'the connection to MongoDB is back'));
  try {
    await connection.openUri(url, {
      serverSelectionTimeoutMS: selectionMs,
      connectTimeoutMS: selectionMs,
      socketTimeoutMS: silenceMs,
      // Acknowledged means durable, on most of the members where there are several.
      writeConcern: { w: 'majority', journal: true },
      readPreference: 'primary',
      bufferCommands: false,
      autoIndex: false,
      autoCreate: false,
      // Commands are told only to those who listen.
      monitorCommands: true,
      appName: 'tocsin',
    });
    const models = modelsOf(connection);
    for (const model of Object.values(models)) await model.createIndexes();
    const database = connection.db;
    if (!database) throw new AppError('store_unavailable', { detail: 'The connection was closed at once' });
    return {
      database,
      models,
      async ask(work) {
        if (!open) throw new AppError('store_unavailable', { detail: 'The store is closed' });
        try {
          return await work();
        } catch (error) {
          throw translate(error);
        }
      },
      async close() {
        open = false;
        await connection.close();
      },
    };
  } catch (error) {
    await connection.destroy().catch(() => undefined);
    throw new AppError('store_unavailable', {
      detail: `The store at ${withoutPassword(url)} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
      cause: error,
    });
  }
}

/** Names of the driver's errors that mean: the server was not reached, or did not answer in time. */
const lost = /^Mongo.*(Network|ServerSelection|NotConnected|Closed|Cleared|Timeout|StalePrimary|WriteConcern)/;
/** Answers of a server that is stopping, stepping down, electing, out of space or out of time. */
const passing = new Set([6, 7, 50, 63, 64, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13388, 13435, 13436, 14031]);

/** Turns what the driver threw into an `AppError`; anything that is no matter of the connection is returned as it is. */
export function translate(error: unknown): unknown {
  // Asked of the shape, not of the class: an error from another realm (a vm context, a test) is an error all the same.
  if (typeof error !== 'object' || error === null || error instanceof AppError) return error;
  const { name, code, cause, errorResponse } = error as Record<string, unknown>;
  const gone = (typeof name === 'string' && lost.test(name)) || (typeof code === 'number' && passing.has(code));
  if (gone) return new AppError('store_unavailable', { detail: 'The store cannot be reached', cause: error });
  // A bulk write carries what stopped it within.
  for (const inner of [cause, errorResponse]) {
    const below = inner === error ? undefined : translate(inner);
    if (below instanceof AppError) return below;
  }
  return error;
}

const duplicateKey = 11_000;

/** Whether a write failed for no other reason than that unique keys were taken. */
export function isDuplicate(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, writeErrors } = error as { code?: unknown; writeErrors?: unknown };
  const all = Array.isArray(writeErrors) ? (writeErrors as { code?: unknown }[]) : [];
  return code === duplicateKey && all.every((one) => one.code === duplicateKey);
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}
