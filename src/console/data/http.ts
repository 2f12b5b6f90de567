import type { FieldError } from './problem.js';
import { ApiProblem } from './problem.js';

interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * One call of the service's HTTP surface, with the session cookie. Resolves with the JSON answer.
 * Throws `ApiProblem` for every answer of 400 and more, and with code `unreachable` when there was none.
 */
export async function api<T>(path: string, { method = 'GET', body, signal }: Call = {}): Promise<T> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ApiProblem('unreachable', 0, 'unreachable', { cause });
  });
  const text = await response.text();
  if (!response.ok) throw readProblem(response.status, text);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Reads RFC 9457 problems of the service and the `{ code, message }` of its sign-in routes. */
export function readProblem(status: number, text: string): ApiProblem {
  let read: Record<string, unknown> = {};
  try {
    read = JSON.parse(text) as Record<string, unknown>;
  } catch {
    // A proxy in between answered with a page of its own: the status has to do.
  }
  const said = (name: string): string | undefined => (typeof read[name] === 'string' ? read[name] : undefined);
  const message = said('detail') ?? said('message') ?? said('title') ?? `HTTP ${status}`;
  return new ApiProblem(said('code') ?? `http_${status}`, status, message, {
    fields: Array.isArray(read['fields']) ? (read['fields'] as FieldError[]) : [],
    extra: read,
  });
}
