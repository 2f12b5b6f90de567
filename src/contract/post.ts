import { z } from 'zod';
import { speakerClasses } from '../engine/types.js';
import { assessment } from './assessment.js';
import { reviewState } from './review.js';

export const maxTextLength = 100_000;
export const maxBatch = 1_000;

export const iso639 = z.string().regex(/^[a-z]{3}$/, 'an ISO 639-3 code of three lower-case letters, e.g. "swa"');
export const iso3166 = z.string().regex(/^[A-Z]{3}$/, 'an ISO 3166-1 alpha-3 code, e.g. "KEN"');
export const admin1 = z.string().regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, 'an ISO 3166-2 code, e.g. "KE-30"');
export const instant = z.iso.datetime({ offset: true, error: 'an ISO 8601 instant, e.g. "2026-03-01T12:00:00Z"' });

export const sourceKinds = [
  'social',
  'radio',
  'tv',
  'press',
  'sms',
  'web',
  'sermon',
  'rally',
  'print',
  'other',
] as const;

export const source = z.object({
  name: z.string().trim().min(1).max(200),
  kind: z.enum(sourceKinds).default('other'),
});
export type Source = z.infer<typeof source>;

export const place = z.object({
  country: iso3166.optional(),
  admin1: admin1.optional(),
  name: z.string().trim().min(1).max(200).optional(),
});
export type Place = z.infer<typeof place>;

const count = z.int().min(0);

export const reach = z.object({
  followers: count.optional(),
  views: count.optional(),
  shares: count.optional(),
});

/** What a client sends: only `text` is required. Unknown fields are refused, so that a misspelt one is noticed. */
export const postInput = z.strictObject({
  text: z
    .string()
    .refine((text) => text.trim().length > 0, 'text that is not empty')
    .max(maxTextLength),
  /** The sender's own id: sent twice from the same source it is taken once. */
  externalId: z.string().min(1).max(200).optional(),
  source: source.optional(),
  place: place.optional(),
  /** A hint, not a decision. */
  language: iso639.optional(),
  /** Kept only as a keyed pseudonym. */
  author: z.string().min(1).max(200).optional(),
  publishedAt: instant.optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
  /** The post that this one answers. */
  parent: z.object({ text: z.string().max(maxTextLength) }).optional(),
  speaker: z.enum(speakerClasses).optional(),
  reach: reach.optional(),
});
export type PostInput = z.infer<typeof postInput>;

export const workspaces = ['main', 'demo'] as const;

/** Where a post stands: waiting for the engine, not flagged, or in the reviewers' hands. */
export const postStatuses = ['received', 'unflagged', 'open', 'confirmed', 'not_hate', 'escalated'] as const;
export type PostStatus = (typeof postStatuses)[number];

export const post = postInput.omit({ author: true, text: true }).extend({
  id: z.string(),
  text: z.string(),
  /** Grows by one with every change; the optimistic check of a decision. */
  version: z.int().min(1),
  workspace: z.enum(workspaces),
  receivedAt: z.string(),
  /** Keyed pseudonym of the author: the same author under the same deployment secret gives the same value. */
  author: z.string().optional(),
  /** How it came in: `api`, `upload`, `demo`, `cli`. */
  via: z.string(),
  /** Key, user or upload that brought it. */
  by: z.string().optional(),
  status: z.enum(postStatuses),
  assessment: assessment.optional(),
  review: reviewState.optional(),
  /** A tombstone: the content is gone, by its retention rule or because somebody asked; the counts stay. */
  erased: z
    .object({ at: z.string(), by: z.string(), cause: z.enum(['retention', 'request']), reason: z.string() })
    .optional(),
});
export type Post = z.infer<typeof post>;

/**
 * Whether a post is restricted: a person found that it reaches the top level, or passed it up. Its words are encrypted at
 * rest, and who reads it is written down.
 */
export const isRestricted = (post: Pick<Post, 'status' | 'review'>): boolean =>
  post.status === 'escalated' || post.review?.level === 'top';

export const postOrders = ['priority', 'newest'] as const;

/** Filters of `GET /v1/posts`; several values of one filter are joined by commas and mean "or". */
export const postQuery = z.strictObject({
  status: z.string().optional(),
  level: z.string().optional(),
  language: z.string().optional(),
  country: z.string().optional(),
  admin1: z.string().optional(),
  group: z.string().optional(),
  ground: z.string().optional(),
  category: z.string().optional(),
  source: z.string().optional(),
  /** Words that the text must have, all of them; letter case, accents and vowel marks are no matter. */
  q: z.string().max(500).optional(),
  workspace: z.enum(workspaces).optional(),
  minSeverity: z.coerce.number().int().min(1).max(5).optional(),
  since: instant.optional(),
  until: instant.optional(),
  order: z.enum(postOrders).default('newest'),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PostQuery = z.infer<typeof postQuery>;

export interface PostPage {
  items: Post[];
  /** Send it back as `cursor` for the next page; absent on the last one. */
  next?: string;
}

/** What became of one row of a batch or upload. */
export interface RowResult {
  index: number;
  id?: string;
  /** `accepted`, `duplicate` (taken before: `id` is the first one's), `rejected`. */
  outcome: 'accepted' | 'duplicate' | 'rejected';
  errors?: { field: string; expected: string }[];
}

export interface BatchResult {
  accepted: number;
  duplicates: number;
  rejected: number;
  results: RowResult[];
}
