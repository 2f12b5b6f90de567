import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../base/errors.js';
import { translate } from './connection.js';

/** Jobs that share one transaction at most; more would keep readers of this process waiting. */
const maxJobs = 256;

export interface Writer {
  /**
   * Runs `work` inside a write transaction and resolves with its value once that is committed. All that is asked for
   * before the next turn of the event loop shares one transaction (one fsync); a work that throws undoes only itself.
   * `touch` says that the log grew.
   */
  run<T>(work: (touch: () => void) => T): Promise<T>;
  /** Commits what waits; afterwards `run` rejects with `store_unavailable`. */
  close(): void;
}

interface Job {
  work: (touch: () => void) => unknown;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

interface Done {
  settle: () => void;
  touched: boolean;
}

/** The one writer of a connection. `onAppend` is called after a commit that made the log grow. */
export function createWriter(db: Pick<DatabaseSync, 'exec' | 'isTransaction'>, onAppend: () => void): Writer {
  const waiting: Job[] = [];
  let scheduled: NodeJS.Immediate | undefined;
  let open = true;

  const schedule = () => {
    scheduled ??= setImmediate(() => {
      scheduled = undefined;
      commit(waiting.splice(0, maxJobs));
      if (waiting.length > 0) schedule();
    });
  };

  const commit = (jobs: Job[]) => {
    let done: Done[];
    try {
      db.exec('BEGIN IMMEDIATE');
      done = jobs.map((job) => (jobs.length === 1 ? alone(job) : attempt(db, job)));
      db.exec('COMMIT');
    } catch (error) {
      // Nothing of this transaction is there: not one of its jobs may believe otherwise.
      if (db.isTransaction) db.exec('ROLLBACK');
      for (const job of jobs) job.reject(translate(error));
      return;
    }
    for (const { settle } of done) settle();
    if (done.some(({ touched }) => touched)) onAppend();
  };

  return {
    run: (work) =>
      new Promise((resolve, reject) => {
        if (!open) {
          reject(new AppError('store_unavailable', { detail: 'The store is closed' }));
          return;
        }
        waiting.push({ work, resolve, reject });
        schedule();
      }),
    close() {
      open = false;
      clearImmediate(scheduled);
      while (waiting.length > 0) commit(waiting.splice(0, maxJobs));
    },
  };
}

/** A job that has the transaction to itself, which a throw then undoes: pages need no copy for a savepoint. */
function alone({ work, resolve }: Job): Done {
  let touched = false;
  const value = work(() => {
    touched = true;
  });
  return { settle: () => resolve(value as never), touched };
}

/** One job in a savepoint of its own. Throws only when the whole transaction is lost. */
function attempt(db: Pick<DatabaseSync, 'exec' | 'isTransaction'>, { work, resolve, reject }: Job): Done {
  db.exec('SAVEPOINT job');
  let touched = false;
  try {
    const value = work(() => {
      touched = true;
    });
    db.exec('RELEASE job');
    return { settle: () => resolve(value as never), touched };
  } catch (error) {
    // A full disk makes SQLite roll back everything by itself; then there is no savepoint to return to.
    if (!db.isTransaction) throw error;
    db.exec('ROLLBACK TO job');
    db.exec('RELEASE job');
    const reason = translate(error);
    return { settle: () => reject(reason), touched: false };
  }
}
