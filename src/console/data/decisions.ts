import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Post, PostStatus } from '../../contract/post.js';
import type { DecisionInput, DecisionKind } from '../../contract/review.js';
import { applyPosts, countsKey } from './cache.js';
import { api } from './http.js';
import { ApiProblem } from './problem.js';

export type Decision = Omit<DecisionInput, 'expectedVersion'>;

export interface DecisionCall {
  post: Post;
  decision: Decision;
  /** Who decides, as it is shown until the service has answered. */
  by: { id: string; name: string };
}

const after: Record<DecisionKind, PostStatus> = {
  confirm: 'confirmed',
  not_hate: 'not_hate',
  escalate: 'escalated',
  reopen: 'open',
};

/** Somebody else decided first: what the post is now. */
export class DecidedMeanwhile extends Error {
  readonly post: Post;

  constructor(post: Post) {
    super('decided meanwhile');
    this.name = 'DecidedMeanwhile';
    this.post = post;
  }
}

/**
 * Decides on a post. The screen moves on at once; when the service refuses, the post comes back as it was, or as somebody else
 * left it: then the call rejects with `DecidedMeanwhile`.
 */
export function useDecide() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ post, decision }: DecisionCall): Promise<Post> => {
      const body: DecisionInput = { ...decision, expectedVersion: post.version };
      try {
        return await api<Post>(`/v1/posts/${encodeURIComponent(post.id)}/decision`, { method: 'POST', body });
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status !== 409) throw error;
        throw new DecidedMeanwhile(
          (error.extra['post'] as Post | undefined) ?? (await api<Post>(`/v1/posts/${encodeURIComponent(post.id)}`)),
        );
      }
    },
    onMutate: (call) => applyPosts(client, [foretell(call)], { insert: true, force: true }),
    onSuccess: (post) => {
      applyPosts(client, [post], { insert: true });
      void client.invalidateQueries({ queryKey: countsKey });
    },
    onError: (error, { post }) => {
      applyPosts(client, [error instanceof DecidedMeanwhile ? error.post : post], { insert: true, force: true });
    },
  });
}

/** The post as it will be when the service agrees. Its version stays, so that whatever the service says replaces it. */
function foretell({ post, decision: { decision, level, note }, by }: DecisionCall): Post {
  const record = {
    decision,
    ...(level && { level }),
    ...(note && { note }),
    by: by.id,
    byName: by.name,
    at: new Date().toISOString(),
  };
  const history = [...(post.review?.history ?? []), record];
  return { ...post, status: after[decision], review: { history, ...(level && { level }) } };
}
