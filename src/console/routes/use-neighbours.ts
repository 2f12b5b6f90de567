import { useCallback, useEffect, useRef } from 'react';
import type { Post } from '../../contract/post.js';

/**
 * Moving through the list. When the chosen post leaves it (decided here or by somebody else), its place is remembered, so that
 * "next" is the post that took that place and not the top of the list again.
 */
export function useNeighbours(
  posts: readonly Post[],
  selected: string | undefined,
  select: (id: string | undefined) => void,
) {
  const place = useRef({ posts, at: 0 });
  useEffect(() => {
    const at = posts.findIndex((post) => post.id === selected);
    place.current = { posts, at: at >= 0 ? at : place.current.at };
  }, [posts, selected]);

  /** Goes `delta` posts on; stays where the list ends. */
  const step = useCallback(
    (delta: number) => {
      const here = posts.findIndex((post) => post.id === selected);
      const wanted = here >= 0 ? here + delta : place.current.at + Math.min(delta, 0);
      const next = posts[Math.max(0, Math.min(posts.length - 1, wanted))];
      if (next && next.id !== selected) select(next.id);
    },
    [posts, select, selected],
  );

  /** What comes after a post that is about to leave the list: the one below it, else the one above. */
  const follower = useCallback((id: string): string | undefined => {
    const { posts: before, at: remembered } = place.current;
    const at = before.findIndex((post) => post.id === id);
    if (at < 0) return before[Math.min(remembered, before.length - 1)]?.id;
    return (before[at + 1] ?? before[at - 1])?.id;
  }, []);

  return { step, follower };
}
