import { bound } from './facts.js';
import type { PostFilter } from './port.js';

// What a filter asks for, in the form in which a driver looks for it.

const severities = [1, 2, 3, 4, 5];

/** What of the filter is a choice among values, by kind, each value once; an empty list lets nothing pass. */
export function listsOf(filter: PostFilter): Record<string, readonly (string | number)[]> {
  const { workspace, status, level, language, country, admin1, source, minSeverity, group, ground, category } = filter;
  const severity = minSeverity === undefined ? undefined : severities.filter((one) => one >= minSeverity);
  const given = {
    workspace: workspace && [workspace],
    status,
    level,
    language,
    country,
    admin1,
    source,
    severity,
    group,
    ground,
    category,
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([kind, values]) => (values ? [[kind, [...new Set<string | number>(values)]]] : [])),
  );
}

/** `[from, before)` of the time of receipt in milliseconds. Throws `invalid_input` naming the field. */
export function spanOf({ since, until }: Pick<PostFilter, 'since' | 'until'>): { from?: number; before?: number } {
  return {
    ...(since !== undefined && { from: bound('since', since) }),
    ...(until !== undefined && { before: bound('until', until) }),
  };
}
