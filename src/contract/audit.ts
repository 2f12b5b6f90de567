import { z } from 'zod';

/** What is written down. An action that is not here is not recorded, and one that is here never happens unrecorded. */
export const auditActions = [
  'sign-in',
  'read',
  'decision',
  'export',
  'key.use',
  'key.create',
  'key.revoke',
  'person.add',
  'person.link',
  'person.remove',
  'password.set',
  'lexicon.change',
  'setting.change',
  'demo.remove',
  'erase',
  'retention',
  'evidence.capture',
  'evidence.hold',
  'evidence.release',
  'evidence.export',
  'backup',
  'restore',
  'import',
  'secret.rotate',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Who did it: a person, a key, somebody at the command line, or the service itself. */
export const actor = z.object({ kind: z.enum(['user', 'key', 'cli', 'system']), id: z.string() });
export type Actor = z.infer<typeof actor>;

/** Small facts that say what happened; never text of a post, a name or a secret. */
export const auditDetail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

export const auditInput = z.object({
  action: z.enum(auditActions),
  actor,
  /** Id of what it was done to. */
  target: z.string().exactOptional(),
  /** When it was done, where that was before it was written down. */
  doneAt: z.string().exactOptional(),
  /** Digest of the thing before and after. */
  before: z.string().exactOptional(),
  after: z.string().exactOptional(),
  detail: auditDetail.exactOptional(),
  /** Place in the log of the event that this entry tells of. */
  seq: z.int().exactOptional(),
});
export type AuditInput = z.infer<typeof auditInput>;

/** One link of the chain: its hash is SHA-256 over the canonical JSON of everything else in it, the hash before included. */
export const auditEntry = auditInput.extend({
  n: z.int().min(1),
  /** When it was written down. */
  at: z.string(),
  prev: z.string(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** What stands in `prev` of the first entry. */
export const chainStart = '0'.repeat(64);

export const auditHead = z.object({ n: z.int(), hash: z.string() });
export type AuditHead = z.infer<typeof auditHead>;

export const auditQuery = z.strictObject({
  /** Oldest first: entries that come after this number. */
  after: z.coerce.number().int().min(0).exactOptional(),
  /** Newest first: entries that come before this number. */
  before: z.coerce.number().int().min(1).exactOptional(),
  /** `newest` begins at the end of the chain; `before` implies it. */
  order: z.enum(['oldest', 'newest']).exactOptional(),
  action: z.enum(auditActions).exactOptional(),
  /** Id of whoever did it. */
  actor: z.string().min(1).max(200).exactOptional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditPage = z.object({
  items: z.array(auditEntry),
  head: auditHead,
  /** Send it back as `before` (newest first) or `after` for what follows; absent at the end. A page may be short, or empty, before it. */
  next: z.int().exactOptional(),
  /** Names of people and keys that acted on this page, by id, as far as they are still there. */
  names: z.record(z.string(), z.string()),
});
export type AuditPage = z.infer<typeof auditPage>;

/** What a walk over the whole chain found. */
export const auditState = z.object({
  /** Entries that follow on each other. */
  entries: z.int(),
  head: auditHead,
  /** The first link that does not hold. */
  broken: z.object({ n: z.int(), reason: z.string() }).exactOptional(),
  /** Numbers of entries written down by a clock that was set back; no break. */
  setBack: z.array(z.int()),
  checkedAt: z.string(),
});
export type AuditState = z.infer<typeof auditState>;

/** Writes one thing down; resolves when it is durable. */
export type RecordAct = (input: AuditInput) => Promise<unknown>;
