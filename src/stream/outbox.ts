import type { Log } from '../base/log.js';
import type { EventType, LogEvent } from '../contract/event.js';
import type { Change } from '../contract/stream.js';
import type { Store } from '../store/port.js';

export interface OutboxDeps {
  store: Store;
  log: Log;
  signal: AbortSignal;
}

export interface Subscription {
  /** Where the client starts from: its own cursor, or the head of the log at this moment. */
  cursor: Promise<number>;
  close(): void;
}

export interface Outbox {
  /** Sends everything after `after` (absent: from now on), first what was missed, then live: no gap, no repeat, in order. */
  follow(after: number | undefined, send: (batch: Change[]) => void): Subscription;
}

const types: EventType[] = ['assessed', 'reviewed', 'erased', 'demo_removed'];
const pageSize = 500;

/**
 * One follower a client, each with its own cursor over the log; an append wakes them all. Followers at the head share one read of the
 * log and one of the posts, so that a hundred consoles cost one.
 */
export function createOutbox({ store, log, signal }: OutboxDeps): Outbox {
  /** The last page read, by the cursor it was read from: what followers at the same place share. */
  let shared: { after: number; head: number; page: Promise<Page> } | undefined;
  const wakers = new Set<() => void>();
  let appended = 0;
  const unsubscribe = store.log.onAppend(() => {
    appended++;
    for (const wake of wakers) wake();
  });
  signal.addEventListener('abort', () => {
    unsubscribe();
    for (const wake of wakers) wake();
  });

  interface Page {
    changes: Change[];
    last: number;
  }

  function read(after: number): Promise<Page> {
    if (shared?.after === after && shared.head === appended) return shared.page;
    const page = readPage(after);
    shared = { after, head: appended, page };
    return page;
  }

  async function readPage(after: number): Promise<Page> {
    const events = await store.log.read(after, pageSize, types);
    if (events.length === 0) return { changes: [], last: after };
    const wanted = events.filter(concerns);
    const posts = new Map(
      (
        await store.posts.getMany([
          ...new Set(wanted.filter((event) => event.postId !== '').map((event) => event.postId)),
        ])
      ).map((post) => [post.id, post]),
    );
    const changes: Change[] = [];
    for (const event of wanted) {
      const post = posts.get(event.postId);
      if (event.type === 'demo_removed') changes.push({ cursor: event.seq, kind: 'demo_removed' });
      else if (post)
        changes.push({ cursor: event.seq, kind: event.type === 'assessed' ? 'flagged' : 'reviewed', post });
    }
    return { changes, last: events.at(-1)!.seq };
  }

  return {
    follow(after, send) {
      let closed = false;
      let wake: (() => void) | undefined;
      const waker = () => wake?.();
      wakers.add(waker);
      const done = () => closed || signal.aborted;
      const cursor = after === undefined ? store.log.head() : Promise.resolve(after);

      async function run(): Promise<void> {
        let at = await cursor;
        while (!done()) {
          // Subscribed before reading: an append during the read wakes the next round.
          const called = new Promise<void>((resolve) => {
            wake = resolve;
          });
          const page = await read(at);
          if (done()) return;
          if (page.last === at) {
            await called;
            continue;
          }
          at = page.last;
          if (page.changes.length > 0) send(page.changes);
        }
      }

      run().catch((error: unknown) => {
        if (!done()) log.error({ err: error }, 'a live stream ended');
      });
      return {
        cursor,
        close() {
          closed = true;
          wakers.delete(waker);
          wake?.();
        },
      };
    },
  };
}

/** Of what was erased only what somebody asked for: a run of the retention rules may be thousands of posts that nobody looks at. */
const concerns = ({ type, data }: LogEvent): boolean => {
  if (type === 'erased') return data['cause'] === 'request';
  return type !== 'assessed' || data['flagged'] === true;
};
