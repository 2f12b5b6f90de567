import { z } from 'zod';
import { actor } from './audit.js';
import { instant } from './post.js';

const short = z.string().trim().min(1).max(200);
const reason = z.string().trim().min(1).max(2_000);

/** What whoever captures a thing says about it: where it is from, how it was taken, and why. */
export const captureInput = z.strictObject({
  /** Exact address of the thing. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .exactOptional(),
  platform: short.exactOptional(),
  platformId: short.exactOptional(),
  /** Where it is from when it was never online. */
  offlineOrigin: short.exactOptional(),
  /** Name of the file as it was found. */
  name: short.exactOptional(),
  mime: z
    .string()
    .regex(/^[\w.+-]+\/[\w.+-]+$/, 'a media type, e.g. "image/png"')
    .default('application/octet-stream'),
  /** As the server sent them. */
  headers: z.array(z.tuple([z.string().max(200), z.string().max(8_000)])).exactOptional(),
  publishedAtClaimed: instant.exactOptional(),
  /** How it was taken, e.g. "saved from the browser". */
  method: short,
  legalBasis: short.exactOptional(),
  note: reason.exactOptional(),
  /** Id of the post it belongs to. */
  post: z.string().max(100).exactOptional(),
});
export type CaptureInput = z.infer<typeof captureInput>;

/** The capture record: written once, never changed. Its hash is where the custody chain begins. */
export const evidenceRecord = captureInput.extend({
  id: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  capturedAt: z.string(),
  collector: z.object({ actor, machine: z.string(), tool: z.string(), toolVersion: z.string() }),
});
export type EvidenceRecord = z.infer<typeof evidenceRecord>;

export const custodyActions = ['capture', 'hold', 'release', 'export'] as const;
export type CustodyAction = (typeof custodyActions)[number];

/** One link of an item's custody: its hash is SHA-256 over the canonical JSON of everything else in it. */
export const custodyEvent = z.object({
  n: z.int().min(1),
  /** Hash of the event before; of the capture record for the first. */
  prevHash: z.string(),
  at: z.string(),
  actor,
  action: z.enum(custodyActions),
  reason: z.string(),
  hash: z.string(),
});
export type CustodyEvent = z.infer<typeof custodyEvent>;

export const evidenceItem = evidenceRecord.extend({ held: z.boolean(), custody: z.array(custodyEvent) });
export type EvidenceItem = z.infer<typeof evidenceItem>;

/** Captures a post as it stands in the store. */
export const capturePostInput = z.strictObject({
  post: z.string().min(1).max(100),
  reason,
  hold: z.boolean().default(false),
});
export const holdInput = z.strictObject({ reason });
