/** The console's languages: ISO 639-3 as the service names things, BCP 47 as browsers do. */
export const languages = [
  { code: 'eng', tag: 'en', name: 'English', dir: 'ltr' },
  { code: 'fra', tag: 'fr', name: 'Français', dir: 'ltr' },
  { code: 'ara', tag: 'ar', name: 'العربية', dir: 'rtl' },
] as const;

export type UiLanguage = (typeof languages)[number];
export type UiTag = UiLanguage['tag'];

/** Where the choice is kept; `public/boot.js` reads it before the first paint. */
export const languageKey = 'tocsin-language';

/** The language chosen here before, else the browser's first that we speak, else English. */
export function preferredLanguage(stored: string | null, browser: readonly string[]): UiLanguage {
  const wanted = [stored, ...browser].map((tag) => tag?.slice(0, 2));
  for (const tag of wanted) {
    const found = languages.find((language) => language.tag === tag);
    if (found) return found;
  }
  return languages[0];
}

/** The language the console speaks now. */
export const currentLanguage = (instance: { language: string }): UiLanguage =>
  languages.find((language) => language.tag === instance.language) ?? languages[0];
