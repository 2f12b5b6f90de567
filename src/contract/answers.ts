import { z } from 'zod';
import { assessment } from './assessment.js';
import { keyScopes, roles } from './account.js';
import type { ApiKeyView, SessionView } from './account.js';
import type { DemoView } from './demo.js';
import { post, postStatuses } from './post.js';
import type { BatchResult, PostPage, RowResult } from './post.js';
import type { TaxonomyView } from './taxonomy.js';
import { uploadColumns } from './upload.js';
import type { Upload } from './upload.js';

/**
 * The answers of the HTTP API as schemas, for the OpenAPI document and the tests. Where the shape is declared as an
 * interface elsewhere, a line at the end holds the two together.
 */
export const fieldError = z.object({ field: z.string(), expected: z.string() });

/** `application/problem+json` (RFC 9457). */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  /** Stable: what a program decides by. */
  code: z.string(),
  /** What is wrong with the input, field by field. */
  fields: z.array(fieldError).exactOptional(),
  /** Names this one answer in the service's log. */
  instance: z.string(),
});
export type Problem = z.infer<typeof problem>;

const rowOutcome = z.enum(['accepted', 'duplicate', 'rejected']);

export const rowResult = z.object({
  index: z.int(),
  id: z.string().exactOptional(),
  outcome: rowOutcome,
  errors: z.array(fieldError).exactOptional(),
});

export const batchResult = z.object({
  accepted: z.int(),
  duplicates: z.int(),
  rejected: z.int(),
  results: z.array(rowResult),
});

/** What became of a post that was sent alone. */
export const submitted = z.object({ id: z.string(), outcome: z.enum(['accepted', 'duplicate']) });
export type Submitted = z.infer<typeof submitted>;

export const postPage = z.object({ items: z.array(post), next: z.string().exactOptional() });

export const postCounts = z.record(z.enum(postStatuses), z.int());

export const upload = z.object({
  id: z.string(),
  version: z.int(),
  fileName: z.string(),
  format: z.enum(['csv', 'jsonl']),
  status: z.enum(['running', 'done', 'failed']),
  startedAt: z.string(),
  finishedAt: z.string().exactOptional(),
  by: z.string(),
  byName: z.string(),
  bytes: z.int(),
  rows: z.int(),
  accepted: z.int(),
  duplicates: z.int(),
  rejected: z.int(),
  errors: z.array(z.object({ line: z.int(), errors: z.array(fieldError) })),
  problem: z.string().exactOptional(),
  mapping: z.partialRecord(z.enum(uploadColumns), z.string()),
});

export const apiKeyView = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(keyScopes)),
  prefix: z.string(),
  createdAt: z.string(),
  createdBy: z.string(),
  revokedAt: z.string().exactOptional(),
});

/** The only time the secret of a key is ever told. */
export const newKey = z.object({ key: apiKeyView, secret: z.string() });

export const sessionView = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.enum(roles) }),
});

export const demoView = z.object({ active: z.boolean(), posted: z.int() });

const names = z.record(z.string(), z.string());
const named = z.object({ id: z.string(), names });
const withId = z.object({ id: z.string(), name: z.string(), names: names.exactOptional() });

/** Everything a console needs to say what the ids of an assessment mean. Names by ISO 639-3. */
export const taxonomyView = z.object({
  groups: z.array(
    named.extend({ ground: z.string(), country: z.string().exactOptional(), parent: z.string().exactOptional() }),
  ),
  grounds: z.array(named),
  functions: z.array(named),
  categories: z.array(withId.extend({ definition: z.string() })),
  levels: z.array(withId.extend({ meaning: z.string() })),
});

/** One line of `tocsin classify`: the verdict in short. */
export const classifiedLine = assessment
  .pick({ flagged: true, level: true, severity: true, groups: true, findings: true })
  .extend({
    id: z.union([z.string(), z.number(), z.null()]),
    lang: z.string(),
    covered: z.boolean(),
  })
  .partial({ findings: true });

type Equal<A, B> = [A, B] extends [B, A] ? true : false;
/** Does not compile when a schema above and the interface it stands for part ways. */
export const answersFit: [
  Equal<RowResult, z.infer<typeof rowResult>>,
  Equal<BatchResult, z.infer<typeof batchResult>>,
  Equal<PostPage, z.infer<typeof postPage>>,
  Equal<Upload, z.infer<typeof upload>>,
  Equal<ApiKeyView, z.infer<typeof apiKeyView>>,
  Equal<SessionView, z.infer<typeof sessionView>>,
  Equal<DemoView, z.infer<typeof demoView>>,
  Equal<TaxonomyView, z.infer<typeof taxonomyView>>,
] = [true, true, true, true, true, true, true, true];
