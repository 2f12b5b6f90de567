import { actorOf } from '../../../audit/acts.js';
import { evidenceItem, holdInput } from '../../../contract/evidence.js';
import type { RouteDeps } from '../../deps.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';
import { required } from './required.js';

export function holdEvidence({ vault }: Pick<RouteDeps, 'vault'>): Route {
  return route({
    method: 'post',
    path: '/v1/evidence/{id}/hold',
    access: { scope: 'review' },
    summary: 'Put an item, and the post it belongs to, under legal hold: no retention rule and no erasure touches them',
    body: holdInput,
    answers: { 200: { about: 'The item, held', schema: evidenceItem } },
    handle: async ({ req, body, principal }) => ({
      body: await required(vault).hold(String(req.params['id']), body.reason, actorOf(principal)),
    }),
  });
}

export function releaseEvidence({ vault }: Pick<RouteDeps, 'vault'>): Route {
  return route({
    method: 'post',
    path: '/v1/evidence/{id}/release',
    access: 'admin',
    summary: 'Take a legal hold away',
    body: holdInput,
    answers: { 200: { about: 'The item, free', schema: evidenceItem } },
    handle: async ({ req, body, principal }) => ({
      body: await required(vault).release(String(req.params['id']), body.reason, actorOf(principal)),
    }),
  });
}
