/** One thing that is wrong with the input. */
export interface FieldError {
  field: string;
  expected: string;
}

/** A call that did not succeed: what the service said, or `unreachable` when it said nothing. */
export class ApiProblem extends Error {
  readonly code: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly fields: FieldError[];
  /** The whole problem document. */
  readonly extra: Record<string, unknown>;

  constructor(
    code: string,
    status: number,
    message: string,
    more: { fields?: FieldError[]; extra?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = 'ApiProblem';
    this.code = code;
    this.status = status;
    this.fields = more.fields ?? [];
    this.extra = more.extra ?? {};
  }
}
