import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../contract/post.js';
import { usePost, usePosts } from '../data/posts.js';
import type { Decision } from '../data/decisions.js';
import { useUser } from '../data/session.js';
import { QueueHead } from '../features/queue/queue-head.js';
import { QueueList } from '../features/queue/queue-list.js';
import { toFilter } from '../features/queue/search.js';
import { isDecided, isOffered } from '../features/review/allowed.js';
import { DecisionBar } from '../features/review/decision-bar.js';
import { PostView } from '../features/review/post-view.js';
import { useReview } from '../features/review/use-review.js';
import { useShortcuts } from '../ui/shortcuts.js';
import { useTitle } from '../ui/page.js';
import { sentence } from '../ui/toast.js';
import { useNeighbours } from './use-neighbours.js';
import { useReveal } from './use-reveal.js';
import css from './queue.module.css';

const inPost = (event: KeyboardEvent) =>
  event.target instanceof HTMLElement && event.target.closest('[data-testid=post]') !== null;

/** The desk: the list on one side, the chosen post with its decisions on the other. */
export function QueueRoute() {
  const { t } = useTranslation();
  useTitle(t('nav.queue'));
  const search = useSearch({ from: '/shell/' });
  const navigate = useNavigate();
  const { tab, level, language, country, group, category, workspace, q, post: selected } = search;
  // The post beside the list is no part of what the list shows: choosing another must not load the list again.
  const filter = useMemo(
    () => toFilter({ tab, level, language, country, group, category, workspace, q }),
    [tab, level, language, country, group, category, workspace, q],
  );
  const list = usePosts(filter);
  const { posts } = list;
  const opened = usePost(selected);
  const post = opened.data;
  const user = useUser();

  const select = useCallback(
    (id: string | undefined) =>
      void navigate({ to: '/', replace: true, search: (before) => ({ ...before, post: id }) }),
    [navigate],
  );
  const { step, follower } = useNeighbours(posts, selected, select);
  useEffect(() => {
    if (post === null) select(undefined);
    else if (!selected && posts[0] && !list.isPlaceholderData) select(posts[0].id);
  }, [list.isPlaceholderData, post, posts, select, selected]);
  useEffect(() => {
    const near = posts.findIndex((item) => item.id === selected) >= posts.length - 8;
    if (near && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
  }, [list, posts, selected]);

  const { revealed, reveal, press, release } = useReveal(selected);
  const [note, setNote] = useState('');
  const [noteOpen, setNoteOpen] = useState(false);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const forgetNote = () => {
    setNote('');
    setNoteOpen(false);
  };
  const [noteOf, setNoteOf] = useState(selected);
  if (noteOf !== selected) {
    setNoteOf(selected);
    forgetNote();
  }

  const onDecided = useCallback((decided: Post) => select(follower(decided.id)), [follower, select]);
  const review = useReview(onDecided, select);
  const decide = (decision: Decision) => {
    if (!post || post.erased || user.role === 'analyst' || !isOffered(post.status, decision.decision)) return;
    review.decide(post, { ...decision, ...(note.trim() !== '' && { note: note.trim() }) });
    forgetNote();
  };
  const undo = () => {
    if (post && isDecided(post.status)) decide({ decision: 'reopen' });
    else review.undo();
  };
  const openNote = () => {
    setNoteOpen(true);
    requestAnimationFrame(() => noteField.current?.focus());
  };
  const showArrivals = useRef(() => {});
  const onArrivals = useCallback((show: () => void) => {
    showArrivals.current = show;
  }, []);

  const arrow = (delta: number) => (event: KeyboardEvent) => {
    // Inside the post the arrows scroll it.
    if (inPost(event)) return;
    event.preventDefault();
    step(delta);
  };
  useShortcuts(
    {
      1: () => decide({ decision: 'confirm', level: 'bottom' }),
      2: () => decide({ decision: 'confirm', level: 'intermediate' }),
      3: () => decide({ decision: 'confirm', level: 'top' }),
      n: () => decide({ decision: 'not_hate' }),
      e: () => decide({ decision: 'escalate' }),
      u: undo,
      j: () => step(1),
      k: () => step(-1),
      ArrowDown: arrow(1),
      ArrowUp: arrow(-1),
      r: press,
      m: (event) => {
        event.preventDefault();
        openNote();
      },
      '.': () => showArrivals.current(),
    },
    { r: release },
  );

  const seen = useMemo(
    () => new Set(posts.flatMap((item) => (item.assessment ? [item.assessment.language.code] : []))),
    [posts],
  );
  return (
    <div className={css['desk']}>
      <h1 className="visually-hidden">{t('nav.queue')}</h1>
      <div className={css['side']}>
        <QueueHead search={search} seen={seen} />
        <QueueList filter={filter} list={list} selected={selected} onArrivals={onArrivals} />
      </div>
      <div className={css['main']}>
        {post ? (
          <PostView
            post={post}
            revealed={revealed}
            onReveal={reveal}
            bar={
              <DecisionBar
                post={post}
                note={note}
                noteOpen={noteOpen}
                noteField={noteField}
                canUndo={review.canUndo}
                onNote={setNote}
                onNoteOpen={openNote}
                onDecide={decide}
                onUndo={undo}
              />
            }
          />
        ) : (
          <p className={css['none']}>
            {opened.isError
              ? sentence(t, opened.error)
              : posts.length === 0 && list.isSuccess
                ? t('post.allDone')
                : t('post.choose')}
          </p>
        )}
      </div>
    </div>
  );
}
