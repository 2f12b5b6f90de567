import { AppError } from '../../../base/errors.js';
import { upload } from '../../../contract/answers.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

export function getUpload({ store }: Pick<RouteDeps, 'store'>): Route {
  return route({
    method: 'get',
    path: '/v1/uploads/{id}',
    access: { scope: 'read' },
    summary: 'One upload: how far it is and which rows were wrong',
    answers: { 200: { about: 'The upload as it is now', schema: upload } },
    async handle({ req }) {
      const found = await store.uploads.get(String(req.params['id']));
      if (!found) throw new AppError('not_found', { detail: 'There is no upload of this id' });
      return { body: found };
    },
  });
}
