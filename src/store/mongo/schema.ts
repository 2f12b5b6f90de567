import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { EventType } from '../../contract/event.js';
import type { PostStatus } from '../../contract/post.js';
import type { Facts } from '../facts.js';
import { indexes } from './queries.js';
import type { Collection } from './queries.js';

/** How a post's place in the counters changed; `from` is absent for a new post. Written `workspace.status`. */
export interface Move {
  from?: string;
  to: string;
}

/** What one write of one document says to the log. It lies in the document's outbox until the relay has appended it. */
export interface Entry {
  /** Order of writing: the round's number, then the place within it. */
  round: number;
  at: number;
  /** Id of the event, the key by which it is appended once. */
  id: string;
  /** `count` for an entry that only moves counters: readers of the log never see it. */
  type: EventType | 'count';
  time: string;
  postId: string;
  /** JSON, as every document of ours: half a surrogate pair or a key with a dot stays itself. */
  data: string;
  /** The write it belongs to, `id:version`: the same entry again is a repetition, another's is a duplicate. */
  origin: string;
  move?: Move;
  /** Sets a workspace's counters to zero. */
  reset?: string;
}

export interface LogRow extends Omit<Entry, 'round' | 'at'> {
  _id: number;
}

export interface PostRow extends Omit<Facts, 'workspace' | 'status'> {
  _id: string;
  workspace: 'main' | 'demo';
  status: PostStatus;
  version: number;
  /** Number of arrival. */
  n: number;
  doc: string;
  tokens: string[];
  outbox: Entry[];
  /** Number of the round that wrote the outbox; absent when the outbox is empty. */
  pending?: number;
}

/** Who holds a dedupe key. The post may be missing when a process ended between the claim and the post. */
export interface ClaimRow {
  _id: string;
  post: string;
}

export type Counts = Record<string, number>;

/** `_id: posts`: the fold of the log up to `seq`. `_id: n`: the last number given away. */
export interface CounterRow {
  _id: string;
  seq: number;
  counts: Counts;
}

/** A workspace that is being removed; it stays until that is done, whoever does it. */
export interface RemovalRow {
  _id: string;
  entries: Entry[];
}

export interface SmallRow {
  _id: string;
  doc: string;
}

/** An entry of the audit chain; its number is its id, so that only one process gets it. */
export interface AuditRow {
  _id: number;
  doc: string;
}

export interface AnswerRow {
  _id: string;
  digest: string;
  answer: string;
  at: number;
}

export interface CursorRow {
  _id: string;
  seq: number;
}

export interface SnapshotRow extends CursorRow {
  /** A state is cut in pieces, because a document ends at 16 MB; part 0 is written last and says that all are there. */
  parts: number;
  part: number;
  projection: string;
  state: string;
}

export interface Models {
  posts: Model<PostRow>;
  claims: Model<ClaimRow>;
  log: Model<LogRow>;
  counters: Model<CounterRow>;
  removals: Model<RemovalRow>;
  consumers: Model<CursorRow>;
  keys: Model<SmallRow>;
  uploads: Model<SmallRow>;
  settings: Model<SmallRow>;
  answers: Model<AnswerRow>;
  snapshots: Model<SnapshotRow>;
  audit: Model<AuditRow>;
}

const text = { type: String, required: true };
const maybe = { type: String, default: null };
const whole = { type: Number, required: true };

/** What an event has in an outbox and in the log alike. */
const event = {
  id: text,
  type: text,
  time: { type: String },
  postId: { type: String },
  data: text,
  origin: text,
  move: { type: Object },
  reset: { type: String },
};
const entry = new Schema({ round: whole, at: whole, ...event }, { _id: false });

const shapes: Record<Collection, Record<string, unknown>> = {
  posts: {
    _id: text,
    workspace: text,
    status: text,
    version: whole,
    n: whole,
    doc: text,
    level: maybe,
    language: maybe,
    country: maybe,
    admin1: maybe,
    source: maybe,
    severity: { type: Number, default: null },
    score: whole,
    receivedAt: whole,
    groups: [String],
    grounds: [String],
    categories: [String],
    tokens: [String],
    outbox: [entry],
    pending: { type: Number },
  },
  claims: { _id: text, post: text },
  log: { _id: whole, ...event },
  counters: { _id: text, seq: whole, counts: { type: Object } },
  removals: { _id: text, entries: [entry] },
  consumers: { _id: text, seq: whole },
  keys: { _id: text, doc: text },
  uploads: { _id: text, doc: text },
  settings: { _id: text, doc: text },
  answers: { _id: text, digest: text, answer: text, at: whole },
  snapshots: { _id: text, projection: text, seq: whole, part: whole, parts: whole, state: { type: String } },
  audit: { _id: whole, doc: text },
};

/** The models of one connection, their indexes declared. Nothing is built yet. */
export function modelsOf(connection: Connection): Models {
  const models = Object.entries(shapes).map(([name, shape]) => {
    const schema = new Schema(shape as never, {
      collection: name,
      versionKey: false,
      minimize: false,
      autoIndex: false,
      autoCreate: false,
      bufferCommands: false,
      // Queries are ours and typed; a misspelt path must fail, not match everything.
      strictQuery: 'throw',
    });
    for (const index of indexes)
      if (index.collection === name)
        schema.index(index.key, { name: index.name, ...(index.unique && { unique: true }) });
    return [name, connection.model(name, schema)];
  });
  return Object.fromEntries(models) as Models;
}
