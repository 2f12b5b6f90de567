import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../contract/post.js';
import { DecidedMeanwhile, useDecide } from '../../data/decisions.js';
import type { Decision } from '../../data/decisions.js';
import { useUser } from '../../data/session.js';
import { hideToast, sentence, useToast } from '../../ui/toast.js';
import { decisionToast, decisionWords } from './words.js';

const toastId = 'decision';

interface Done {
  postId: string;
  /** The post as the service left it; rejects when it refused. */
  saved: Promise<Post>;
}

export interface Review {
  decide(post: Post, decision: Decision): void;
  /** Takes the moderator's last decision back and goes to that post. */
  undo(): void;
  canUndo: boolean;
}

/**
 * Deciding and taking back. `onDecided` is called at once, before the service has answered; `onShow` when a post should come
 * before the moderator's eyes again.
 */
export function useReview(onDecided: (post: Post) => void, onShow: (postId: string) => void): Review {
  const { t } = useTranslation();
  const toast = useToast();
  const user = useUser();
  const { mutateAsync } = useDecide();
  const done = useRef<Done[]>([]);
  const [undoable, setUndoable] = useState(0);

  const send = useCallback(
    async (post: Post, decision: Decision): Promise<Post> => {
      try {
        return await mutateAsync({ post, decision, by: user });
      } catch (error) {
        hideToast(toastId);
        if (error instanceof DecidedMeanwhile) {
          const last = error.post.review?.history.at(-1);
          toast(t('conflict.toast', { name: last?.byName ?? '?', decision: decisionWords(t, last) }), {
            error: true,
            seconds: 20,
          });
        } else {
          toast(sentence(t, error), { error: true, seconds: 20 });
        }
        onShow(post.id);
        throw error;
      }
    },
    [mutateAsync, onShow, t, toast, user],
  );

  const undo = useCallback(() => {
    const last = done.current.pop();
    setUndoable(done.current.length);
    if (!last) return;
    hideToast(toastId);
    onShow(last.postId);
    last.saved
      .then((post) => send(post, { decision: 'reopen' }))
      .then(
        () => toast(t('decide.undone'), { id: toastId, seconds: 4 }),
        () => undefined, // `send` has said why.
      );
  }, [onShow, send, t, toast]);

  const decide = useCallback(
    (post: Post, decision: Decision) => {
      const saved = send(post, decision);
      if (decision.decision !== 'reopen') {
        const entry: Done = { postId: post.id, saved };
        done.current.push(entry);
        setUndoable(done.current.length);
        saved.catch(() => {
          done.current = done.current.filter((other) => other !== entry);
          setUndoable(done.current.length);
        });
        toast(decisionToast(t, decision, undo), { id: toastId });
        onDecided(post);
      } else {
        saved.catch(() => undefined); // `send` has said why.
      }
    },
    [onDecided, send, t, toast, undo],
  );

  return { decide, undo, canUndo: undoable > 0 };
}
