import type { ApiKey, PersonRow } from '../../contract/account.js';
import type { AuditEntry } from '../../contract/audit.js';
import type { LogEvent } from '../../contract/event.js';
import type { Upload } from '../../contract/upload.js';
import { AppError } from '../../base/errors.js';
import type { Store, StoredPost } from '../port.js';

/** Everything a store holds, piece by piece. */
export type StoreRecord =
  | ({ kind: 'post' } & StoredPost)
  | { kind: 'event'; event: LogEvent }
  | ({ kind: 'person' } & PersonRow)
  | { kind: 'key'; doc: ApiKey }
  | { kind: 'upload'; doc: Upload }
  | { kind: 'setting'; name: string; value: unknown }
  | { kind: 'cursor'; consumer: string; seq: number }
  | { kind: 'audit'; entry: AuditEntry };

export type Kind = StoreRecord['kind'];
const page = 500;

/** The people of a store, who are kept by the library that signs them in. */
export interface People {
  /** Always in the same order. */
  read(): Promise<PersonRow[]>;
  /** What is there already stays as it is. */
  load(rows: readonly PersonRow[]): Promise<void>;
}

export const nobody: People = { read: async () => [], load: async () => undefined };

/** Name of the setting that says where an unfinished transfer came from. It is never carried over itself. */
export const unfinished = 'transferFrom';

/**
 * Everything of a store, always in the same order: of two stores with the same contents the records are the same. What is
 * written meanwhile may or may not be in it, so stop the service first when the copy is to be the last word.
 */
export async function* readStore(store: Store, people: People = nobody): AsyncGenerator<StoreRecord> {
  for (let after = ''; ;) {
    const posts = await store.transfer.posts(after, page);
    for (const one of posts) yield { kind: 'post', ...one };
    const last = posts.at(-1);
    if (!last) break;
    after = last.post.id;
  }
  for (let after = 0; ;) {
    const events = await store.log.read(after, page);
    for (const event of events) yield { kind: 'event', event };
    const last = events.at(-1);
    if (!last) break;
    after = last.seq;
  }
  for (const one of await people.read()) yield { kind: 'person', ...one };
  for (const doc of (await store.keys.list()).reverse()) yield { kind: 'key', doc };
  for (const doc of (await store.uploads.list()).reverse()) yield { kind: 'upload', doc };
  for (const one of await store.transfer.settings()) if (one.name !== unfinished) yield { kind: 'setting', ...one };
  for (const one of await store.transfer.cursors()) yield { kind: 'cursor', ...one };
  for (let after = 0; ;) {
    const entries = await store.audit.read(after, page);
    for (const entry of entries) yield { kind: 'audit', entry };
    const last = entries.at(-1);
    if (!last) break;
    after = last.n;
  }
}

/** What tells this store from every other: the hash of the first entry of its audit chain. */
export async function originOf(store: Store): Promise<string> {
  return (await store.audit.read(0, 1))[0]?.hash ?? 'a store without an audit chain';
}

export type Progress = (done: Record<Kind, number>) => void;

export const noRecords = (): Record<Kind, number> => ({
  post: 0,
  event: 0,
  person: 0,
  key: 0,
  upload: 0,
  setting: 0,
  cursor: 0,
  audit: 0,
});

/**
 * Writes records into a store that is empty, or into which a transfer from the same `origin` was broken off: then it goes on.
 * Throws `duplicate` for any other store, before anything is written.
 */
export async function writeStore(
  store: Store,
  origin: string,
  records: AsyncIterable<StoreRecord>,
  progress: Progress = () => undefined,
  people: People = nobody,
): Promise<Record<Kind, number>> {
  if ((await store.settings.get(unfinished)) !== origin) {
    if (!(await isEmpty(store)) || (await people.read()).length > 0)
      throw new AppError('duplicate', { detail: 'The store that is to be filled is not empty; give a new one' });
    await store.settings.set(unfinished, origin);
  }
  const counts = noRecords();
  let batch: StoreRecord[] = [];
  const flush = async () => {
    if (batch.length === 0) return;
    await writeBatch(store, batch, people);
    for (const { kind } of batch) counts[kind] += 1;
    batch = [];
    progress(counts);
  };
  for await (const record of records) {
    if (batch.length >= page || (batch[0] && batch[0].kind !== record.kind)) await flush();
    batch.push(record);
  }
  await flush();
  await store.settings.set(unfinished, null);
  return counts;
}

/** Records of one kind. */
async function writeBatch(store: Store, batch: readonly StoreRecord[], people: People): Promise<void> {
  const posts = batch.flatMap((one) => (one.kind === 'post' ? [{ post: one.post, dedupe: one.dedupe }] : []));
  const events = batch.flatMap((one) => (one.kind === 'event' ? [one.event] : []));
  if (posts.length + events.length > 0) await store.transfer.load({ posts, events });
  await people.load(batch.flatMap((one) => (one.kind === 'person' ? [{ model: one.model, row: one.row }] : [])));
  for (const one of batch) {
    if (one.kind === 'key') await store.keys.put(one.doc);
    else if (one.kind === 'upload') await store.uploads.put(one.doc);
    else if (one.kind === 'setting') await store.settings.set(one.name, one.value);
    else if (one.kind === 'cursor') await store.log.setCursor(one.consumer, one.seq);
  }
  const head = (await store.audit.head())?.n ?? 0;
  const entries = batch.flatMap((one) => (one.kind === 'audit' && one.entry.n > head ? [one.entry] : []));
  if (entries.length > 0 && (await store.audit.append(entries)) !== entries.length)
    throw new AppError('store_unavailable', { detail: 'Somebody else writes to the store that is being filled' });
}

async function isEmpty(store: Store): Promise<boolean> {
  const settings = (await store.transfer.settings()).filter(({ name, value }) => name !== unfinished || value !== null);
  return (
    settings.length === 0 &&
    (await store.transfer.posts('', 1)).length === 0 &&
    (await store.log.head()) === 0 &&
    (await store.audit.head()) === undefined &&
    (await store.keys.list()).length === 0
  );
}
