import { instant } from '../base/clock.js';
import type { Clock } from '../base/clock.js';
import { AppError } from '../base/errors.js';
import type { Ids } from '../base/ids.js';
import { sha256 } from '../base/ids.js';
import type { Log } from '../base/log.js';
import { receivedEvent } from '../contract/event.js';
import { fieldErrors } from '../contract/fields.js';
import { maxBatch, postInput } from '../contract/post.js';
import type { BatchResult, Post, PostInput, RowResult } from '../contract/post.js';
import type { InsertOutcome, NewPost, Store } from '../store/port.js';

export interface IntakeDeps {
  store: Store;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** Keyed pseudonym of an author: the same author under the same secret gives the same value. */
  pseudonym: (author: string) => string;
  /** Throws `overloaded` when so many rows more may not wait. */
  admit: (rows: number) => void;
}

/** Who brings rows, and how. */
export interface SubmitContext {
  via: string;
  /** Id of the key, user or upload. */
  by: string;
  workspace: 'main' | 'demo';
  idempotencyKey?: string;
  /** One unique string for each row, or none: what says that a row without an id of its own was taken before. */
  rowKeys?: (string | undefined)[];
}

export interface Intake {
  /**
   * Takes up to 1,000 rows: each is checked against `postInput`, its author pseudonymised, and written with its event
   * before this resolves. A row that does not fit is reported by its index and keeps no other from being taken.
   *
   * Throws `invalid_input` for too many rows, `overloaded` from `admit`, and `idempotency_mismatch` when the key was
   * used for other rows. The same key with the same rows gives the first answer again.
   */
  submit(rows: unknown[], context: SubmitContext): Promise<BatchResult>;
}

interface Accepted {
  index: number;
  row: NewPost;
}

/** The one way in: HTTP, uploads and the demo all submit here. */
export function createIntake(deps: IntakeDeps): Intake {
  // Two requests with one Idempotency-Key at the same time: the second waits for the first's answer.
  const running = new Map<string, Promise<unknown>>();

  const take = async (rows: unknown[], context: SubmitContext, digest: string | undefined): Promise<BatchResult> => {
    deps.admit(rows.length);
    const results: RowResult[] = [];
    const accepted: Accepted[] = [];
    rows.forEach((row, index) => {
      const read = postInput.safeParse(row);
      if (read.success)
        accepted.push({ index, row: newPost(deps, read.data, dedupeKeys(read.data, index, context, digest), context) });
      else results[index] = { index, outcome: 'rejected', errors: fieldErrors(read.error) };
    });
    const outcomes: InsertOutcome[] =
      accepted.length > 0 ? await deps.store.posts.insertMany(accepted.map(({ row }) => row)) : [];
    accepted.forEach(({ index }, at) => {
      const outcome = outcomes[at];
      if (!outcome) throw new AppError('internal', { detail: 'the store answered for fewer rows than it was given' });
      results[index] = { index, id: outcome.id, outcome: outcome.duplicate ? 'duplicate' : 'accepted' };
    });
    return summary(results);
  };

  const once = async (rows: unknown[], context: SubmitContext, key: string): Promise<BatchResult> => {
    const { store, clock, log } = deps;
    const digest = sha256(JSON.stringify(rows));
    const known = await store.idempotency.get(context.by, key);
    if (known) {
      if (known.digest !== digest) throw new AppError('idempotency_mismatch');
      log.debug({ by: context.by }, 'answered again what was answered before');
      return known.answer as BatchResult;
    }
    const answer = await take(rows, context, digest);
    await store.idempotency.put(context.by, key, digest, answer, instant(clock));
    return answer;
  };

  return {
    async submit(rows, context) {
      if (rows.length > maxBatch)
        throw new AppError('invalid_input', { fields: [{ field: '', expected: `at most ${maxBatch} posts at once` }] });
      const { idempotencyKey: key } = context;
      if (key === undefined) return take(rows, context, undefined);
      const name = JSON.stringify([context.by, key]);
      const before = running.get(name);
      const mine = (before ?? Promise.resolve()).then(() => once(rows, context, key));
      // Whoever waits asks the store afresh: a failure before is not theirs.
      const settled = mine.then(
        () => undefined,
        () => undefined,
      );
      running.set(name, settled);
      try {
        return await mine;
      } finally {
        if (running.get(name) === settled) running.delete(name);
      }
    },
  };
}

/**
 * What makes a row the same as one before. The digest stands beside the Idempotency-Key because the answer is kept after
 * the rows: were the process killed in between, other rows under the same key must not pass for those.
 */
function dedupeKeys(input: PostInput, index: number, context: SubmitContext, digest: string | undefined): string[] {
  const keys: string[] = [];
  if (input.externalId !== undefined) keys.push(`ext:${input.source?.name ?? ''}\0${input.externalId}`);
  if (context.idempotencyKey !== undefined)
    keys.push(`idem:${context.by}:${context.idempotencyKey}:${digest ?? ''}:${index}`);
  const rowKey = context.rowKeys?.[index];
  if (rowKey !== undefined) keys.push(`row:${rowKey}`);
  return keys;
}

function newPost(
  { clock, ids, pseudonym }: IntakeDeps,
  input: PostInput,
  dedupe: string[],
  context: SubmitContext,
): NewPost {
  const { author, publishedAt, ...rest } = input;
  const receivedAt = instant(clock);
  const post: Post = {
    ...rest,
    ...(author === undefined ? {} : { author: pseudonym(author) }),
    // One form in the store, whatever offset the sender lives at.
    ...(publishedAt === undefined ? {} : { publishedAt: new Date(publishedAt).toISOString() }),
    id: ids.ulid(),
    version: 1,
    workspace: context.workspace,
    receivedAt,
    via: context.via,
    by: context.by,
    status: 'received',
  };
  return { post, dedupe, events: [receivedEvent(post, receivedAt)] };
}

function summary(results: RowResult[]): BatchResult {
  const count = (outcome: RowResult['outcome']) => results.filter((result) => result.outcome === outcome).length;
  return { accepted: count('accepted'), duplicates: count('duplicate'), rejected: count('rejected'), results };
}
