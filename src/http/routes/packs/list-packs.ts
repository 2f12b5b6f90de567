import { packsView } from '../../../contract/packs.js';
import type { PacksView } from '../../../contract/packs.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

export function listPacks({ holdings }: Pick<RouteDeps, 'holdings'>): Route {
  const body: PacksView = { packs: holdings.packs, countries: Object.keys(holdings.countries) };
  return route({
    method: 'get',
    path: '/v1/packs',
    access: 'known',
    summary: 'What each lexicon pack holds, and whether a native reviewer has signed it',
    answers: { 200: { about: 'Packs by language, and the countries they are for', schema: packsView } },
    handle: async () => ({ body }),
  });
}
