import { createInstance } from 'i18next';
import type { i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import eng from './eng.json';
import { languageKey, preferredLanguage } from './languages.js';
import type { UiLanguage } from './languages.js';

const lazy: Record<'fr' | 'ar', () => Promise<{ default: object }>> = {
  fr: () => import('./fra.json'),
  ar: () => import('./ara.json'),
};

/** The console's strings, in the language chosen before. English is always there; the others are loaded when they are wanted. */
export async function createI18n(): Promise<i18n> {
  const instance = createInstance();
  await instance.use(initReactI18next).init({
    resources: { en: { translation: eng } },
    lng: 'en',
    fallbackLng: 'en',
    // React escapes; a second time would show entities.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await apply(instance, preferredLanguage(stored(), navigator.languages));
  return instance;
}

/** Switches the language of every string, of dates and numbers, and the direction of the page. */
export async function switchLanguage(instance: i18n, language: UiLanguage): Promise<void> {
  await apply(instance, language);
  try {
    localStorage.setItem(languageKey, language.tag);
  } catch {
    // Storage is blocked or full: the choice holds until the page is closed.
  }
}

async function apply(instance: i18n, { tag, dir }: UiLanguage): Promise<void> {
  if (tag !== 'en' && !instance.hasResourceBundle(tag, 'translation')) {
    instance.addResourceBundle(tag, 'translation', (await lazy[tag]()).default);
  }
  await instance.changeLanguage(tag);
  document.documentElement.lang = tag;
  document.documentElement.dir = dir;
}

function stored(): string | null {
  try {
    return localStorage.getItem(languageKey);
  } catch {
    return null; // Storage is blocked: the browser's languages decide.
  }
}
