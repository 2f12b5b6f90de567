import type { Outcome } from './outcome.js';
import { groupBy } from './score.js';

/** One language of the set, and what its texts were taken for. */
export interface LanguageLine {
  lang: string;
  rows: number;
  right: number;
  /** Wrong answers, most frequent first. */
  takenFor: { lang: string; rows: number }[];
}

/** The language confusion of rows that say their language, the most mistaken texts first. */
export function languageConfusion(outcomes: readonly Outcome[]): LanguageLine[] {
  const known = outcomes.filter((outcome) => outcome.lang !== null);
  return [...groupBy(known, (outcome) => outcome.lang!)]
    .map(([lang, rows]) => {
      const right = rows.filter((row) => row.found.lang === lang).length;
      const takenFor = [
        ...groupBy(
          rows.filter((row) => row.found.lang !== lang),
          (row) => row.found.lang,
        ),
      ]
        .map(([other, wrong]) => ({ lang: other, rows: wrong.length }))
        .sort((a, b) => b.rows - a.rows || (a.lang < b.lang ? -1 : 1));
      return { lang, rows: rows.length, right, takenFor };
    })
    .sort((a, b) => b.rows - b.right - (a.rows - a.right) || (a.lang < b.lang ? -1 : 1));
}
