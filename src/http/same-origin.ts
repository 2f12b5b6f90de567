import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a browser sent this from our own pages: the guard of everything that a session cookie alone may change.
 * `Sec-Fetch-Site` cannot be set by a page; older browsers send `Origin`, which must be the public address or the host
 * that was asked. A request with neither is not from a page of ours.
 *
 * @param origins origins at which this service is reached, e.g. `https://tocsin.example.org`
 */
export function isSameOrigin(headers: IncomingHttpHeaders, origins: readonly string[]): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return (
    origins.includes(origin) || (host !== undefined && (origin === `http://${host}` || origin === `https://${host}`))
  );
}
