import type { Log } from '../base/log.js';
import type { Store } from '../store/port.js';

const hour = 3_600_000;

export interface Tidier {
  /** Words were encrypted that stood in the clear before. */
  touched(): void;
  start(): void;
  /** Tidies up a last time. */
  stop(): Promise<void>;
}

/**
 * What was overwritten lies on in free pages and in the text index until the store is scrubbed, which may take seconds: too
 * long for every decision, so it is done hourly and at the end, where there is anything to do.
 */
export function createTidier({ store, log }: { store: Pick<Store, 'scrub'>; log: Log }): Tidier {
  let due = false;
  let timer: NodeJS.Timeout | undefined;
  const tidy = async () => {
    if (!due) return;
    due = false;
    try {
      await store.scrub();
    } catch (error) {
      due = true;
      log.error({ err: error }, 'what was overwritten could not be scrubbed from the files; it will be tried again');
    }
  };
  return {
    touched() {
      due = true;
    },
    start() {
      timer = setInterval(() => void tidy(), hour);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await tidy();
    },
  };
}
