import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../base/clock.js';
import type { SessionView } from '../contract/account.js';

/** How long a session is taken for granted: what another process ends goes on for this long at most. */
const keepMs = 5_000;
const maxKept = 5_000;

export interface SessionCacheDeps {
  clock: Clock;
  /** Name of the session cookie, without the `__Secure-` it has behind https. */
  cookie: string;
  /** Asks the library; a signature and two reads. */
  lookup: (headers: IncomingHttpHeaders) => Promise<SessionView | undefined>;
}

export interface SessionCache {
  get(headers: IncomingHttpHeaders): Promise<SessionView | undefined>;
  clear(): void;
}

/** Remembers who is behind a session cookie for a few seconds: a console asks many things at once. */
export function createSessionCache({ clock, cookie, lookup }: SessionCacheDeps): SessionCache {
  const known = new Map<string, { view: SessionView; until: number }>();
  // A lookup that began before a sign-out must not be remembered after it.
  let generation = 0;
  return {
    async get(headers) {
      const token = cookieValue(headers.cookie, cookie);
      if (token === undefined) return undefined;
      const hit = known.get(token);
      const now = clock.now();
      // Not from the future either: a clock that was set back must not prolong what is remembered.
      if (hit && hit.until > now && hit.until <= now + keepMs) return hit.view;
      known.delete(token);
      const began = generation;
      const view = await lookup(headers);
      if (!view || began !== generation) return view;
      const oldest = known.keys().next();
      if (known.size >= maxKept && !oldest.done) known.delete(oldest.value);
      known.set(token, { view, until: clock.now() + keepMs });
      return view;
    },
    clear() {
      generation += 1;
      known.clear();
    },
  };
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    const key = pair.slice(0, at).trim();
    if (at > 0 && (key === name || key === `__Secure-${name}`)) return pair.slice(at + 1).trim();
  }
  return undefined;
}
