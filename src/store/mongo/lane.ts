import { AppError } from '../../base/errors.js';

/** Rows that share one round at most: a round is one conversation of a few messages with the server. */
const maxRows = 1_000;

export interface Job<T> {
  rows: number;
  item: T;
  resolve(value: never): void;
  reject(error: unknown): void;
}

export interface Lane<T> {
  /** Hands an item to the next round; resolves with what that round answers for it. */
  add<R>(item: T, rows: number): Promise<R>;
  /** Runs `work` alone, between two rounds. */
  alone<R>(work: () => Promise<R>): Promise<R>;
  /** Finishes what waits; afterwards everything is refused. */
  close(): Promise<void>;
}

/**
 * Writes of this process, one round after another: what arrives while a round is under way shares the next one, so that many
 * single requests cost little more than one. A round that throws has failed for all of its jobs not answered yet.
 */
export function createLane<T>(round: (jobs: Job<T>[]) => Promise<void>): Lane<T> {
  const waiting: Job<T>[] = [];
  let tail: Promise<unknown> = Promise.resolve();
  let scheduled = false;
  let open = true;
  const closed = () => new AppError('store_unavailable', { detail: 'The store is closed' });

  const enqueue = <R>(work: () => Promise<R>): Promise<R> => {
    const done = tail.then(work);
    tail = done.catch(() => undefined);
    return done;
  };

  async function next(): Promise<void> {
    scheduled = false;
    let rows = 0;
    let count = 0;
    for (const job of waiting) {
      if (count > 0 && rows + job.rows > maxRows) break;
      rows += job.rows;
      count++;
    }
    const jobs = waiting.splice(0, count);
    if (waiting.length > 0) schedule();
    try {
      await round(jobs);
    } catch (error) {
      for (const job of jobs) job.reject(error);
    }
  }

  function schedule() {
    if (scheduled) return;
    scheduled = true;
    void enqueue(next);
  }

  return {
    add: (item, rows) =>
      new Promise((resolve, reject) => {
        if (!open) {
          reject(closed());
          return;
        }
        waiting.push({ item, rows, resolve, reject });
        schedule();
      }),
    alone: (work) => (open ? enqueue(work) : Promise.reject(closed())),
    async close() {
      open = false;
      await tail;
      // A round that left some behind scheduled another.
      while (waiting.length > 0) await tail;
    },
  };
}
