import { z } from 'zod';

const nullable = z.string().nullable();
const level = z.enum(['none', 'bottom', 'intermediate', 'top-candidate']);

/** One row, and what the engine found in it: everything that scores, comparisons and reports are made of. */
export const outcomeSchema = z.object({
  /** Name of the set. */
  file: z.string(),
  line: z.number(),
  id: z.string(),
  text: z.string(),
  /** Is it hateful, according to the set; null: not labelled. */
  expected: z.boolean().nullable(),
  lang: nullable,
  label: nullable,
  target: nullable,
  functionality: nullable,
  template: nullable,
  found: z.object({
    flagged: z.boolean(),
    lang: z.string(),
    /** A pack reads the language; where none does, "not flagged" means nothing. */
    covered: z.boolean(),
    groups: z.array(z.string()),
    level,
    severity: z.number(),
    /** Of the surest finding that flags; 0 without one. */
    confidence: z.number(),
    findings: z.array(
      z.object({
        rule: z.string(),
        category: z.string(),
        stance: z.string(),
        cleared: z.boolean(),
        groups: z.array(z.string()),
        words: z.array(z.string()),
      }),
    ),
  }),
});

export type Outcome = z.output<typeof outcomeSchema>;

/** What rows can be grouped by. */
export const partKeys = ['functionality', 'target', 'lang', 'label'] as const;
export type PartKey = (typeof partKeys)[number];

/** What a row is told apart by, across files. */
export const keyOf = (outcome: Outcome): string => `${outcome.file}\0${outcome.id}`;

/** Did the verdict agree with the label? Undefined where there is no label. */
export const isRight = (outcome: Outcome): boolean | undefined =>
  outcome.expected === null ? undefined : outcome.found.flagged === outcome.expected;
