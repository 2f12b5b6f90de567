/**
 * The catalogue of everything that can go wrong in front of a user: code, HTTP status, title.
 * Thrown anywhere as `AppError`, turned into `application/problem+json` (RFC 9457) in one place, `http/errors.ts`.
 */
export const catalogue = {
  invalid_input: { status: 422, title: 'The input does not fit' },
  malformed_body: { status: 400, title: 'The body cannot be read' },
  unsupported_media_type: { status: 415, title: 'This content type is not accepted here' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unauthenticated: { status: 401, title: 'Sign in or send an API key' },
  forbidden: { status: 403, title: 'This account or key may not do that' },
  not_found: { status: 404, title: 'There is nothing at this address' },
  method_not_allowed: { status: 405, title: 'This method is not offered here' },
  version_conflict: { status: 409, title: 'Somebody else changed it meanwhile' },
  duplicate: { status: 409, title: 'It exists already' },
  transition_not_allowed: { status: 409, title: 'This step is not possible from the present state' },
  idempotency_mismatch: { status: 422, title: 'This Idempotency-Key was used with another body' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  overloaded: { status: 503, title: 'Too much work is waiting; try again shortly' },
  evidence_damaged: { status: 500, title: 'A piece of evidence is not as it was taken in' },
  sealed_unreadable: { status: 500, title: 'Something encrypted cannot be read' },
  store_unavailable: { status: 503, title: 'The store cannot be reached' },
  shutting_down: { status: 503, title: 'The service is stopping' },
  internal: { status: 500, title: 'Something failed on our side' },
} as const;

export type ErrorCode = keyof typeof catalogue;

/** One thing that is wrong with the input: a JSON-pointer-like path and what was expected there. */
export interface FieldError {
  field: string;
  expected: string;
}

export interface ErrorDetails {
  /** One sentence for the person who reads it. */
  detail?: string;
  fields?: FieldError[];
  /** What the client needs to go on, e.g. the present state after a conflict. */
  extra?: Record<string, unknown>;
  cause?: unknown;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: FieldError[];
  readonly extra: Record<string, unknown>;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(details.detail ?? catalogue[code].title, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.fields = details.fields ?? [];
    this.extra = details.extra ?? {};
  }

  get status(): number {
    return catalogue[this.code].status;
  }
}

/** The optimistic check failed: the document is not at the version the caller read. Nothing was written. */
export class VersionConflict extends AppError {
  constructor(what: string, expected: number, actual: number) {
    super('version_conflict', {
      detail: `${what} is at version ${actual}, not ${expected}`,
      extra: { expected, actual },
    });
    this.name = 'VersionConflict';
  }
}
