import { percent } from './printable.js';
import type { Figure, FigureName } from './score.js';

/** Column titles, in the words of readers who do not know the trade's. */
export const titles: Record<FigureName, string> = {
  recall: 'Recall',
  notHateful: 'Not hateful, left alone',
  accuracy: 'Accuracy',
  precision: 'Precision',
  f1: 'F1 hateful',
  f1NotHateful: 'F1 not hateful',
  macroF1: 'Macro-F1',
  target: 'Target found',
  language: 'Language found',
};

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** The English name of an ISO 639-3 code with the code, or the code alone where nobody knows it. */
export function languageName(code: string): string {
  if (code === 'und') return 'undetermined';
  const known = /^[a-z]{2,3}$/.test(code) ? names.of(code) : undefined;
  return known ? `${known} (${code})` : code;
}

/** A code for the `lang` attribute; undefined where it would not be one. */
export function langAttribute(code: string | null): string | undefined {
  return code !== null && /^[a-z]{2,3}$/.test(code) && names.of(code) ? Intl.getCanonicalLocales(code)[0] : undefined;
}

export const rangeOf = ({ interval }: Figure): string =>
  interval ? `${percent(interval.low)} – ${percent(interval.high)}` : '';
