import { actorOf } from '../../../audit/acts.js';
import { AppError } from '../../../base/errors.js';
import { capturePostInput, evidenceItem } from '../../../contract/evidence.js';
import { capturePost } from '../../../evidence/post.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';
import { required } from './required.js';

/** Keeps a post as it stands: before a notice is sent, because what is taken down elsewhere is gone. */
export function captureEvidence({ vault, store }: Pick<RouteDeps, 'vault' | 'store'>): Route {
  return route({
    method: 'post',
    path: '/v1/evidence',
    access: { scope: 'review' },
    summary: 'Take a post into the evidence vault as it stands, and put it under legal hold if asked',
    body: capturePostInput,
    answers: { 201: { about: 'The item with its capture record and custody', schema: evidenceItem } },
    async handle({ body: { post: id, reason, hold }, principal }) {
      const into = required(vault);
      const post = await store.posts.get(id);
      if (!post) throw new AppError('not_found', { detail: `There is no post ${id}` });
      return {
        status: 201,
        body: await capturePost(into, post, reason, actorOf(principal), hold ? reason : undefined),
      };
    },
  });
}
