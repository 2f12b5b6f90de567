import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { z } from 'zod';
import type { Assessment, Context } from '../engine/types.js';
import { fieldErrors } from '../contract/fields.js';
import { ndjsonLines } from '../contract/ndjson.js';
import type { NdjsonLine } from '../contract/ndjson.js';
import { iso3166, iso639, maxTextLength } from '../contract/post.js';

export interface ClassifyLinesDeps {
  /** The engine on `workers` threads. */
  assess: (items: { text: string; context?: Context }[]) => Promise<Assessment[]>;
  workers: number;
  input: AsyncIterable<Uint8Array>;
  output: Writable;
  /** Leaves the findings out. */
  brief: boolean;
}

/** Lines that travel to a worker together. */
const batchLines = 64;
/** A text at its longest, every character escaped, twice over for `parent`. */
const maxLine = 12 * maxTextLength + 10_000;

const lineInput = z.object({
  id: z.union([z.string(), z.number(), z.null()]).default(null),
  text: z.string().max(maxTextLength),
  language: iso639.optional(),
  country: iso3166.optional(),
  parent: z.string().max(maxTextLength).optional(),
});
type LineInput = z.output<typeof lineInput>;

interface Broken {
  line: number;
  error: { code: 'malformed_body' | 'invalid_input'; detail: string; fields?: { field: string; expected: string }[] };
}

/**
 * Assesses JSON lines: one line out for each line in, in the same order, while more is read. A line that cannot be used
 * becomes `{"line", "error"}` and the rest goes on. Holds a few batches for each worker and no more: a slow reader slows the
 * source. Resolves when everything is written; rejects when the input cannot be read or the output is closed.
 *
 * @returns how many lines were assessed and how many were broken
 */
export async function classifyLines(deps: ClassifyLinesDeps): Promise<{ assessed: number; broken: number }> {
  const { assess, workers, input, output, brief } = deps;
  const total = { assessed: 0, broken: 0 };
  const underway: Promise<string>[] = [];

  async function classify(lines: NdjsonLine[]): Promise<string> {
    const read = lines.map(readLine);
    const good = read.filter((line): line is LineInput => !('error' in line));
    const verdicts = (good.length > 0 ? await assess(good.map(toItem)) : []).values();
    total.assessed += good.length;
    total.broken += read.length - good.length;
    const out = read.map((line) => ('error' in line ? line : answer(line, verdicts.next().value!, brief)));
    return `${out.map((line) => JSON.stringify(line)).join('\n')}\n`;
  }
  const writeOldest = async () => {
    const text = await underway.shift()!;
    if (!output.write(text)) await once(output, 'drain');
  };
  const begin = (lines: NdjsonLine[]) => {
    const text = classify(lines);
    // Waited for in its turn; until then a failure must not count as unhandled.
    text.catch(() => undefined);
    underway.push(text);
  };

  let batch: NdjsonLine[] = [];
  for await (const line of ndjsonLines(input, maxLine)) {
    batch.push(line);
    if (batch.length < batchLines) continue;
    begin(batch);
    batch = [];
    // Two batches a worker: one at work, one at hand.
    while (underway.length >= 2 * workers) await writeOldest();
  }
  if (batch.length > 0) begin(batch);
  while (underway.length > 0) await writeOldest();
  return total;
}

function readLine({ number, text }: NdjsonLine): LineInput | Broken {
  if (text === undefined)
    return { line: number, error: { code: 'malformed_body', detail: `The line is longer than ${maxLine} characters` } };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { line: number, error: { code: 'malformed_body', detail: 'The line is not JSON' } };
  }
  const read = lineInput.safeParse(json);
  if (read.success) return read.data;
  const fields = fieldErrors(read.error);
  const detail = fields.map(({ field, expected }) => `${field || 'the line'}: expected ${expected}`).join('; ');
  return { line: number, error: { code: 'invalid_input', detail, fields } };
}

function toItem({ text, language, country, parent }: LineInput): { text: string; context?: Context } {
  return { text, context: { language, country, parent } };
}

function answer({ id }: LineInput, verdict: Assessment, brief: boolean) {
  const { flagged, level, severity, language, coverage, groups, findings } = verdict;
  const short = { id, flagged, level, severity, lang: language.code, covered: coverage.covered, groups };
  return brief ? short : { ...short, findings };
}
