import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { AppError } from '../../../base/errors.js';
import type { FieldError } from '../../../base/errors.js';
import { batchResult, submitted } from '../../../contract/answers.js';
import { maxBatch, postInput } from '../../../contract/post.js';
import type { BatchResult, RowResult } from '../../../contract/post.js';
import { batchLimit, contentType, jsonBody, jsonLimit, refuseContentType } from '../../bodies.js';
import type { RouteDeps } from '../../deps.js';
import { parse } from '../../errors.js';
import { route } from '../../route.js';
import type { Answer, Route } from '../../route.js';
import { submitLines } from './submit-lines.js';

const ndjson = 'application/x-ndjson';
const wrapped = z.strictObject({ posts: z.array(postInput).max(maxBatch) });
const headers = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, '1 to 200 visible ASCII characters')
    .optional(),
});

/** Takes posts in: one, a batch, or a stream of lines. Answers once what was accepted is durable. */
export function createPosts({ intake }: Pick<RouteDeps, 'intake'>): Route {
  return route({
    method: 'post',
    path: '/v1/posts',
    access: { scope: 'ingest' },
    summary: 'Take posts in: one, up to 1,000 in an array, or any number as NDJSON',
    headers,
    accepts: {
      'application/json': z.union([postInput, z.array(postInput).max(maxBatch), wrapped]),
      [ndjson]: postInput.describe('One post a line'),
    },
    before: [readJson],
    answers: {
      202: {
        about:
          'Durable, and waiting for its assessment. A batch is answered row by row, wrong rows among them; the good ones are taken.',
        schema: z.union([submitted, batchResult]),
      },
    },
    async handle({ req, res, principal }) {
      const idempotencyKey = parse(headers, { 'Idempotency-Key': req.get('idempotency-key') })['Idempotency-Key'];
      const context = {
        via: 'api',
        by: principal.id,
        workspace: 'main',
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      } as const;
      if (contentType(req) === ndjson) return accepted(await submitLines(intake, req, context));
      const rows = batchOf(req.body);
      if (rows) return accepted(await intake.submit(rows, context));
      if (Number(res.locals['bodySize']) > jsonLimit)
        throw new AppError('body_too_large', { detail: `A single post is at most ${jsonLimit} bytes` });
      return single(await intake.submit([req.body], context));
    },
  });
}

const json = jsonBody(batchLimit);

/** Reads a JSON body; leaves NDJSON to be read line by line. */
function readJson(...[req, res, next]: Parameters<RequestHandler>): void {
  const type = contentType(req);
  if (type === ndjson) next();
  else if (type === 'application/json') run(json, req, res, next);
  else refuseContentType(req, ['application/json', ndjson]);
}

function run([first, ...others]: RequestHandler[], ...[req, res, next]: Parameters<RequestHandler>): void {
  if (first) void first(req, res, (error?: unknown) => (error ? next(error) : run(others, req, res, next)));
  else next();
}

/** The rows of a batch; `undefined` when the body is meant as one post. */
function batchOf(body: Request['body']): unknown[] | undefined {
  const inside: unknown = typeof body === 'object' && body !== null && 'posts' in body ? body.posts : undefined;
  const rows: unknown[] | undefined = Array.isArray(body) ? body : Array.isArray(inside) ? inside : undefined;
  if (rows && (rows.length === 0 || rows.length > maxBatch)) {
    const field = { field: rows === inside ? 'posts' : '', expected: `1 to ${maxBatch} posts` };
    throw new AppError('invalid_input', { detail: `Expected ${field.expected}, not ${rows.length}`, fields: [field] });
  }
  return rows;
}

const accepted = (body: BatchResult): Answer => ({ status: 202, body });

function single(result: BatchResult): Answer {
  const [row] = result.results;
  if (row?.id === undefined || row.outcome === 'rejected') throw rejected(row);
  return { status: 202, body: { id: row.id, outcome: row.outcome } };
}

function rejected(row: RowResult | undefined): AppError {
  const fields: FieldError[] = row?.errors ?? [];
  const detail = fields.map(({ field, expected }) => `${field || 'the post'}: expected ${expected}`).join('; ');
  return new AppError('invalid_input', { detail, fields });
}
