import { z } from 'zod';
import { upload } from '../../../contract/answers.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

export function listUploads({ store }: Pick<RouteDeps, 'store'>): Route {
  return route({
    method: 'get',
    path: '/v1/uploads',
    access: { scope: 'read' },
    summary: 'Uploads, newest first',
    answers: { 200: { about: 'Every upload with its progress', schema: z.array(upload) } },
    handle: async () => ({ body: await store.uploads.list() }),
  });
}
