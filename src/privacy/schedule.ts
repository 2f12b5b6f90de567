import { instant } from '../base/clock.js';
import type { Clock } from '../base/clock.js';
import type { Log } from '../base/log.js';
import type { Actor, RecordAct } from '../contract/audit.js';
import type { RetentionReport } from '../contract/retention.js';
import type { Settings } from '../store/port.js';

const day = 86_400_000;
/** How often it is asked whether a day is over. */
const lookMs = 900_000;
const setting = 'retentionAt';
const actor: Actor = { kind: 'system', id: 'retention' };

export interface Schedule {
  /** Looks at once, then every quarter of an hour. */
  start(): void;
  /** Runs the rules if a day is over; resolves when that is done, and never rejects. */
  look(): Promise<void>;
  /** Breaks a run off after its page of posts. */
  stop(): Promise<void>;
}

/**
 * Runs the retention rules once a day. When the last run was is kept in the store, so that a restart neither repeats nor skips a day,
 * and of several processes on one store most days one does it; two at once do no harm. A store that never had a run only says what the
 * first would erase and waits a day: nothing goes before somebody could read that.
 */
export function createSchedule({
  settings,
  run,
  record,
  clock,
  log,
}: {
  settings: Settings;
  run: (dryRun: boolean, actor: Actor, signal: AbortSignal) => Promise<RetentionReport>;
  record: RecordAct;
  clock: Clock;
  log: Log;
}): Schedule {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  async function once(): Promise<void> {
    const last = Date.parse(String(await settings.get(setting)));
    const first = Number.isNaN(last);
    // A clock that was set back must not put the next run off for long.
    if (!first && clock.now() >= last && clock.now() < last + day) return;
    const at = instant(clock);
    const { seen, lines } = await run(first, actor, stopping.signal);
    if (stopping.signal.aborted) return;
    const due = lines.reduce((sum, line) => sum + line.due, 0);
    const held = lines.reduce((sum, line) => sum + line.held, 0);
    if (!first) await record({ action: 'retention', actor, detail: { run: 'daily', seen, erased: due, held } });
    await settings.set(setting, at);
    if (first)
      log.info({ seen, due, held }, 'the first run of the retention rules, in a day, would erase so many posts');
    else log.info({ seen, erased: due, held }, 'the daily run of the retention rules ended');
  }

  /** One at a time: a run over many posts may last longer than the pause between two looks. */
  const look = () => {
    running ??= once()
      .catch((error: unknown) => log.error({ err: error }, 'the retention rules could not be run; trying again later'))
      .finally(() => {
        running = undefined;
      });
    return running;
  };

  return {
    look,
    start() {
      void look();
      timer = setInterval(() => void look(), lookMs);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
