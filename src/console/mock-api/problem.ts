/** What a handler answers; `body` is sent as JSON, a problem (RFC 9457) when the status is 400 or more. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

const titles = {
  invalid_input: [422, 'The input does not fit'],
  unauthenticated: [401, 'Sign in or send an API key'],
  forbidden: [403, 'This account or key may not do that'],
  not_found: [404, 'There is nothing at this address'],
  version_conflict: [409, 'Somebody else changed it meanwhile'],
  transition_not_allowed: [409, 'This step is not possible from the present state'],
} as const;

/** A problem answer by its code, with whatever the client needs besides. */
export function problem(code: keyof typeof titles, detail?: string, extra: Record<string, unknown> = {}): Answer {
  const [status, title] = titles[code];
  return {
    status,
    body: { type: `urn:tocsin:problem:${code}`, code, title, status, detail: detail ?? title, ...extra },
    headers: { 'content-type': 'application/problem+json' },
  };
}
