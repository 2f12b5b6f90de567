import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { z } from 'zod';
import { AppError } from '../../../base/errors.js';
import { upload } from '../../../contract/answers.js';
import { postInput } from '../../../contract/post.js';
import { uploadColumns } from '../../../contract/upload.js';
import type { Upload } from '../../../contract/upload.js';
import { contentType, refuseContentType } from '../../bodies.js';
import type { RouteDeps } from '../../deps.js';
import { parse } from '../../errors.js';
import { route } from '../../route.js';
import type { Route } from '../../route.js';

const multipart = 'multipart/form-data';
const fieldLimit = 65_536;

const mappingField = z.partialRecord(z.enum(uploadColumns), z.string().max(200));
const defaultsField = postInput.omit({ text: true, externalId: true }).partial();
const form = z.object({
  mapping: mappingField
    .optional()
    .describe('JSON: the column of the file to take for each of ours, "" for none; before the file'),
  defaults: defaultsField
    .optional()
    .describe('JSON: what holds for every row that does not say otherwise; before the file'),
  file: z.string().describe('The file: .csv with a header row, or .jsonl'),
});

interface Form {
  file: Readable;
  fileName: string;
  format: Upload['format'];
  mapping: z.output<typeof mappingField>;
  defaults: z.output<typeof defaultsField>;
}

/** Takes a file of posts in, row by row while it arrives; answers when the last row is durable. */
export function createUpload({
  uploads,
  uploadLimit,
  signal,
}: Pick<RouteDeps, 'uploads' | 'uploadLimit' | 'signal'>): Route {
  return route({
    method: 'post',
    path: '/v1/uploads',
    access: { scope: 'ingest' },
    summary: 'Take a file of posts in (CSV or JSON lines, up to 1 GB)',
    accepts: { [multipart]: form },
    answers: { 201: { about: 'What became of the rows', schema: upload } },
    async handle({ req, principal }) {
      if (contentType(req) !== multipart) refuseContentType(req, [multipart]);
      const reader = readForm(req, uploadLimit);
      const { file, ...meta } = await reader.form;
      const gone = new AbortController();
      req.once('close', () => {
        // Closed before its end: whoever sent it is gone.
        if (!req.complete) gone.abort();
      });
      const by = { by: principal.id, byName: principal.name };
      const done = await uploads.run(file, { ...meta, ...by }, AbortSignal.any([gone.signal, signal]));
      reader.check();
      return { status: 201, body: done, headers: { Location: `/v1/uploads/${done.id}` } };
    },
  });
}

/**
 * Reads the parts before the file and resolves with the file as a stream that waits for its reader. What goes wrong after
 * that ends the stream with an error, and `check` throws it.
 */
function readForm(req: IncomingMessage, limit: number): { form: Promise<Form>; check(): void } {
  let problem: unknown;
  let taken: Readable | undefined;
  const fields = new Map<string, unknown>();

  const form = new Promise<Form>((resolve, reject) => {
    const parser = openParser(req, limit);
    const fail = (error: unknown) => {
      if (problem !== undefined) return;
      problem = error;
      req.unpipe(parser);
      // What is still on its way is read and dropped, so that the client comes to see the answer.
      req.resume();
      taken?.destroy(error instanceof Error ? error : undefined);
      reject(error);
    };
    const attempt = (work: () => void) => {
      try {
        work();
      } catch (error) {
        fail(error);
      }
    };
    parser.on('field', (name, value, info) =>
      attempt(() => {
        if (info.valueTruncated) throw wrongField(name, `at most ${fieldLimit} bytes`);
        if (taken) throw wrongField(name, 'to stand before the file, so that the file need not be kept in memory');
        fields.set(name, readField(name, value));
      }),
    );
    parser.on('file', (name, file, info) => {
      // Errors reach whoever reads the file; until somebody does they would end the process.
      file.on('error', fail);
      file.once('limit', () => fail(new AppError('body_too_large', { detail: `A file is at most ${limit} bytes` })));
      attempt(() => {
        if (taken || name !== 'file') {
          file.resume();
          throw wrongField(name, taken ? 'one file only' : 'the name "file"');
        }
        taken = file;
        const fileName = info.filename ?? '';
        resolve({ file, fileName, format: formatOf(fileName, info.mimeType), ...readFields(fields) });
      });
    });
    parser.once('error', (error) =>
      fail(new AppError('malformed_body', { detail: 'The form cannot be read', cause: error })),
    );
    parser.once('close', () => taken ?? fail(wrongField('file', 'a file')));
    req.once('close', () => req.complete || fail(new AppError('malformed_body', { detail: 'The upload broke off' })));
    req.pipe(parser);
  });
  return {
    form,
    check() {
      if (problem !== undefined) throw problem;
    },
  };
}

function openParser(req: IncomingMessage, limit: number): busboy.Busboy {
  try {
    return busboy({
      headers: req.headers,
      defParamCharset: 'utf8',
      limits: { fileSize: limit, files: 2, fields: 10, fieldSize: fieldLimit },
    });
  } catch (error) {
    throw new AppError('malformed_body', { detail: 'The form cannot be read', cause: error });
  }
}

function readField(name: string, value: string): unknown {
  const schema = name === 'mapping' ? mappingField : name === 'defaults' ? defaultsField : undefined;
  if (!schema) throw wrongField(name, 'no field of this name');
  let json: unknown;
  try {
    json = JSON.parse(value);
  } catch (error) {
    throw wrongField(name, 'JSON', error);
  }
  return parse(schema, json, name);
}

const readFields = (fields: Map<string, unknown>): Pick<Form, 'mapping' | 'defaults'> => ({
  mapping: fields.get('mapping') ?? {},
  defaults: fields.get('defaults') ?? {},
});

function formatOf(fileName: string, mimeType: string): Upload['format'] {
  const ending = /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase();
  if (ending === 'csv' || mimeType === 'text/csv') return 'csv';
  if (ending === 'jsonl' || ending === 'ndjson' || mimeType === 'application/x-ndjson') return 'jsonl';
  throw new AppError('unsupported_media_type', {
    detail: 'A file of this kind is not accepted here; send .csv or .jsonl',
  });
}

function wrongField(field: string, expected: string, cause?: unknown): AppError {
  return new AppError('invalid_input', {
    detail: `${field}: expected ${expected}`,
    fields: [{ field, expected }],
    cause,
  });
}
