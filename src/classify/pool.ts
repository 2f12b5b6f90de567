import { Worker } from 'node:worker_threads';
import { AppError } from '../base/errors.js';
import type { Log } from '../base/log.js';
import type { Assessment, CompiledLexicon, Context } from '../engine/index.js';
import type { Job, Reply } from './worker.js';

export interface PoolDeps {
  compiled: CompiledLexicon;
  /** Worker threads. */
  size: number;
  log: Log;
  /** The worker's script; tests put one that crashes. */
  script?: URL;
}

export interface Item {
  text: string;
  context?: Context;
}

export interface Pool {
  /** Assesses items in order. Rejects with `shutting_down` after `close`, with `internal` when a batch crashed two workers. */
  assess(items: Item[]): Promise<Assessment[]>;
  /** Items not yet answered. */
  readonly waiting: number;
  close(): Promise<void>;
}

interface Batch {
  job: Job;
  tries: number;
  resolve(assessments: Assessment[]): void;
  reject(error: unknown): void;
}

interface Seat {
  worker: Worker;
  busy: Batch | undefined;
  ready: boolean;
}

const batchSize = 64;

/**
 * Worker threads over one compiled lexicon, whose tables they share. A worker that dies is replaced and its batch tried once more;
 * a batch that kills a second worker is rejected, so that one text cannot take the service down.
 */
export function createPool({ compiled, size, log, script = new URL('worker.js', import.meta.url) }: PoolDeps): Pool {
  const queue: Batch[] = [];
  const seats = new Set<Seat>();
  let nextId = 1;
  let waiting = 0;
  let closed = false;
  /** Deaths in a row without a single answer: the script itself is broken. */
  let barren = 0;

  function hire(): void {
    const seat: Seat = { worker: new Worker(script, { workerData: compiled }), busy: undefined, ready: false };
    seats.add(seat);
    seat.worker.on('message', (reply: Reply) => {
      barren = 0;
      if ('ready' in reply) seat.ready = true;
      else {
        const batch = seat.busy;
        seat.busy = undefined;
        if (batch) {
          waiting -= batch.job.items.length;
          batch.resolve(reply.assessments);
        }
      }
      feed();
    });
    let cause: unknown;
    seat.worker.on('error', (error) => {
      cause = error;
    });
    seat.worker.on('exit', () => {
      seats.delete(seat);
      if (closed) return;
      log.error({ err: cause }, 'a classification worker died');
      barren++;
      const batch = seat.busy;
      if (batch) {
        if (++batch.tries > 1)
          fail(batch, new AppError('internal', { detail: 'this text could not be assessed', cause }));
        else queue.unshift(batch);
      }
      if (barren > size * 2) {
        for (const left of queue.splice(0))
          fail(left, new AppError('internal', { detail: 'the assessment workers do not start', cause }));
        return;
      }
      hire();
    });
  }

  function fail(batch: Batch, error: unknown): void {
    waiting -= batch.job.items.length;
    batch.reject(error);
  }

  function feed(): void {
    for (const seat of seats) {
      if (queue.length === 0) return;
      if (!seat.ready || seat.busy) continue;
      seat.busy = queue.shift()!;
      seat.worker.postMessage(seat.busy.job);
    }
  }

  for (let i = 0; i < size; i++) hire();

  return {
    get waiting() {
      return waiting;
    },
    async assess(items) {
      if (closed) throw new AppError('shutting_down');
      if (items.length === 0) return [];
      if (seats.size === 0) {
        barren = 0;
        hire();
      }
      const parts: Promise<Assessment[]>[] = [];
      for (let at = 0; at < items.length; at += batchSize) {
        const slice = items.slice(at, at + batchSize);
        waiting += slice.length;
        parts.push(
          new Promise((resolve, reject) =>
            queue.push({ job: { id: nextId++, items: slice }, tries: 0, resolve, reject }),
          ),
        );
      }
      feed();
      return (await Promise.all(parts)).flat();
    },
    async close() {
      closed = true;
      for (const batch of queue.splice(0)) fail(batch, new AppError('shutting_down'));
      for (const seat of seats) if (seat.busy) fail(seat.busy, new AppError('shutting_down'));
      await Promise.all([...seats].map((seat) => seat.worker.terminate()));
    },
  };
}
