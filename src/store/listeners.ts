import type { Log } from '../base/log.js';

export interface Listeners {
  /** Returns the unsubscriber. */
  add(listener: () => void): () => void;
  /** Calls every listener; one that throws is logged and does not keep the others from hearing. */
  notify(): void;
}

/** Those who want to hear of every durable append of this process. */
export function createListeners(log: Log): Listeners {
  // Wrapped, so that one function added twice is two subscriptions.
  const all = new Set<{ call: () => void }>();
  return {
    add(listener) {
      const entry = { call: listener };
      all.add(entry);
      return () => void all.delete(entry);
    },
    notify() {
      // A copy: a listener that subscribes another must not be answered by it within this round.
      for (const { call } of Array.from(all)) {
        try {
          call();
        } catch (error) {
          log.error({ err: error }, 'a listener of the log failed');
        }
      }
    },
  };
}
