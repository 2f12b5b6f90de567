import { z } from 'zod';
import { cueClasses, formFeatures } from '../engine/index.js';
import { alternatives, countAlternatives, halves, mostAlternatives } from './alternatives.js';
import { choices } from './choices.js';

/** The shapes of a pack's files, as `lexicons/README.md` describes them. Unknown fields are refused: a misspelt one would be lost silently. */

const text = z.string().trim().min(1);
const twoParts = /^[^…]*[^…\s][^…]*…[^…]*[^…\s][^…]*$/;
const written = text
  .refine(
    (t) => !t.replaceAll(/\([^()]*\|[^()]*\)/g, '').includes('|'),
    'choices beside each other, "(a|b) (c|d)", none within another',
  )
  .refine((t) => {
    const rest = t.replaceAll(/\([^()]*\|[^()]*\)/g, '');
    // What stands within choices was refused above.
    return rest === t || rest.includes('|') || !/[()]/.test(rest);
  }, 'brackets around choices only, "(a|b) c": in any other place they are signs that nobody types')
  .refine(
    (t) => choices(t) !== undefined || countAlternatives(t) <= mostAlternatives,
    `choices that make at most ${mostAlternatives} forms`,
  )
  .refine(
    // Too many were refused above.
    (t) =>
      !t.includes('…') ||
      countAlternatives(t) > mostAlternatives ||
      (halves(t)?.every((part) => part.every((one) => one !== '')) ?? false) ||
      alternatives(t).every((one) => !one.includes('…') || twoParts.test(one)),
    'words before and after one "…", the place of the people named',
  );
const form = z.union([written, z.strictObject({ t: written, f: z.array(z.enum(formFeatures)).min(1) })]);
/** A bracket that nothing closes, or that nothing opens: a sign of its own, as in "(derogatory". */
const lone = (written: z.output<typeof form>, one: string, other: string) => {
  const t = typeof written === 'string' ? written : written.t;
  return t.split(one).length > t.split(other).length;
};
const forms = z
  .array(form)
  .min(1)
  .refine(
    (list) => !(list.some((t) => lone(t, '(', ')')) && list.some((t) => lone(t, ')', '('))),
    'choices on one line: a bracket opens in one form and closes in another',
  );
const id = (part: 't' | 'g' | 'c') =>
  z.string().regex(new RegExp(`^[a-z]{3}-${part}-\\d{3,}$`), `an id like "eng-${part}-001"`);
const severity = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
const intensity = z.union([z.literal(1), z.literal(2), z.literal(3)]);
const iso3 = z.string().regex(/^[A-Z]{3}$/, 'an ISO 3166-1 alpha-3 code');

export const manifest = z.strictObject({
  lang: z.string().regex(/^[a-z]{3}$/, 'an ISO 639-3 code'),
  name: text,
  version: z.string().optional(),
  scripts: z.array(z.string().regex(/^[A-Z][a-z]{3}$/, 'an ISO 15924 code')).min(1),
  countries: z.array(iso3),
  also: z.array(z.string().length(3)).optional(),
  neighbour: z.string().length(3).optional(),
  accents: z.literal('distinct').optional(),
  status: z.enum(['draft', 'reviewed', 'active']),
  reviewers: z.array(z.strictObject({ role: text, on: text, verdict: text })),
  grammar: z.strictObject({
    order: z.enum(['SVO', 'VSO', 'SOV']),
    attributive: z.enum(['before', 'after', 'both']),
    negation: z.array(z.enum(['before', 'after', 'around', 'inside'])).min(1),
    imperative: z.enum(['base', 'marked']),
    infinitive: z.literal('command').optional(),
    copula: z.enum(['required', 'optional']),
  }),
  affixes: z
    .record(
      z.string(),
      z.strictObject({
        prefixes: z.array(z.array(z.string())).optional(),
        suffixes: z.array(z.array(z.string())).optional(),
      }),
    )
    .default({}),
  note: z.string().optional(),
});

const source = z.strictObject({ id: text, claim: text });

export const term = z.strictObject({
  id: id('t'),
  term: text,
  class: z.enum(cueClasses),
  sub: text.optional(),
  forms,
  affix: text.optional(),
  match: z.enum(['token', 'substring']).optional(),
  intensity: intensity.optional(),
  targets: z.array(z.string()).optional(),
  functions: z.array(z.string()).optional(),
  category: z
    .string()
    .regex(/^T\d\d$/, 'a typology id T01–T27')
    .optional(),
  severity,
  severityBasis: text.optional(),
  standalone: z.boolean(),
  ambiguity: z.enum(['none', 'low', 'medium', 'high']),
  meaning: text,
  why: text,
  benignSenses: z.array(z.string()),
  exclude: z.array(text).optional(),
  context: z.array(text).optional(),
  advice: text,
  alternative: z.string().optional(),
  regions: z.array(iso3).optional(),
  valid: z
    .strictObject({ from: z.string().nullable(), to: z.string().nullable(), peak: z.array(z.string()).optional() })
    .optional(),
  sources: z.array(source),
  unverified: z.boolean().optional(),
  status: z.enum(['draft', 'reviewed', 'active', 'watch', 'retired']),
  note: z.string().optional(),
});
export type Term = z.infer<typeof term>;

/** `frequent.json`: words as they are written, without spaces. */
export const frequent = z.array(z.string().regex(/^\S+$/, 'one word')).max(1000);

/** `shorthand.json`: words as chats shorten them, and what they are written out. */
export const shorthand = z.record(
  z.string().regex(/^[\p{L}\p{M}\p{N}]+$/u, 'one word without signs'),
  z.string().min(1),
);

export const groupName = z.strictObject({
  id: id('g'),
  group: z.string(),
  kind: z.enum(['endonym', 'exonym', 'neutral', 'contested']),
  forms,
  affix: text.optional(),
  match: z.enum(['token', 'substring']).optional(),
  ambiguous: z.boolean().optional(),
  exclude: z.array(text).optional(),
  note: z.string().optional(),
});

export const cueEntry = z.strictObject({
  id: id('c'),
  class: z.enum(cueClasses),
  sub: text.optional(),
  forms,
  affix: text.optional(),
  match: z.enum(['token', 'substring']).optional(),
  intensity: intensity.optional(),
  targets: z.array(z.string()).optional(),
  functions: z.array(z.string()).optional(),
  exclude: z.array(text).optional(),
  context: z.array(text).optional(),
  note: z.string().optional(),
});

export const sourceEntry = z.strictObject({
  id: text,
  title: text,
  publisher: text,
  year: z.number().int().min(1800).max(2100).nullable(),
  kind: text,
  url: z.string().nullable().optional(),
  covers: text,
  accessed: text,
  read: z.boolean(),
  note: z.string().optional(),
});

export const conformanceCase = z.strictObject({
  id: text,
  capability: text,
  text,
  flagged: z.boolean(),
  groups: z.array(z.string()).optional(),
  category: z.string().optional(),
  country: iso3.optional(),
  parent: z.string().optional(),
  /** Name of the sentence frame: intervals are drawn over frames, not over sentences. */
  template: z.string().optional(),
  note: z.string().optional(),
});
export type ConformanceCase = z.infer<typeof conformanceCase>;
