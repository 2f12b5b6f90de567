import { coverageOf, statsOf } from './coverage.js';
import type { PackStats } from './coverage.js';
import { readReasons, reasonsFor } from './coverage-reasons.js';
import type { LexiconBundle } from './load.js';

/** What the packs hold, for people who must know how far they may rely on them. */
export interface Holdings {
  packs: (PackStats & { scripts: string[]; countries: string[] })[];
  /** By ISO 3166-1 alpha-3, for every country that a pack is for: its groups, what is held for each, and why there is nothing. */
  countries: Record<string, CountryGroup[]>;
}

export interface CountryGroup {
  group: string;
  ground: string;
  names: number;
  terms: number;
  gap: boolean;
  reason?: { status: 'open' | 'accepted'; text: string };
}

/** Counts it all. `lexicons`: the folder that holds the reasons of gaps. */
export async function holdingsOf(bundle: LexiconBundle, lexicons: string): Promise<Holdings> {
  const byLang = new Map(bundle.packs.map((pack) => [pack.lang, pack]));
  const { lines } = await readReasons(lexicons);
  const countries = [...new Set(bundle.packs.flatMap((pack) => pack.countries))].sort();
  return {
    packs: statsOf(bundle).map((stats) => {
      const { scripts, countries: where } = byLang.get(stats.lang)!;
      return { ...stats, scripts, countries: where };
    }),
    countries: Object.fromEntries(
      countries.map((country) => {
        const reasons = reasonsFor(lines, country);
        const rows = coverageOf(bundle, country) ?? [];
        return [
          country,
          rows.map(({ group: { id, ground }, names, terms, gap }) => {
            const reason = gap ? reasons.get(id) : undefined;
            return {
              group: id,
              ground,
              names,
              terms,
              gap,
              ...(reason && { reason: { status: reason.status, text: reason.reason } }),
            };
          }),
        ];
      }),
    ),
  };
}
