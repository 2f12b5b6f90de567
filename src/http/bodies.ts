import express from 'express';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler, Response } from 'express';
import { AppError } from '../base/errors.js';

/** Bytes of a JSON body, unless a route says otherwise. */
export const jsonLimit = 1_048_576;
/** Bytes of a JSON body with many posts. */
export const batchLimit = 10 * jsonLimit;

/** The content type without its parameters, or the empty string. */
export function contentType(req: IncomingMessage): string {
  return (req.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
}

/** Throws `unsupported_media_type` that names what is accepted. */
export function refuseContentType(req: IncomingMessage, accepted: readonly string[]): never {
  const given = contentType(req);
  throw new AppError('unsupported_media_type', {
    detail: `${given === '' ? 'A body without Content-Type' : given} is not accepted here; send ${accepted.join(' or ')}`,
  });
}

/**
 * Reads a JSON body of any kind of value into `req.body` and its length in bytes into `res.locals.bodySize`. Refuses other
 * content types and more than `limit` bytes, counted after decompression.
 */
export function jsonBody(limit: number): RequestHandler[] {
  const json = express.json({
    limit,
    strict: false,
    type: () => true,
    verify: (_req, res, bytes) => {
      (res as Response).locals['bodySize'] = bytes.length;
    },
  });
  return [
    (req, _res, next) => {
      if (contentType(req) !== 'application/json') refuseContentType(req, ['application/json']);
      next();
    },
    json,
  ];
}
