import { z } from 'zod';
import { evidenceItem } from '../../../contract/evidence.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';
import { required } from './required.js';

/** What the vault holds; never the bytes. */
export function listEvidence({ vault }: Pick<RouteDeps, 'vault'>): Route {
  return route({
    method: 'get',
    path: '/v1/evidence',
    access: 'admin',
    summary: 'Pieces of evidence with their capture record and custody, oldest first',
    answers: {
      200: { about: 'The items; their bytes leave by `tocsin evidence export`', schema: z.array(evidenceItem) },
    },
    handle: async () => ({ body: await required(vault).list() }),
  });
}
