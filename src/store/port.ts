import type { ApiKey } from '../contract/account.js';
import type { AuditEntry } from '../contract/audit.js';
import type { LogEvent, NewEvent, EventType } from '../contract/event.js';
import type { Post, PostStatus } from '../contract/post.js';
import type { Upload } from '../contract/upload.js';

/**
 * The store. The unit of consistency is one document plus the events it emits: both are saved, or neither.
 * Every driver passes `test/store/suite.ts`. Whatever a promise resolves with is durable.
 * Documents are copied in and out: changing what was returned changes nothing in the store.
 */
export interface Store {
  readonly posts: Posts;
  readonly log: EventLog;
  readonly keys: Documents<ApiKey>;
  readonly uploads: Documents<Upload>;
  readonly idempotency: Idempotency;
  readonly settings: Settings;
  readonly snapshots: Snapshots;
  readonly audit: Chain<AuditEntry>;
  readonly transfer: Transfer;
  /** Makes what was overwritten or deleted unreadable in the files as well, as far as the driver has files of its own. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

export interface Write<T> {
  doc: T;
  /** Version the document must have now; 0: it must not exist. `doc.version` must be one more. */
  expectedVersion: number;
  events: NewEvent[];
}

export interface NewPost {
  post: Post;
  /** Unique strings, e.g. one for (source, externalId) and one for (principal, Idempotency-Key, index). */
  dedupe: string[];
  events: NewEvent[];
}

export interface InsertOutcome {
  /** Id of the document that is in the store: the given one, or the earlier one it duplicates. */
  id: string;
  duplicate: boolean;
}

/** An absent filter lets every post pass, an empty list none. */
export interface PostFilter {
  status?: PostStatus[];
  /** The level in force: the one a person decided, else the engine's proposal. */
  level?: string[];
  /** As identified, else as hinted by the sender. */
  language?: string[];
  country?: string[];
  /** Any of these groups among the assessment's groups. */
  group?: string[];
  /** First-level division, ISO 3166-2. */
  admin1?: string[];
  /** Any of these grounds of discrimination among the assessment's. */
  ground?: string[];
  category?: string[];
  /** Source names. */
  source?: string[];
  workspace?: 'main' | 'demo';
  minSeverity?: number;
  /** `receivedAt` in `[since, until)`. */
  since?: string;
  until?: string;
  /** Words that the text must have, all of them, as `contract/search.ts` compares words. */
  q?: string;
}

export type PostOrder = 'priority' | 'newest';

export interface PageRequest {
  filter: PostFilter;
  order: PostOrder;
  limit: number;
  /** Opaque, from the page before. Throws `invalid_input` (field `cursor`) when it is not one of ours. */
  cursor?: string;
}

export interface Posts {
  /**
   * Inserts posts (version 1), each with its events, in one atomic step. A post one of whose dedupe keys is known, in the
   * store or earlier in the same call, is not written again and emits nothing: its outcome names the first one.
   * Where the store is lost in the middle (`store_unavailable`), `mongo` may have written some of the rows, each whole with its
   * events; with dedupe keys they come back as duplicates when sent again.
   */
  insertMany(rows: NewPost[]): Promise<InsertOutcome[]>;
  get(id: string): Promise<Post | undefined>;
  getMany(ids: string[]): Promise<Post[]>;
  /**
   * All or nothing. Throws `VersionConflict` when one is not at its expected version. In `mongo` a rival in another process that
   * comes between the look and the writing makes the call fail with the others written, each whole with its events.
   */
  save(writes: Write<Post>[]): Promise<void>;
  /** Keyset pages: stable while others insert. `priority` is assessment.priority.score descending, then newest first. */
  page(request: PageRequest): Promise<{ items: Post[]; next?: string }>;
  /** How many posts stand in each status, kept by increments. */
  counts(workspace?: 'main' | 'demo'): Promise<Record<PostStatus, number>>;
  /** Removes every post of a workspace with its events' content, and appends `events`. Returns how many were removed. */
  removeWorkspace(workspace: 'demo', events: NewEvent[]): Promise<number>;
}

export interface EventLog {
  /** Events with `seq > after`, in order, at most `limit`. */
  read(after: number, limit: number, types?: EventType[]): Promise<LogEvent[]>;
  /** The newest seq; 0 when empty. */
  head(): Promise<number>;
  /** Calls back (without events: read them) after every durable append of this process. Returns the unsubscriber. */
  onAppend(listener: () => void): () => void;
  /** Where a consumer stands; 0 when it never said. */
  cursor(consumer: string): Promise<number>;
  setCursor(consumer: string, seq: number): Promise<void>;
}

/** Small documents with an id: keys, uploads. */
export interface Documents<T extends { id: string }> {
  get(id: string): Promise<T | undefined>;
  put(doc: T): Promise<void>;
  /** Newest id first. */
  list(): Promise<T[]>;
}

export interface Idempotency {
  /** The answer given to this (principal, key) before, with the digest of the body it was given for. */
  get(principal: string, key: string): Promise<{ digest: string; answer: unknown } | undefined>;
  /** Keeps the first answer; a second `put` of the same key changes nothing. Entries older than a day may be forgotten. */
  put(principal: string, key: string, digest: string, answer: unknown, at: string): Promise<void>;
}

export interface Settings {
  get(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
}

/** Where a projection of the log stood, so that it need not read the log from its beginning. Lost, they are made anew. */
export interface Snapshots {
  get(projection: string): Promise<Snapshot | undefined>;
  /** Replaces the one before. */
  put(projection: string, snapshot: Snapshot): Promise<void>;
}

export interface Snapshot {
  /** The last event that is in `state`. */
  seq: number;
  /** As the projection wrote it. */
  state: string;
}

/** Numbered entries that are only ever added, 1, 2, 3 …: there is no way to change or to remove one. */
export interface Chain<T extends { n: number }> {
  /** The newest. */
  head(): Promise<T | undefined>;
  /** Entries with `n > after`, in order, at most `limit`. */
  read(after: number, limit: number): Promise<T[]>;
  /**
   * Adds entries with consecutive numbers, the first of them one above the newest. Returns how many it added: fewer, a
   * beginning of them or none, when somebody else had taken a number.
   */
  append(entries: T[]): Promise<number>;
}

/** A post as it is stored, with the keys by which another is known as its duplicate. */
export interface StoredPost {
  post: Post;
  dedupe: string[];
}

/** Whole contents, for moving them from one store to another. Not for the rooms: it knows no events and no versions. */
export interface Transfer {
  /** Posts in the order of their ids, those with an id above `after`; the keys of each in order. */
  posts(after: string, limit: number): Promise<StoredPost[]>;
  /** By name. */
  settings(): Promise<{ name: string; value: unknown }[]>;
  /** By consumer. */
  cursors(): Promise<{ consumer: string; seq: number }[]>;
  /**
   * Writes these as they are, whatever version a post is at; events keep their `seq`, which must lie above the newest.
   * What is there already, by its id, stays as it is.
   */
  load(batch: { posts?: StoredPost[]; events?: LogEvent[] }): Promise<void>;
}
