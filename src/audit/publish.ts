import type { Log } from '../base/log.js';
import type { AuditChain } from './chain.js';

const hour = 3_600_000;

export interface Publisher {
  /** Publishes at once and then every hour. */
  start(): Promise<void>;
  /** Publishes a last time. */
  stop(): Promise<void>;
}

/**
 * Writes the head of the chain into the log, which is kept elsewhere than the store: who cuts off the chain's end cannot cut
 * it out of there. `tocsin verify --head HASH` holds the two together.
 */
export function createPublisher({
  chain,
  log,
  everyMs = hour,
}: {
  chain: Pick<AuditChain, 'head'>;
  log: Log;
  everyMs?: number;
}): Publisher {
  let timer: NodeJS.Timeout | undefined;
  const publish = async () => {
    const { n, hash } = await chain.head();
    log.info({ entries: n, head: hash }, 'head of the audit chain');
  };
  return {
    async start() {
      await publish();
      timer = setInterval(() => {
        publish().catch((error: unknown) => log.error({ err: error }, 'the head of the audit chain cannot be read'));
      }, everyMs);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await publish();
    },
  };
}
