import { taxonomyView } from '../../../contract/answers.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

export function getTaxonomy({ taxonomy }: Pick<RouteDeps, 'taxonomy'>): Route {
  return route({
    method: 'get',
    path: '/v1/taxonomy',
    access: 'known',
    summary: 'What the ids of groups, grounds, functions, categories and levels mean',
    answers: { 200: { about: 'Names and definitions', schema: taxonomyView } },
    handle: async () => ({ body: taxonomy }),
  });
}
