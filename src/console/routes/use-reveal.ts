import { useCallback, useRef, useState } from 'react';

/** A key held longer than this was held, not pressed: letting go hides the words again. */
const held = 350;

/** Whether hurtful words are shown. Every post begins with them hidden; the key shows them by a press or for as long as it is held. */
export function useReveal(postId: string | undefined) {
  const [revealed, reveal] = useState(false);
  const [of, setOf] = useState(postId);
  const pressedAt = useRef<number | undefined>(undefined);
  if (of !== postId) {
    setOf(postId);
    reveal(false);
  }
  const press = useCallback(
    (event: KeyboardEvent) => {
      pressedAt.current = event.timeStamp;
      reveal(!revealed);
    },
    [revealed],
  );
  const release = useCallback((event: KeyboardEvent) => {
    if (pressedAt.current !== undefined && event.timeStamp - pressedAt.current >= held) reveal(false);
    pressedAt.current = undefined;
  }, []);
  return { revealed, reveal, press, release };
}
