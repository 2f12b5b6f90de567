import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Names as ByLanguage, TaxonomyView } from '../../contract/taxonomy.js';
import { taxonomyQuery } from '../data/taxonomy.js';
import { currentLanguage } from '../i18n/languages.js';
import { alpha2 } from './country-codes.js';

/** What codes and ids are called in the console's language; the code itself where nobody has a name for it. */
export interface Naming {
  language: (code: string) => string;
  script: (code: string) => string;
  country: (code: string) => string;
  group: (id: string) => string;
  ground: (id: string) => string;
  func: (id: string) => string;
  category: (id: string) => string;
  definition: (id: string) => string | undefined;
}

/** Names in the console's language: languages, scripts and countries by the browser, the rest by the service's taxonomy. */
export function useNaming(): Naming {
  const { i18n } = useTranslation();
  const { data } = useQuery(taxonomyQuery);
  const ui = currentLanguage(i18n);
  return useMemo(() => createNaming(ui.code, ui.tag, data), [ui, data]);
}

function createNaming(code: string, tag: string, taxonomy: TaxonomyView | undefined): Naming {
  const display = (type: 'language' | 'script' | 'region') => new Intl.DisplayNames([tag], { type, fallback: 'code' });
  const [languages, scripts, regions] = [display('language'), display('script'), display('region')];
  const among = (items: readonly { id: string; names?: ByLanguage; name?: string }[] | undefined) => {
    const byId = new Map(
      (items ?? []).map((item) => [item.id, item.names?.[code] ?? item.names?.['eng'] ?? item.name ?? item.id]),
    );
    return (id: string) => byId.get(id) ?? id;
  };
  const definitions = new Map((taxonomy?.categories ?? []).map((category) => [category.id, category.definition]));
  return {
    language: (language) => named(languages, language),
    script: (script) => named(scripts, script),
    country: (country) => named(regions, alpha2.get(country) ?? country, country),
    group: among(taxonomy?.groups),
    ground: among(taxonomy?.grounds),
    func: among(taxonomy?.functions),
    category: among(taxonomy?.categories),
    definition: (id) => definitions.get(id),
  };
}

/** `Intl` throws on what is no code at all, and a post's metadata may be anything. */
function named(names: Intl.DisplayNames, code: string, fallback = code): string {
  try {
    const name = names.of(code);
    // Unknown ones come back as a shorter code of the same thing (`sag` as `sg`): ours says as much.
    return name === undefined || /^[a-z]{2,3}$/u.test(name) ? fallback : name;
  } catch {
    return fallback;
  }
}
