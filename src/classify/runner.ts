import type { Clock } from '../base/clock.js';
import { instant } from '../base/clock.js';
import { AppError, VersionConflict } from '../base/errors.js';
import type { Log } from '../base/log.js';
import { assessedEvent } from '../contract/event.js';
import type { Post } from '../contract/post.js';
import type { Assessment, Context } from '../engine/index.js';
import type { Store, Write } from '../store/port.js';
import type { Pool } from './pool.js';

export const consumer = 'classify';
const pageSize = 256;
const retryMs = 500;

export interface RunnerDeps {
  store: Store;
  pool: Pool;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}

export interface Runner {
  start(): void;
  stop(): Promise<void>;
  /** Resolves when everything received so far is assessed. */
  idle(): Promise<void>;
  /** Events of the log still before it. */
  lag(): Promise<number>;
}

/** What the engine is told besides the text. */
export function contextOf(post: Post): Context {
  return {
    language: post.language,
    country: post.place?.country,
    parent: post.parent?.text,
    speaker: post.speaker,
    reach: post.reach,
    medium: post.source?.kind,
  };
}

/**
 * Follows the log by its own cursor and writes assessments. The cursor is saved after the assessments, so a process killed between
 * the two reads the same events again; a post that is assessed already is passed over. So nothing is lost and nothing is assessed twice.
 */
export function createRunner({ store, pool, clock, log, signal }: RunnerDeps): Runner {
  let running: Promise<void> | undefined;
  let stopping = false;
  let wake: (() => void) | undefined;
  const idlers = new Set<() => void>();
  const unsubscribe = store.log.onAppend(() => wake?.());
  const halted = () => stopping || signal.aborted;

  const itemOf = (post: Post) => ({ text: post.text, context: contextOf(post) });

  /**
   * Assessments in order. When the whole fails by its content, each is tried alone, and what kills its worker even then is left
   * waiting, with its id in the log: one text must not hold up all that come after it.
   */
  async function assessAll(posts: Post[]): Promise<(Assessment | undefined)[]> {
    try {
      return await pool.assess(posts.map(itemOf));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'internal') throw error;
      const results: (Assessment | undefined)[] = [];
      for (const post of posts) {
        try {
          results.push((await pool.assess([itemOf(post)]))[0]);
        } catch (cause) {
          if (halted() || !(cause instanceof AppError) || cause.code !== 'internal') throw cause;
          log.error({ err: cause, post: post.id }, 'this post cannot be assessed; it is left waiting');
          results.push(undefined);
        }
      }
      return results;
    }
  }

  async function step(cursor: number): Promise<number> {
    const events = await store.log.read(cursor, pageSize, ['received']);
    if (events.length === 0) return cursor;
    const posts = await store.posts.getMany(events.map((event) => event.postId));
    const open = posts.filter((post) => post.status === 'received');
    const assessments = await assessAll(open);
    const at = instant(clock);
    const writes = open.flatMap((post, i): Write<Post>[] => {
      const assessment = assessments[i];
      if (!assessment) return [];
      const doc: Post = {
        ...post,
        version: post.version + 1,
        assessment,
        status: assessment.flagged ? 'open' : 'unflagged',
      };
      return [{ doc, expectedVersion: post.version, events: [assessedEvent(doc, at)] }];
    });
    if (writes.length > 0) await store.posts.save(writes);
    const seq = events.at(-1)!.seq;
    await store.log.setCursor(consumer, seq);
    return seq;
  }

  async function follow(): Promise<void> {
    let cursor = await store.log.cursor(consumer);
    while (!halted()) {
      let woken = false;
      const called = new Promise<void>((resolve) => {
        wake = () => {
          woken = true;
          resolve();
        };
      });
      try {
        const next = await step(cursor);
        if (next !== cursor) {
          cursor = next;
          continue;
        }
        if (!woken) for (const done of idlers) done();
        if (halted()) return;
        await called;
      } catch (error) {
        if (halted()) return;
        // Somebody wrote one of the posts meanwhile: read again. Anything else is tried again after a breath, as a post must not be lost.
        if (error instanceof VersionConflict) continue;
        log.error({ err: error }, 'classification failed; trying again');
        await pause(retryMs);
      }
    }
  }

  /** A breath that ends early when the runner stops. */
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      const stop = () => {
        clearTimeout(timer);
        resolve();
      };
      signal.addEventListener('abort', stop, { once: true });
      wake = stop;
    });
  }

  return {
    start() {
      signal.addEventListener('abort', () => wake?.(), { once: true });
      running ??= follow();
    },
    async stop() {
      stopping = true;
      unsubscribe();
      wake?.();
      await running;
      for (const done of idlers) done();
    },
    async idle() {
      await new Promise<void>((resolve) => {
        const done = () => {
          idlers.delete(done);
          resolve();
        };
        idlers.add(done);
        wake?.();
      });
    },
    async lag() {
      return Math.max(0, (await store.log.read(await store.log.cursor(consumer), 100_000, ['received'])).length);
    },
  };
}
