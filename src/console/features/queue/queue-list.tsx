import { Button, Skeleton } from '@mantine/core';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { compare } from '../../data/filter.js';
import type { Filter } from '../../data/filter.js';
import { useArrivals } from '../../data/posts.js';
import type { usePosts } from '../../data/posts.js';
import { ArrowUpIcon } from '../../ui/icons.js';
import { useNaming } from '../../ui/names.js';
import { sentence } from '../../ui/toast.js';
import { useNow } from '../../ui/time.js';
import { QueueRow } from './queue-row.js';
import css from './queue.module.css';

interface Props {
  filter: Filter;
  list: ReturnType<typeof usePosts>;
  selected: string | undefined;
  /** Gets what shows the arrivals, for the shortcut. */
  onArrivals: (show: () => void) => void;
}

/**
 * The list of posts. What comes in below the last visible row is put there at once; what belongs higher waits behind a button,
 * so that nothing moves under the eyes of whoever reads.
 */
export function QueueList({ filter, list, selected, onArrivals }: Props) {
  const { t } = useTranslation();
  const naming = useNaming();
  const now = useNow();
  const scroller = useRef<HTMLDivElement>(null);
  const { posts } = list;
  const { arrivals, take } = useArrivals(filter);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());

  useLayoutEffect(() => {
    if (arrivals.length === 0 || list.isPlaceholderData) return;
    const seen = posts[lastVisible(scroller.current)];
    const below = seen ? arrivals.filter((post) => compare(filter.order, seen, post) < 0) : arrivals;
    if (below.length > 0) take(below);
  }, [arrivals, filter.order, list.isPlaceholderData, posts, take]);

  const show = useCallback(() => {
    if (arrivals.length === 0) return;
    setFresh(new Set(arrivals.map((post) => post.id)));
    take(arrivals);
    scroller.current?.scrollTo({ top: 0 });
  }, [arrivals, take]);
  useEffect(() => onArrivals(show), [onArrivals, show]);

  useEffect(() => {
    const row = scroller.current?.querySelector('[data-selected]');
    row?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const onScroll = (event: React.UIEvent<HTMLDivElement>) => {
    const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
    if (hasNextPage && !isFetchingNextPage && scrollHeight - scrollTop - clientHeight < 900) void fetchNextPage();
  };

  return (
    <div className={css['list']}>
      <Announcer count={arrivals.length} />
      {arrivals.length > 0 && (
        <Button
          className={css['arrivals'] ?? ''}
          size="compact-sm"
          radius="xl"
          leftSection={<ArrowUpIcon />}
          onClick={show}
          aria-keyshortcuts="."
          data-testid="arrivals"
        >
          {t('queue.new', { count: arrivals.length })}
        </Button>
      )}
      <div ref={scroller} className={css['scroller']} onScroll={onScroll} aria-busy={list.isFetching}>
        {list.isError && posts.length === 0 && (
          <div className={css['empty']} role="alert">
            <p>{sentence(t, list.error)}</p>
            <Button variant="default" onClick={() => void list.refetch()}>
              {t('action.again')}
            </Button>
          </div>
        )}
        {list.isPending && <Waiting />}
        {list.isSuccess && posts.length === 0 && (
          <p className={css['empty']}>{t(`queue.empty.${filter.status[0] === 'open' ? 'open' : 'other'}`)}</p>
        )}
        <ol className={css['rows']} aria-label={t('queue.title')}>
          {posts.map((post) => (
            <QueueRow
              key={post.id}
              post={post}
              selected={post.id === selected}
              fresh={fresh.has(post.id)}
              now={now}
              naming={naming}
            />
          ))}
        </ol>
        {isFetchingNextPage && <Waiting rows={2} />}
      </div>
    </div>
  );
}

/** Index of the last row that is at least partly in view; -1 when there is none. */
function lastVisible(scroller: HTMLElement | null): number {
  if (!scroller) return -1;
  const rows = scroller.querySelectorAll<HTMLElement>('[data-id]');
  const bottom = scroller.getBoundingClientRect().bottom;
  let last = -1;
  for (const [at, row] of rows.entries()) {
    if (row.getBoundingClientRect().top >= bottom) break;
    last = at;
  }
  return last;
}

/** How often a screen reader is told of arrivals, however fast they come. */
const tellEvery = 10_000;

function Announcer({ count }: { count: number }) {
  const { t } = useTranslation();
  const [told, setTold] = useState(0);
  const lastAt = useRef(-Infinity);
  useEffect(() => {
    if (count === told) return undefined;
    const wait = Math.max(0, lastAt.current + tellEvery - Date.now());
    const timer = setTimeout(() => {
      lastAt.current = Date.now();
      setTold(count);
    }, wait);
    return () => clearTimeout(timer);
  }, [count, told]);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {told > 0 ? t('queue.new', { count: told }) : ''}
    </div>
  );
}

function Waiting({ rows = 6 }: { rows?: number }) {
  return (
    <div className={css['waiting']} aria-hidden="true">
      {Array.from({ length: rows }, (_, at) => (
        // Grey bars have no identity.
        // eslint-disable-next-line react/no-array-index-key
        <Skeleton key={at} height={84} radius="sm" />
      ))}
    </div>
  );
}
