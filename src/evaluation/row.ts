import { z } from 'zod';

const text = z.string('a string');
const optional = text.nullish().transform((value) => value ?? null);

/** One labelled text of an evaluation set. What a set does not know is absent or null. */
const rowSchema = z.object({
  id: z
    .union(
      [z.string().regex(/[^]/, 'a string that is not empty, or a number'), z.number()],
      'a string that is not empty, or a number',
    )
    .transform((value) => String(value)),
  text,
  /** ISO 639-3 of the text: what the engine should find, never told to it. */
  lang: optional,
  /** null or absent: not labelled for hate, counts for language alone. */
  hateful: z
    .boolean('true, false or null')
    .nullish()
    .transform((value) => value ?? null),
  label: optional,
  /** Who is attacked: a group id, or a group's English name; several joined by "|". */
  target: optional,
  /** The capability that the text tests. */
  functionality: optional,
  /** What several rows were made from: they stand or fall together. */
  template: optional,
  /** Told to the engine: ISO 3166-1 alpha-3 of the place … */
  country: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a country of three capital letters, such as "KEN"')
    .nullish()
    .transform((value) => value ?? null),
  /** … and the post that this one answers. */
  parent: optional,
});

export type Row = z.output<typeof rowSchema>;

/**
 * The cases of the packs (`test/conformance/<lang>.jsonl`) name the same things as linguists do: `flagged` is what they expect, `capability` what is
 * tested, `groups` who is attacked, all of them in one.
 */
function asRow(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || 'hateful' in value) return value;
  const { flagged, capability, groups, ...rest } = value as Record<string, unknown>;
  return {
    ...rest,
    ...(flagged !== undefined && { hateful: flagged }),
    ...(capability !== undefined && !('functionality' in rest) && { functionality: capability }),
    ...(Array.isArray(groups) && !('target' in rest) && groups.length > 0 && { target: groups.join('|') }),
  };
}

/** A line that could not be used, and why. */
export interface BadRow {
  file: string;
  /** From 1. */
  line: number;
  reason: string;
}

export type RowRead = { line: number; row: Row } | { line: number; reason: string };

/**
 * Reads rows from the bytes of a JSON Lines file, holding one line at a time. A line that is no row, or repeats an id,
 * comes out with its reason. Only a line feed ends a line: other separators may stand inside a JSON string.
 */
export async function* readRows(source: AsyncIterable<Uint8Array>): AsyncGenerator<RowRead> {
  const seen = new Map<string, number>();
  let line = 0;
  for await (const bytes of splitLines(source)) {
    line++;
    const read = parseLine(bytes, line === 1);
    if (read === undefined) continue;
    if ('reason' in read) {
      yield { line, reason: read.reason };
      continue;
    }
    const { row } = read;
    const first = seen.get(row.id);
    if (first === undefined) {
      seen.set(row.id, line);
      yield { line, row };
    } else yield { line, reason: `id: expected an id of its own; "${row.id}" is that of line ${first}` };
  }
}

async function* splitLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  // A line may come in many chunks; they are joined once, when its end is known.
  let rest: Uint8Array[] = [];
  for await (const chunk of source) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, end)]);
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}

function parseLine(bytes: Buffer, first: boolean): { row: Row } | { reason: string } | undefined {
  let line: string;
  try {
    line = new TextDecoder('utf-8', { fatal: true, ignoreBOM: !first }).decode(bytes);
  } catch {
    return { reason: 'expected UTF-8' };
  }
  if (line.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { reason: 'expected one JSON object' };
  }
  const parsed = rowSchema.safeParse(asRow(value));
  if (parsed.success) return { row: parsed.data };
  const given = (name: string) => (name === 'hateful' && !('hateful' in Object(value)) ? 'flagged' : name);
  return {
    reason: parsed.error.issues
      .map(
        (issue) =>
          `${issue.path.map(String).map(given).join('.') || 'the line'}: expected ${issue.path.length > 0 ? issue.message : 'one JSON object'}`,
      )
      .join('; '),
  };
}
