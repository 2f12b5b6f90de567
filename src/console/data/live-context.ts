import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import type { Change } from '../../contract/stream.js';
import { applyPosts, countsKey, demoKey, forgetDemo, postKey, postsKey } from './cache.js';
import { Live } from './live.js';
import type { LiveState } from './live.js';

export const LiveContext = createContext<Live | undefined>(undefined);

/** Opens the live stream for as long as the calling component is there. */
export function useOpenLive(): Live {
  const client = useQueryClient();
  const [live] = useState(() => createLive(client));
  useEffect(() => live.start(), [live]);
  return live;
}

/** The open stream. */
export function useLive(): Live {
  const live = use(LiveContext);
  if (!live) throw new Error('no live stream here');
  return live;
}

/** Whether what is on the screen is kept up to date. */
export function useLiveState(): LiveState {
  const live = useLive();
  return useSyncExternalStore(live.watch, live.state);
}

/** Counts, that of the invented posts too, are asked for again at most this often, however fast posts come. */
const countsEvery = 2_000;

function createLive(client: QueryClient): Live {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const recount = () => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      for (const queryKey of [countsKey, demoKey]) void client.invalidateQueries({ queryKey });
    }, countsEvery);
  };
  const everything = () =>
    void Promise.all([postsKey, postKey, countsKey, demoKey].map((queryKey) => client.invalidateQueries({ queryKey })));
  return new Live((batch: Change[]) => {
    applyPosts(
      client,
      batch.flatMap((change) => (change.post ? [change.post] : [])),
    );
    recount();
    if (batch.some((change) => change.kind === 'demo_removed')) void forgetDemo(client);
  }, everything);
}
