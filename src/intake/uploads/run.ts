import { addAbortSignal } from 'node:stream';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { instant } from '../../base/clock.js';
import type { Clock } from '../../base/clock.js';
import { AppError } from '../../base/errors.js';
import type { Ids } from '../../base/ids.js';
import { sha256 } from '../../base/ids.js';
import type { Log } from '../../base/log.js';
import { fieldErrors } from '../../contract/fields.js';
import { postInput } from '../../contract/post.js';
import type { BatchResult, PostInput } from '../../contract/post.js';
import { uploadColumns } from '../../contract/upload.js';
import type { Upload } from '../../contract/upload.js';
import type { Store } from '../../store/port.js';
import type { Intake } from '../submit.js';
import type { Mapping } from '../../contract/columns.js';
import { UnreadableFile } from './lines.js';
import { readRows } from './read.js';
import type { FileRow } from './read.js';

const maxRows = 500;
/** A batch is also closed when its rows hold this much text, so that memory does not depend on the file. */
const maxCharacters = 4_000_000;
const maxErrors = 1_000;

export interface UploadDeps {
  store: Store;
  intake: Intake;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** Longest wait before a batch that was turned away as too much is tried again. Default 1,000 ms. */
  retryMs?: number;
}

export interface UploadMeta {
  fileName: string;
  format: 'csv' | 'jsonl';
  /** Columns that the person chose; the others are recognised by their names. */
  mapping: Mapping;
  /** Fields for every row that does not give them itself. */
  defaults: Partial<PostInput>;
  by: string;
  byName: string;
}

export interface Uploads {
  /**
   * Reads a file to its end and takes its rows, 500 at a time; no more of the file is read than is being taken. Bad rows
   * are reported by line and keep no other from being taken. The same row on the same line of a file of the same name is
   * taken once, so that a file may be mended and sent again.
   *
   * Resolves with the upload, `failed` with its `problem` when the file as a whole cannot be read or `signal` fired;
   * what was taken before stays. Throws `invalid_input` for a mapping or defaults that do not fit, before anything is kept.
   */
  run(body: Readable, meta: UploadMeta, signal: AbortSignal): Promise<Upload>;
  /** Marks as failed what a process that was killed left running. Call it once, before the first `run`. */
  recover(): Promise<number>;
}

export function createUploads(deps: UploadDeps): Uploads {
  const { store, clock, ids, log } = deps;

  const save = async (upload: Upload): Promise<void> => {
    upload.version += 1;
    await store.uploads.put(upload);
  };

  const read = async (upload: Upload, body: Readable, meta: UploadMeta, signal: AbortSignal): Promise<void> => {
    const bytes = async function* () {
      // The stream stays open when reading stops early: whoever gave it decides what becomes of the rest.
      for await (const chunk of body.iterator({ destroyOnReturn: false })) {
        upload.bytes += (chunk as Buffer).length;
        yield chunk as Buffer;
      }
    };
    let batch: FileRow[] = [];
    let characters = 0;
    const flush = async () => {
      await take(deps, upload, batch, signal);
      await save(upload);
      batch = [];
      characters = 0;
    };
    for await (const row of readRows(bytes(), meta, upload.mapping)) {
      batch.push(row);
      characters += row.source.length;
      if (batch.length >= maxRows || characters >= maxCharacters) await flush();
    }
    if (batch.length > 0) await flush();
    if (upload.rows === 0) throw new UnreadableFile('The file has no rows');
  };

  return {
    async run(body, meta, signal) {
      checkMeta(meta);
      const upload = begin(meta, ids.ulid(), instant(clock));
      addAbortSignal(signal, body);
      await save(upload);
      try {
        await read(upload, body, meta, signal);
        upload.status = 'done';
      } catch (error) {
        upload.status = 'failed';
        upload.problem = problemOf(error, signal, body);
        // What is wrong with a file may quote it: that is for its sender, not for the log.
        const reason = error instanceof UnreadableFile ? {} : { err: error };
        log.warn({ upload: upload.id, ...reason }, 'an upload failed');
        // What is left of the file is passed over, so that the sender gets to hear the answer.
        body.resume();
      }
      upload.finishedAt = instant(clock);
      await save(upload);
      return upload;
    },

    async recover() {
      const left = (await store.uploads.list()).filter(({ status }) => status === 'running');
      for (const upload of left)
        await save({
          ...upload,
          status: 'failed',
          finishedAt: instant(clock),
          problem: 'The service stopped while it read this file: send it again, what was taken is not taken twice',
        });
      return left.length;
    },
  };
}

function begin(meta: UploadMeta, id: string, startedAt: string): Upload {
  const { fileName, format, by, byName, mapping } = meta;
  const none = { bytes: 0, rows: 0, accepted: 0, duplicates: 0, rejected: 0, errors: [] };
  return {
    id,
    version: 0,
    fileName,
    format,
    status: 'running',
    startedAt,
    by,
    byName,
    ...none,
    mapping: Object.fromEntries(Object.entries(mapping).filter(([, column]) => column !== '')),
  };
}

function checkMeta({ mapping, defaults }: UploadMeta): void {
  const known: readonly string[] = uploadColumns;
  const fields = Object.keys(mapping)
    .filter((column) => !known.includes(column))
    .map((column) => ({ field: `mapping.${column}`, expected: `one of ${known.join(', ')}` }));
  const read = postInput.partial().safeParse(defaults);
  if (!read.success) fields.push(...fieldErrors(read.error, 'defaults'));
  if (fields.length > 0) throw new AppError('invalid_input', { fields });
}

/** Submits the good rows of a batch and adds what became of all of them to the upload. */
async function take(deps: UploadDeps, upload: Upload, batch: FileRow[], signal: AbortSignal): Promise<void> {
  const good = batch.filter((row) => row.input !== undefined);
  const answer = await submit(deps, upload, good, signal);
  const rejected = answer.results.filter(({ outcome }) => outcome === 'rejected');
  const errors = [
    ...batch.flatMap(({ line, problem }) =>
      problem === undefined ? [] : [{ line, errors: [{ field: '', expected: problem }] }],
    ),
    ...rejected.map(({ index, errors }) => ({ line: good[index]?.line ?? 0, errors: errors ?? [] })),
  ].sort((a, b) => a.line - b.line);
  upload.rows += batch.length;
  upload.accepted += answer.accepted;
  upload.duplicates += answer.duplicates;
  upload.rejected += errors.length;
  upload.errors.push(...errors.slice(0, maxErrors - upload.errors.length));
}

/** Submits, and waits for its turn when too much is waiting already. */
async function submit(deps: UploadDeps, upload: Upload, rows: FileRow[], signal: AbortSignal): Promise<BatchResult> {
  const { intake, store, retryMs = 1_000 } = deps;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await intake.submit(
        rows.map(({ input }) => input),
        {
          via: 'upload',
          by: upload.id,
          workspace: 'main',
          rowKeys: rows.map(({ line, source, input }) =>
            input?.['externalId'] === undefined ? sha256(JSON.stringify([upload.fileName, line, source])) : undefined,
          ),
        },
      );
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'overloaded') throw error;
      await progress(store, retryMs, signal);
    }
  }
}

/** Resolves at the next append to the log, which is what makes room, or after `ms`. Rejects when the signal fires. */
async function progress(store: Store, ms: number, signal: AbortSignal): Promise<void> {
  const appended = new AbortController();
  const stop = store.log.onAppend(() => appended.abort());
  try {
    await pause(ms, undefined, { signal: AbortSignal.any([signal, appended.signal]) });
  } catch (error) {
    if (!appended.signal.aborted) throw error;
  } finally {
    stop();
  }
}

/** One sentence for the person who sent the file. */
function problemOf(error: unknown, signal: AbortSignal, body: Readable): string {
  if (error instanceof UnreadableFile) return error.message;
  if (signal.aborted) return 'The upload was stopped before its end; what was taken is not taken twice';
  if (body.errored) return 'The connection ended before the file did; what was taken is not taken twice';
  if (error instanceof AppError) return error.message;
  return 'Something failed on our side; the log of the service says what';
}
