import type { RequestHandler } from 'express';
import type { Clock } from '../base/clock.js';
import { AppError } from '../base/errors.js';

export interface RateLimit {
  /** Requests of one address within one window. */
  max: number;
  windowMs: number;
  clock: Clock;
}

const maxAddresses = 50_000;

/** At most `max` requests of one address in a fixed window; then 429 with `Retry-After` until the window ends. */
export function rateLimit({ max, windowMs, clock }: RateLimit): RequestHandler {
  const windows = new Map<string, { count: number; ends: number }>();
  return (req, _res, next) => {
    const now = clock.now();
    const address = network(req.ip ?? '');
    let window = windows.get(address);
    // One that ends later than any could was begun before the clock was set back.
    if (!window || window.ends <= now || window.ends > now + windowMs) {
      // Moved to the young end, so that the first entries are the ones that ended.
      windows.delete(address);
      window = { count: 0, ends: now + windowMs };
      windows.set(address, window);
      for (const [old, { ends }] of windows) {
        if (ends > now && windows.size <= maxAddresses) break;
        windows.delete(old);
      }
    }
    window.count += 1;
    if (window.count > max)
      throw new AppError('too_many_requests', {
        detail: `At most ${max} attempts in ${Math.round(windowMs / 1000)} seconds`,
        extra: { retryAfter: Math.ceil((window.ends - now) / 1000) },
      });
    next();
  };
}

/** One household or machine owns a whole /64 of IPv6: its addresses count together. */
function network(ip: string): string {
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip;
  const [head = '', tail = ''] = ip.split('::');
  const front = head.split(':').filter(Boolean);
  const back = tail.split(':').filter(Boolean);
  const missing = ip.includes('::') ? 8 - front.length - back.length : 0;
  const groups = [...front, ...Array.from({ length: missing }, () => '0'), ...back];
  return groups.slice(0, 4).join(':');
}
