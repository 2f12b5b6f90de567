import { AppError } from '../../../base/errors.js';
import { coverageQuery, coverageView } from '../../../contract/packs.js';
import type { CoverageView } from '../../../contract/packs.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

export function getCoverage({ holdings }: Pick<RouteDeps, 'holdings'>): Route {
  return route({
    method: 'get',
    path: '/v1/packs/coverage',
    access: 'known',
    summary: 'Names and terms for each group of a country, and why there are none',
    query: coverageQuery,
    answers: {
      200: { about: 'The groups of the country', schema: coverageView },
      404: { about: 'No pack is for that country' },
    },
    handle: async ({ query: { country } }) => {
      const groups = Object.hasOwn(holdings.countries, country) ? holdings.countries[country] : undefined;
      if (!groups) throw new AppError('not_found', { detail: `No pack is for ${country}` });
      return { body: { country, groups } satisfies CoverageView };
    },
  });
}
