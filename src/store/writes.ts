import { AppError } from '../base/errors.js';
import type { Post } from '../contract/post.js';
import type { NewPost, Write } from './port.js';

/** Refuses what no caller may ask for. These are mistakes of ours, hence `internal`. */
export function checkInsert({ post }: NewPost): void {
  if (post.version !== 1)
    throw new AppError('internal', { detail: `a new post has version 1, ${post.id} came with ${post.version}` });
}

/** As `checkInsert`, for a save. */
export function checkWrite({ doc, expectedVersion }: Write<Post>): void {
  if (doc.version !== expectedVersion + 1)
    throw new AppError('internal', {
      detail: `post ${doc.id} must go from version ${expectedVersion} to ${expectedVersion + 1}, not to ${doc.version}`,
    });
}
