import { z } from 'zod';

/** Levels a person may decide. `top` is here and nowhere in the engine: no machine sets it. */
export const humanLevels = ['bottom', 'intermediate', 'top'] as const;

export const decisionKinds = ['confirm', 'not_hate', 'escalate', 'reopen'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

export const decisionInput = z
  .strictObject({
    decision: z.enum(decisionKinds),
    /** Required with `confirm`, refused otherwise. */
    level: z.enum(humanLevels).optional(),
    note: z.string().max(2_000).optional(),
    /** The version of the post the reviewer was looking at. */
    expectedVersion: z.int().min(1),
  })
  .superRefine((value, ctx) => {
    if (value.decision === 'confirm' && !value.level)
      ctx.addIssue({
        code: 'custom',
        path: ['level'],
        message: 'one of bottom, intermediate, top when the decision is confirm',
      });
    if (value.decision !== 'confirm' && value.level)
      ctx.addIssue({ code: 'custom', path: ['level'], message: 'no level unless the decision is confirm' });
  });
export type DecisionInput = z.infer<typeof decisionInput>;

export const decisionRecord = z.object({
  decision: z.enum(decisionKinds),
  level: z.enum(humanLevels).optional(),
  note: z.string().optional(),
  by: z.string(),
  /** Display name of the reviewer at that time. */
  byName: z.string(),
  at: z.string(),
});
export type DecisionRecord = z.infer<typeof decisionRecord>;

export const reviewState = z.object({
  /** Newest last; undo is a `reopen`, never an erasure. */
  history: z.array(decisionRecord),
  level: z.enum(humanLevels).optional(),
});
export type ReviewState = z.infer<typeof reviewState>;
