import { AppError } from '../base/errors.js';
import type { Log } from '../base/log.js';

export interface AdmissionDeps {
  /** How many posts wait for their assessment; cheap. */
  waiting: () => Promise<number>;
  /** Calls back whenever the log grew, which it also does with every assessment that is done. */
  onAppend: (listener: () => void) => () => void;
  /** Posts that may wait. */
  max: number;
  log: Log;
}

export interface Admission {
  /** Lets `rows` more posts in. Throws `overloaded` while too many wait. */
  admit: (rows: number) => void;
  close: () => void;
}

/**
 * The door of intake: shut while too many posts wait for their assessment. It answers at once, from what is known: the
 * last number that was read, and the rows let in since. It is read again only from half the limit on, so that a service
 * at ease never asks.
 */
export function createAdmission({ waiting, onAppend, max, log }: AdmissionDeps): Admission {
  let known = 0;
  let since = 0;
  let asking = false;

  function refresh() {
    if (asking) return;
    asking = true;
    const before = since;
    waiting()
      .then((now) => {
        known = now;
        since -= before;
      })
      .catch((error: unknown) => log.warn({ err: error }, 'the number of waiting posts cannot be read'))
      .finally(() => {
        asking = false;
      });
  }

  refresh();
  const close = onAppend(() => {
    if (known + since > max / 2) refresh();
  });
  return {
    admit(rows) {
      if (known + since >= max) {
        refresh();
        throw new AppError('overloaded', {
          detail: `${known + since} posts wait for their assessment; try again shortly`,
        });
      }
      since += rows;
    },
    close,
  };
}
