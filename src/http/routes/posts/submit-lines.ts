import { AppError } from '../../../base/errors.js';
import { ndjsonLines } from '../../../contract/ndjson.js';
import type { NdjsonLine } from '../../../contract/ndjson.js';
import type { BatchResult, RowResult } from '../../../contract/post.js';
import { jsonLimit } from '../../bodies.js';
import type { RouteDeps } from '../../deps.js';

/** Lines taken at once; each such batch is durable before the next line is read. */
const batchRows = 500;
/** The answer names every row, so its length is what is bounded: more lines belong into several requests. */
const maxRows = 100_000;

type Context = Parameters<RouteDeps['intake']['submit']>[1];

/**
 * Takes posts in line by line, holding one batch at a time; rows are counted from 0, blank lines left out. When it has to
 * stop in the middle, what was taken stays taken, and the error's `progress` says how far it came: sent again with the
 * same Idempotency-Key, those rows come back as duplicates.
 */
export async function submitLines(
  intake: RouteDeps['intake'],
  body: AsyncIterable<Uint8Array>,
  context: Context,
): Promise<BatchResult> {
  const total: BatchResult = { accepted: 0, duplicates: 0, rejected: 0, results: [] };
  let batch: NdjsonLine[] = [];

  async function flush() {
    const first = total.results.length;
    const read = batch.map(readLine);
    batch = [];
    const rows = read.flatMap((line) => ('value' in line ? [line.value] : []));
    const key = context.idempotencyKey === undefined ? {} : { idempotencyKey: `${context.idempotencyKey} ${first}` };
    const taken = rows.length > 0 ? await intake.submit(rows, { ...context, ...key }) : undefined;
    const outcomes = (taken?.results ?? []).values();
    read.forEach((line, at) => {
      const outcome: Omit<RowResult, 'index'> = 'value' in line ? outcomes.next().value! : line;
      total.results.push({ ...outcome, index: first + at });
    });
    total.accepted += taken?.accepted ?? 0;
    total.duplicates += taken?.duplicates ?? 0;
    total.rejected += (taken?.rejected ?? 0) + read.length - rows.length;
  }

  try {
    for await (const line of ndjsonLines(body, jsonLimit)) {
      if (total.results.length + batch.length >= maxRows)
        throw new AppError('body_too_large', { detail: `At most ${maxRows} lines in one request` });
      batch.push(line);
      if (batch.length === batchRows) await flush();
    }
    if (batch.length > 0) await flush();
  } catch (error) {
    throw stopped(error, total);
  }
  if (total.results.length === 0)
    throw new AppError('invalid_input', {
      detail: 'Expected one post a line',
      fields: [{ field: '', expected: 'one post a line' }],
    });
  return total;
}

type Read = { value: unknown } | { outcome: 'rejected'; errors: { field: string; expected: string }[] };

const reject = (expected: string): Read => ({ outcome: 'rejected', errors: [{ field: '', expected }] });

function readLine({ text }: NdjsonLine): Read {
  if (text === undefined) return reject(`a line of at most ${jsonLimit} characters`);
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return reject('a JSON object on the line');
  }
}

function stopped(error: unknown, { accepted, duplicates, rejected, results }: BatchResult): unknown {
  if (!(error instanceof AppError) || results.length === 0) return error;
  return new AppError(error.code, {
    detail: `${error.message}, after ${results.length} lines`,
    fields: error.fields,
    extra: { ...error.extra, progress: { rows: results.length, accepted, duplicates, rejected } },
    cause: error,
  });
}
