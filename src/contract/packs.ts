import { z } from 'zod';
import { iso3166 } from './post.js';

/** `GET /v1/packs`: what each lexicon pack holds. */
export const packsView = z.object({
  packs: z.array(
    z.object({
      /** ISO 639-3. */
      lang: z.string(),
      /** English. */
      name: z.string(),
      /** `draft`: no native reviewer has signed it. */
      status: z.string(),
      scripts: z.array(z.string()),
      countries: z.array(z.string()),
      entries: z.int(),
      forms: z.int(),
      /** Entries by what they are: names of groups, terms with a history, predicates of attack, other words of grammar. */
      groups: z.int(),
      terms: z.int(),
      unverified: z.int(),
      predicates: z.int(),
      cues: z.int(),
      /** Different sources cited. */
      sources: z.int(),
    }),
  ),
  /** ISO 3166-1 alpha-3 of every country that a pack is for. */
  countries: z.array(z.string()),
});
export type PacksView = z.infer<typeof packsView>;

export const coverageQuery = z.object({ country: iso3166 });

/** `GET /v1/packs/coverage`: names and terms for each group of a country. */
export const coverageView = z.object({
  country: z.string(),
  groups: z.array(
    z.object({
      group: z.string(),
      ground: z.string(),
      names: z.int(),
      terms: z.int(),
      /** No term, though five and more are held against another group of the same ground. */
      gap: z.boolean(),
      /** Why. `open`: still to be sought; `accepted`: right as it is. */
      reason: z.object({ status: z.enum(['open', 'accepted']), text: z.string() }).exactOptional(),
    }),
  ),
});
export type CoverageView = z.infer<typeof coverageView>;

/** What the service knows of its packs. */
export interface PackHoldings {
  packs: PacksView['packs'];
  countries: Record<string, CoverageView['groups']>;
}
