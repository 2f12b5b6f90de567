/**
 * The tag that browsers, fonts and screen readers know for an ISO 639-3 code: `ar` for `ara`, `kab` for `kab`. `undefined` for
 * texts whose language is not known.
 */
export function languageTag(code: string | undefined): string | undefined {
  if (code === undefined || code === 'und') return undefined;
  try {
    return Intl.getCanonicalLocales(code)[0];
  } catch {
    return undefined; // No code at all: whoever sent it made it up.
  }
}
