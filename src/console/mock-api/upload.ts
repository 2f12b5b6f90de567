import type { Upload, UploadColumn, UploadRowError } from '../../contract/upload.js';
import { recognise } from '../../contract/columns.js';
import { postInput } from '../../contract/post.js';

/** What a multipart upload brought. */
export interface Sent {
  fileName: string;
  text: string;
  mapping: Partial<Record<UploadColumn, string>>;
  defaults: unknown;
  /** Names of the parts in the order in which they came. */
  parts: string[];
}

/** Takes a small file as the real service would: row by row, bad rows listed by line, good rows counted. */
export function take(sent: Sent, id: string, at: string, by: { id: string; name: string }): Upload {
  const format = sent.fileName.endsWith('.jsonl') ? 'jsonl' : 'csv';
  const lines = sent.text.replace(/^\uFEFF/u, '').split(/\r?\n/u);
  const header = format === 'csv' ? cells(lines.shift() ?? '') : [];
  const errors: UploadRowError[] = [];
  const seen = new Set<string>();
  let [rows, accepted, duplicates] = [0, 0, 0];
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    rows++;
    const number = at + (format === 'csv' ? 2 : 1);
    const row =
      format === 'csv'
        ? Object.fromEntries(cells(line).map((cell, i) => [header[i] ?? `column ${i + 1}`, cell]))
        : readJson(line);
    const taken = recognise(Object.keys(row ?? {}), sent.mapping);
    const get = (column: UploadColumn) => row?.[taken[column] ?? ''] as string | undefined;
    const language = get('language') || undefined;
    const checked =
      row &&
      postInput.safeParse({
        text: get('text') ?? '',
        ...(language && { language }),
        ...(get('country') && { place: { country: get('country') } }),
      });
    if (!row) errors.push({ line: number, errors: [{ field: '', expected: 'one JSON object a line' }] });
    else if (!checked?.success)
      errors.push({
        line: number,
        errors: (checked?.error.issues ?? []).map((issue) => ({
          field: issue.path.join('.'),
          expected: issue.message,
        })),
      });
    else if (seen.has(checked.data.text)) duplicates++;
    else {
      seen.add(checked.data.text);
      accepted++;
    }
  }
  return {
    id,
    version: 2,
    fileName: sent.fileName,
    format,
    status: 'done',
    startedAt: at,
    finishedAt: at,
    by: by.id,
    byName: by.name,
    bytes: Buffer.byteLength(sent.text),
    rows,
    accepted,
    duplicates,
    rejected: errors.length,
    errors,
    mapping: sent.mapping,
  };
}

/** The cells of one line; line breaks inside quotes are not known here. */
const cells = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/gu)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );

function readJson(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined; // Reported as a bad row by the caller.
  }
}

/** The `file` and the JSON fields of a multipart body. */
export function readMultipart(body: Buffer, contentType: string): Sent {
  const boundary = /boundary="?([^";]+)"?/u.exec(contentType)?.[1] ?? '';
  const sent: Sent = { fileName: 'file.csv', text: '', mapping: {}, defaults: {}, parts: [] };
  for (const part of body.toString('utf8').split(`--${boundary}`)) {
    const [head, ...rest] = part.split('\r\n\r\n');
    const content = rest.join('\r\n\r\n').replace(/\r\n$/u, '');
    const name = /name="([^"]*)"/u.exec(head ?? '')?.[1];
    if (name) sent.parts.push(name);
    if (name === 'defaults') sent.defaults = JSON.parse(content);
    if (name === 'file')
      Object.assign(sent, { fileName: /filename="([^"]*)"/u.exec(head ?? '')?.[1] ?? 'file.csv', text: content });
    if (name === 'mapping') sent.mapping = JSON.parse(content) as Sent['mapping'];
  }
  return sent;
}
