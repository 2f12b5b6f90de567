import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { AppError, catalogue } from '../base/errors.js';
import type { ErrorCode } from '../base/errors.js';
import type { Log } from '../base/log.js';
import type { Problem } from '../contract/answers.js';
import { fieldErrors } from '../contract/fields.js';

/** Seconds after which a client may try again, by code. */
const retryAfter: Partial<Record<ErrorCode, number>> = { overloaded: 5, store_unavailable: 10, shutting_down: 10 };

/** Everything that may be thrown, as an error of the catalogue. What it does not know is `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof z.ZodError) return new AppError('invalid_input', { fields: fieldErrors(error), cause: error });
  return fromBodyParser(error) ?? fromExpress(error) ?? new AppError('internal', { cause: error });
}

/** Validates and returns the parsed value. Throws `invalid_input` that names every field. `under`: where the value stands. */
export function parse<T extends z.ZodType>(schema: T, value: unknown, under = ''): z.output<T> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const fields = fieldErrors(read.error, under);
  const detail = fields.map(({ field, expected }) => `${field || 'the input'}: expected ${expected}`).join('; ');
  throw new AppError('invalid_input', { fields, detail, cause: read.error });
}

/** Sends one problem document (RFC 9457), with the headers its code asks for. */
export function sendProblem(res: Response, error: AppError): void {
  const body: Problem & Record<string, unknown> = {
    ...error.extra,
    type: `urn:tocsin:problem:${error.code}`,
    title: catalogue[error.code].title,
    status: error.status,
    // The message of an internal error may tell of the store or of the code; it goes to the log only.
    detail: error.code === 'internal' ? catalogue.internal.title : error.message,
    code: error.code,
    ...(error.fields.length > 0 ? { fields: error.fields } : {}),
    instance: `urn:tocsin:request:${res.locals['requestId']}`,
  };
  const wait = error.extra['retryAfter'] ?? retryAfter[error.code];
  if (typeof wait === 'number') res.set('Retry-After', String(wait));
  if (error.code === 'unauthenticated') res.set('WWW-Authenticate', 'Bearer realm="tocsin"');
  res.status(error.status).type('application/problem+json').send(JSON.stringify(body));
}

/** The one place where errors become answers. */
export function errorHandler(log: Log): ErrorRequestHandler {
  return (thrown: unknown, req, res, next) => {
    const error = toAppError(thrown);
    // Too much work and stopping are states, not failures: a line for each refusal would only add to the load.
    if (error.code === 'internal' || error.code === 'store_unavailable')
      log.error(
        { err: error.cause ?? error, code: error.code, id: res.locals['requestId'], path: req.path },
        'request failed',
      );
    // Half an answer is out: the only honest end is to break it off.
    if (res.headersSent) next(thrown);
    else sendProblem(res, error);
  };
}

export const notFound: RequestHandler = (req) => {
  throw new AppError('not_found', { detail: `There is nothing at ${req.path}` });
};

/** Errors of express's body parser carry a `type`. */
function fromBodyParser(error: unknown): AppError | undefined {
  if (!(error instanceof Error) || !('type' in error) || typeof error.type !== 'string') return undefined;
  switch (error.type) {
    case 'entity.too.large': {
      const limit = 'limit' in error ? ` (at most ${String(error.limit)} bytes)` : '';
      return new AppError('body_too_large', { detail: `The body is too large${limit}`, cause: error });
    }
    case 'entity.parse.failed':
      return new AppError('malformed_body', { detail: 'The body is not JSON', cause: error });
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new AppError('unsupported_media_type', { detail: error.message, cause: error });
    default:
      return new AppError('malformed_body', { detail: 'The body ended early or has the wrong length', cause: error });
  }
}

/** What express itself refuses, e.g. a path with a broken percent escape. */
function fromExpress(error: unknown): AppError | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 404) return new AppError('not_found', { cause: error });
  if (status === 400) return new AppError('malformed_body', { detail: 'The address cannot be read', cause: error });
  return undefined;
}
