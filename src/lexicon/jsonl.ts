import { readFile } from 'node:fs/promises';
import type { z } from 'zod';

/** One thing wrong with a data file, said so that somebody who never saw the program can mend it. */
export interface Problem {
  file: string;
  /** From 1; 0: the file as a whole. */
  line: number;
  field: string;
  message: string;
}

export interface Line<T> {
  value: T;
  line: number;
}

const bidi = /[\u202A-\u202E\u2066-\u2069]/;

function issuesOf(error: z.ZodError, file: string, line: number): Problem[] {
  return error.issues.map((issue) => ({ file, line, field: issue.path.join('.') || '(line)', message: issue.message }));
}

/** Reads a JSON Lines file against a schema. A missing file is a problem, not an exception. */
export async function readJsonl<T>(
  path: string,
  name: string,
  schema: z.ZodType<T>,
): Promise<{ lines: Line<T>[]; problems: Problem[]; bytes: string }> {
  const problems: Problem[] = [];
  const lines: Line<T>[] = [];
  const bytes = await readText(path, name, problems);
  bytes.split('\n').forEach((raw, index) => {
    if (raw.trim() === '') return;
    const line = index + 1;
    if (raw.normalize('NFC') !== raw)
      problems.push({ file: name, line, field: '(line)', message: 'text in Unicode form NFC' });
    if (bidi.test(raw))
      problems.push({ file: name, line, field: '(line)', message: 'no bidirectional control characters' });
    let value: unknown;
    try {
      value = JSON.parse(raw);
    } catch (error) {
      problems.push({ file: name, line, field: '(line)', message: `one JSON object (${(error as Error).message})` });
      return;
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) lines.push({ value: parsed.data, line });
    else problems.push(...issuesOf(parsed.error, name, line));
  });
  return { lines, problems, bytes };
}

/** Reads one JSON file against a schema. */
export async function readJson<T>(
  path: string,
  name: string,
  schema: z.ZodType<T>,
): Promise<{ value: T | undefined; problems: Problem[]; bytes: string }> {
  const problems: Problem[] = [];
  const bytes = await readText(path, name, problems);
  if (problems.length > 0) return { value: undefined, problems, bytes };
  try {
    const parsed = schema.safeParse(JSON.parse(bytes));
    if (parsed.success) return { value: parsed.data, problems, bytes };
    return { value: undefined, problems: issuesOf(parsed.error, name, 0), bytes };
  } catch (error) {
    return {
      value: undefined,
      problems: [{ file: name, line: 0, field: '(file)', message: `valid JSON (${(error as Error).message})` }],
      bytes,
    };
  }
}

async function readText(path: string, name: string, problems: Problem[]): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    problems.push({
      file: name,
      line: 0,
      field: '(file)',
      message: `a readable UTF-8 file (${(error as Error).message})`,
    });
    return '';
  }
}
