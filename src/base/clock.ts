/** Time comes in through this port so that every test is deterministic. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is moved. */
export function fixedClock(start: number): Clock & { advance(ms: number): void } {
  let at = start;
  return {
    now: () => at,
    advance(ms) {
      at += ms;
    },
  };
}

/** ISO 8601 in UTC with milliseconds, the one form in which instants are stored and sent. */
export function instant(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
