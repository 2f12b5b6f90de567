import type { Log } from '../base/log.js';
import type { AuditInput } from '../contract/audit.js';
import type { EventType, LogEvent } from '../contract/event.js';
import type { Store } from '../store/port.js';
import type { AuditChain } from './chain.js';

const consumer = 'audit';
const page = 256;
const retryMs = 1_000;
const types: EventType[] = ['reviewed', 'erased', 'demo_removed'];

export interface Follower {
  start(): void;
  stop(): Promise<void>;
  /** Writes down what the log has and the chain has not yet; resolves with how many events were looked at. */
  catchUp(): Promise<number>;
}

/**
 * Brings what people did to posts from the log into the chain. An act and its event are one write, and the chain says
 * itself how far it came: killed between the two, the next process goes on where the chain ends, and no event has two entries.
 */
export function createFollower({
  store,
  chain,
  log,
}: {
  store: Pick<Store, 'log'>;
  chain: AuditChain;
  log: Log;
}): Follower {
  let stopping = false;
  const stopped = () => stopping;
  let wake: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let unsubscribe: (() => void) | undefined;

  async function catchUp(): Promise<number> {
    // The cursor alone may be behind: it is written after the entries.
    let cursor = Math.max(await store.log.cursor(consumer), await chain.lastSeq());
    let count = 0;
    for (;;) {
      const events = await store.log.read(cursor, page, types);
      const last = events.at(-1);
      if (!last) return count;
      await chain.recordOnce(events.filter(hasEntry).map(entryOf));
      await store.log.setCursor(consumer, last.seq);
      cursor = last.seq;
      count += events.length;
    }
  }

  async function follow(): Promise<void> {
    while (!stopped()) {
      // Before the read: an append during it wakes the next round.
      const called = new Promise<void>((resolve) => {
        wake = resolve;
      });
      try {
        await catchUp();
      } catch (error) {
        if (stopped()) return;
        log.error({ err: error }, 'the audit chain could not be written; trying again');
        const timer = setTimeout(() => wake?.(), retryMs);
        await called;
        clearTimeout(timer);
        continue;
      }
      if (!stopped()) await called;
    }
  }

  return {
    catchUp,
    start() {
      unsubscribe = store.log.onAppend(() => wake?.());
      running ??= follow();
    },
    async stop() {
      stopping = true;
      unsubscribe?.();
      wake?.();
      await running;
    },
  };
}

/** A run of the retention rules has one entry for many posts, written before it. */
const hasEntry = ({ type, data }: LogEvent): boolean => type !== 'erased' || data['cause'] !== 'retention';

/** An event as an entry of the chain. Events of older stores may not say who it was. */
function entryOf(event: LogEvent): AuditInput & { seq: number } {
  const told = (name: string) => {
    const value = event.data[name];
    return typeof value === 'string' ? value : undefined;
  };
  const kind = told('byKind');
  const [before, after, decision, cause] = ['before', 'after', 'decision', 'cause'].map(told);
  return {
    action: event.type === 'reviewed' ? 'decision' : event.type === 'erased' ? 'erase' : 'demo.remove',
    actor: {
      kind: kind === 'user' || kind === 'key' || kind === 'cli' ? kind : 'system',
      id: told('by') ?? 'unknown',
    },
    doneAt: event.at,
    ...(event.postId !== '' && { target: event.postId }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...((decision ?? cause) !== undefined && {
      detail: { ...(decision !== undefined && { decision }), ...(cause !== undefined && { cause }) },
    }),
    seq: event.seq,
  };
}
