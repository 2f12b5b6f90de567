import { z } from 'zod';
import { machineLevels } from './assessment.js';
import { iso3166, postStatuses } from './post.js';
import { humanLevels } from './review.js';

const levels = [
  ...new Set<(typeof machineLevels)[number] | (typeof humanLevels)[number]>([...machineLevels, ...humanLevels]),
];

/** How long the content of posts is kept: of those that meet every condition of the rule. */
export const retentionRule = z.strictObject({
  /** The level in force: a person's decision, else the engine's proposal; `none` where a person found no hate speech. */
  level: z.enum(levels).exactOptional(),
  status: z.enum(postStatuses).exactOptional(),
  /** Name of the source. */
  source: z.string().min(1).max(200).exactOptional(),
  country: iso3166.exactOptional(),
  /** Counted from the last decision, else from the receipt. `null`: kept until somebody says otherwise. */
  days: z.int().min(0).max(36_500).nullable(),
  reason: z.string().max(2_000).exactOptional(),
});
export type RetentionRule = z.infer<typeof retentionRule>;
export const retentionRules = z.array(retentionRule);

/** What a run did, or would do, for one rule. */
export const retentionLine = z.object({
  rule: retentionRule,
  /** Posts whose content goes. */
  due: z.int(),
  /** Posts that would be due but belong to something under legal hold. */
  held: z.int(),
});
export const retentionReport = z.object({
  dryRun: z.boolean(),
  /** Posts looked at whose content is still there. */
  seen: z.int(),
  lines: z.array(retentionLine),
});
export type RetentionReport = z.infer<typeof retentionReport>;

export const retentionView = z.object({ rules: retentionRules, report: retentionReport });

export const eraseInput = z.strictObject({ reason: z.string().trim().min(1).max(2_000) });
