import { Readable } from 'node:stream';
import type { Actor } from '../contract/audit.js';
import type { EvidenceItem } from '../contract/evidence.js';
import type { Post } from '../contract/post.js';
import type { Vault } from './vault.js';

/** What is taken in of a post: its document in the store, as it stands at that moment. */
export function capturePost(
  vault: Vault,
  post: Post,
  reason: string,
  actor: Actor,
  hold?: string,
): Promise<EvidenceItem> {
  const bytes = Buffer.from(`${JSON.stringify(post, undefined, 2)}\n`);
  const input = {
    name: `post-${post.id}.json`,
    mime: 'application/json',
    method: 'copied from the store',
    note: reason,
    post: post.id,
    ...(post.url !== undefined && { url: post.url }),
    ...(post.publishedAt !== undefined && { publishedAtClaimed: post.publishedAt }),
    ...(post.source !== undefined && { platform: post.source.name }),
  };
  return vault.capture(Readable.from([bytes]), input, actor, hold);
}
