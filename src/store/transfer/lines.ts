import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../base/errors.js';
import { personRow } from '../../contract/account.js';
import { auditEntry } from '../../contract/audit.js';
import { canonicalJson } from '../../contract/canonical.js';
import { eventTypes } from '../../contract/event.js';
import { ndjsonLines } from '../../contract/ndjson.js';
import { postStatuses, workspaces } from '../../contract/post.js';
import type { Store } from '../port.js';
import { nobody, originOf, readStore } from './records.js';
import type { People, StoreRecord } from './records.js';

/** What this program writes; it reads every version up to it. */
export const exportVersion = 2;

/** Longest line accepted, in UTF-16 units. */
const maxLine = 64 * 1_048_576;

const header = z.object({ kind: z.literal('tocsin-export'), version: z.int().min(1), origin: z.string() });
const end = z.object({ kind: z.literal('end'), records: z.int(), sha256: z.string() });
const withId = z.looseObject({ id: z.string() });
// Checked as far as a mistake would do harm; the rest is what a store wrote and is given back as it is.
const record = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('post'),
    post: z.looseObject({
      id: z.string(),
      version: z.int().min(1),
      text: z.string(),
      workspace: z.enum(workspaces),
      receivedAt: z.iso.datetime(),
      status: z.enum(postStatuses),
    }),
    dedupe: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('event'),
    event: z.object({
      seq: z.int().min(1),
      id: z.string(),
      type: z.enum(eventTypes),
      at: z.string(),
      postId: z.string(),
      data: z.record(z.string(), z.unknown()),
    }),
  }),
  personRow.extend({ kind: z.literal('person') }),
  z.object({ kind: z.literal('key'), doc: withId }),
  z.object({ kind: z.literal('upload'), doc: withId }),
  z.object({ kind: z.literal('setting'), name: z.string(), value: z.unknown() }),
  z.object({ kind: z.literal('cursor'), consumer: z.string(), seq: z.int().min(0) }),
  z.object({ kind: z.literal('audit'), entry: auditEntry }),
]);

/** A store as lines of JSON: a head, one line a record, and an end that holds the digest of all lines before it. */
export async function* exportLines(store: Store, people: People = nobody): AsyncGenerator<string> {
  const hash = createHash('sha256');
  let records = 0;
  const line = (value: object) => {
    const text = `${canonicalJson(value)}\n`;
    hash.update(text);
    return text;
  };
  yield line({ kind: 'tocsin-export', version: exportVersion, origin: await originOf(store) });
  for await (const one of readStore(store, people)) {
    records += 1;
    yield line(one);
  }
  yield `${canonicalJson({ kind: 'end', records, sha256: hash.digest('hex') })}\n`;
}

/**
 * Reads an export to its end before one record of it is used. Throws `invalid_input` when it is not one, was made by a newer
 * release, was changed or is cut off.
 */
export async function openExport(
  path: string,
): Promise<{ origin: string; records: number; read(): AsyncGenerator<StoreRecord> }> {
  const wrong = (why: string) => new AppError('invalid_input', { detail: `${path} ${why}` });
  const hash = createHash('sha256');
  let first: z.infer<typeof header> | undefined;
  let last: z.infer<typeof end> | undefined;
  let count = 0;
  for await (const text of lines(path)) {
    if (last) throw wrong('goes on after its end');
    const value = parse(text);
    if (!first) {
      first = header.safeParse(value).data;
      if (!first) throw wrong('is no export of a Tocsin store');
      if (first.version > exportVersion)
        throw wrong(
          `is an export of version ${first.version}, but this program knows only ${exportVersion}: import it with the newer release that wrote it.`,
        );
    } else {
      last = end.safeParse(value).data;
      if (!last) count += 1;
    }
    if (!last) hash.update(`${text}\n`);
  }
  if (!first) throw wrong('is no export of a Tocsin store');
  if (!last) throw wrong(`is cut off after ${count} records`);
  if (last.records !== count || last.sha256 !== hash.digest('hex')) throw wrong('was changed since it was written');
  const { origin } = first;
  return {
    origin,
    records: count,
    async *read() {
      let at = 0;
      for await (const text of lines(path)) {
        at += 1;
        if (at === 1 || at > count + 1) continue;
        const one = record.safeParse(parse(text));
        if (!one.success) throw wrong(`has a record on line ${at} that does not fit`);
        yield one.data as StoreRecord;
      }
    },
  };
}

async function* lines(path: string): AsyncGenerator<string> {
  try {
    for await (const { text } of ndjsonLines(createReadStream(path), maxLine)) yield text ?? '';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new AppError('invalid_input', { detail: `There is no file ${path}` });
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON fits no shape: the caller says so.
    return undefined;
  }
}
