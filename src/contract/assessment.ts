import { z } from 'zod';
import { cueClasses, protectingCues, speakerClasses, stances } from '../engine/types.js';
import type { Assessment } from '../engine/types.js';

export const machineLevels = ['none', 'bottom', 'intermediate', 'top-candidate'] as const;

const grade = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal('U')]);
const graded = z.object({ grade, reason: z.string() });
const severity = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
const findingLevel = z.enum(['bottom', 'intermediate', 'top-candidate']);
const guess = z.object({ code: z.string(), confidence: z.number() });

export const evidence = z.object({
  start: z.int(),
  end: z.int(),
  class: z.enum(cueClasses),
  entry: z.string(),
  text: z.string(),
  term: z.string().optional(),
  meaning: z.string().optional(),
  why: z.string().optional(),
  benignSenses: z.array(z.string()).optional(),
  advice: z.string().optional(),
  sources: z.array(z.object({ id: z.string(), claim: z.string() })).optional(),
  unverified: z.boolean().optional(),
  obfuscated: z.boolean().optional(),
});

export const finding = z.object({
  start: z.int(),
  end: z.int(),
  rule: z.string(),
  category: z.string(),
  groups: z.array(z.string()),
  grounds: z.array(z.string()),
  functions: z.array(z.string()),
  via: z.enum(['term', 'name', 'pronoun', 'parent', 'function', 'individual', 'none']),
  stance: z.enum(stances),
  cleared: z.boolean(),
  protects: z.enum(protectingCues).optional(),
  severity,
  level: findingLevel,
  confidence: z.number(),
  obfuscated: z.boolean(),
  reason: z.string(),
  evidence: z.array(evidence),
});

/** The engine's verdict on the wire: the same shape as `engine/types.ts` declares, which the last line holds it to. */
export const assessment = z.object({
  revision: z.string(),
  language: z.object({ code: z.string(), script: z.string(), confidence: z.number(), alternatives: z.array(guess) }),
  coverage: z.object({
    covered: z.boolean(),
    packs: z.array(z.object({ lang: z.string(), status: z.enum(['draft', 'reviewed', 'active']) })),
  }),
  flagged: z.boolean(),
  level: z.enum(machineLevels),
  severity: z.union([z.literal(0), severity]),
  groups: z.array(z.string()),
  grounds: z.array(z.string()),
  functions: z.array(z.string()),
  categories: z.array(z.string()),
  findings: z.array(finding),
  rabat: z.object({
    context: graded,
    speaker: graded,
    intent: graded,
    content: graded,
    extent: graded,
    likelihood: graded,
  }),
  confidence: z.number(),
  priority: z.object({
    score: z.number(),
    parts: z.array(
      z.object({
        part: z.enum(['severity', 'confidence', 'reach', 'imminence', 'speaker']),
        value: z.number(),
        weight: z.number(),
        reason: z.string(),
      }),
    ),
  }),
  explanation: z.array(
    z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])), text: z.string() }),
  ),
});

type Equal<A, B> = [A] extends [B] ? true : false;
/** Does not compile when the engine's shape no longer fits the wire. */
export const assessmentFits: Equal<Assessment, AssessmentWire> = true;
export type AssessmentWire = z.input<typeof assessment>;

/** The classification API: one text, assessed and forgotten. */
export const classifyInput = z.strictObject({
  text: z.string().max(100_000),
  context: z
    .strictObject({
      language: z
        .string()
        .regex(/^[a-z]{3}$/, 'an ISO 639-3 code')
        .optional(),
      country: z
        .string()
        .regex(/^[A-Z]{3}$/, 'an ISO 3166-1 alpha-3 code')
        .optional(),
      parent: z.string().max(100_000).optional(),
      speaker: z.enum(speakerClasses).optional(),
    })
    .optional(),
});
export type ClassifyInput = z.infer<typeof classifyInput>;
