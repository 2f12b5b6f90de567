import { join } from 'node:path';
import { z } from 'zod';
import { coverageOf } from './coverage.js';
import type { GroupCoverage } from './coverage.js';
import { readJsonl } from './jsonl.js';
import type { Line, Problem } from './jsonl.js';
import type { LexiconBundle } from './load.js';

const file = 'lexicons/_shared/coverage.jsonl';

/**
 * Why the packs hold no term against some groups of a country, though they hold many against another: `open` until somebody has looked for
 * sources, `accepted` when it is right as it is.
 */
export const coverageReason = z.strictObject({
  country: z.string().regex(/^[A-Z]{3}$/, 'an ISO 3166-1 alpha-3 code'),
  groups: z.array(z.string()).min(1),
  status: z.enum(['open', 'accepted'], 'open or accepted'),
  reason: z.string().trim().min(20, 'a reason in a sentence'),
  on: z.iso.date('a day like "2026-11-28"'),
});
export type CoverageReason = z.infer<typeof coverageReason>;

/** Reads the reasons; none where there is no such file. */
export async function readReasons(lexicons: string): Promise<{ lines: Line<CoverageReason>[]; problems: Problem[] }> {
  const { lines, problems } = await readJsonl(join(lexicons, '_shared', 'coverage.jsonl'), file, coverageReason);
  // A set of packs need not have gaps.
  return problems.some(({ field }) => field === '(file)') ? { lines: [], problems: [] } : { lines, problems };
}

/** The reason for each group of a country, by group id. */
export function reasonsFor(lines: readonly Line<CoverageReason>[], country: string): Map<string, CoverageReason> {
  return new Map(
    lines.flatMap(({ value }) =>
      value.country === country ? value.groups.map((group) => [group, value] as const) : [],
    ),
  );
}

/**
 * Every gap of every country needs a reason. `notes`: reasons that nothing needs any more, because the gap was filled.
 */
export function checkCoverage(
  bundle: Pick<LexiconBundle, 'packs' | 'taxonomy'>,
  lines: readonly Line<CoverageReason>[],
): { problems: Problem[]; notes: Problem[] } {
  const problems: Problem[] = [];
  const notes: Problem[] = [];
  const ids = new Set(bundle.taxonomy.groups.map(({ id }) => id));
  const countries = new Set([
    ...bundle.packs.flatMap((pack) => pack.countries),
    ...lines.map(({ value }) => value.country),
  ]);
  for (const country of [...countries].sort()) {
    const rows = coverageOf(bundle, country) ?? [];
    const gaps = new Set(rows.filter(({ gap }) => gap).map(({ group }) => group.id));
    const given = reasonsFor(lines, country);
    for (const { group, gap, counterpart } of rows)
      if (gap && !given.has(group.id))
        problems.push({
          file,
          line: 0,
          field: country,
          message: `a term against ${group.id}, or a line with the reason why there is none, as ${counterpart!.terms} are held against ${counterpart!.group}`,
        });
    for (const { value, line } of lines) {
      if (value.country !== country) continue;
      for (const group of value.groups)
        if (!ids.has(group))
          problems.push({
            file,
            line,
            field: 'groups',
            message: `a group id of data/taxonomy/groups.jsonl, not "${group}"`,
          });
        else if (!gaps.has(group))
          notes.push({
            file,
            line,
            field: 'groups',
            message: `${group} is no gap in ${country} any more; this reason may go`,
          });
    }
  }
  return { problems, notes };
}

/** The coverage of a country, each gap with its reason where one is written. `undefined` when no pack is for the country. */
export async function explainedCoverage(
  bundle: Pick<LexiconBundle, 'packs' | 'taxonomy'>,
  lexicons: string,
  country: string,
): Promise<(GroupCoverage & { reason?: CoverageReason })[] | undefined> {
  const reasons = reasonsFor((await readReasons(lexicons)).lines, country);
  return coverageOf(bundle, country)?.map((row) => {
    const reason = row.gap ? reasons.get(row.group.id) : undefined;
    return { ...row, ...(reason && { reason }) };
  });
}
