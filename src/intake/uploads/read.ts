import type { PostInput } from '../../contract/post.js';
import { uploadColumns } from '../../contract/upload.js';
import type { UploadColumn } from '../../contract/upload.js';
import { recognise } from '../../contract/columns.js';
import type { Mapping } from '../../contract/columns.js';
import { cells, delimiters, problems, records } from './csv.js';
import type { CsvRecord, Delimiter } from './csv.js';
import { createJsonRows } from './jsonl.js';
import { readLines, UnreadableFile } from './lines.js';
import type { Line } from './lines.js';
import { toInput } from './rows.js';

/** Longest line of a file: the longest text, every character of it escaped. */
const maxLineBytes = 1_048_576;

/** One row of a file: either what `postInput` is to check, or what was expected where it cannot be read. */
export interface FileRow {
  /** Line of the file on which it begins, from 1. */
  line: number;
  /** The row as it stands in the file. */
  source: string;
  input?: Record<string, unknown>;
  problem?: string;
}

export interface FileRules {
  format: 'csv' | 'jsonl';
  mapping: Mapping;
  defaults: Partial<PostInput>;
}

/**
 * Reads the rows of a file one by one. Columns are entered into `taken` as they are found.
 * Throws `UnreadableFile` when the file is no text, has no heading, or has no column for the text.
 */
export async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  rules: FileRules,
  taken: Mapping,
): AsyncGenerator<FileRow> {
  const lines = readLines(bytes, maxLineBytes);
  yield* rules.format === 'csv' ? readCsv(lines, rules, taken) : readJsonLines(lines, rules, taken);
}

async function* readJsonLines(
  lines: AsyncIterable<Line>,
  { mapping, defaults }: FileRules,
  taken: Mapping,
): AsyncGenerator<FileRow> {
  const rows = createJsonRows(mapping, defaults);
  for await (const { number: line, text: source, bad } of lines) {
    if (bad) {
      yield { line, source, problem: problems[bad] };
    } else if (source.trim() !== '') {
      const input = rows.read(source);
      Object.assign(taken, rows.mapping);
      yield input ? { line, source, input } : { line, source, problem: 'a JSON object on one line' };
    }
  }
}

async function* readCsv(lines: AsyncGenerator<Line>, rules: FileRules, taken: Mapping): AsyncGenerator<FileRow> {
  const first = await firstLine(lines);
  if (!first) throw new UnreadableFile('The file is empty');
  const delimiter = sniff(first.text, rules.mapping);
  const rows = records(chain(first, lines), delimiter);
  const heading = await rows.next();
  if (heading.done) throw new UnreadableFile('The file is empty');
  const columns = headingOf(heading.value, delimiter);
  const mapping = recognise(columns, rules.mapping);
  checkColumns(columns, mapping);
  Object.assign(taken, mapping);
  const places = (Object.entries(mapping) as [UploadColumn, string][]).map(
    ([ours, name]) => [ours, columns.indexOf(name)] as const,
  );
  const chosen = new Set(Object.keys(rules.mapping) as UploadColumn[]);
  for await (const { line, text: source, problem } of rows) {
    if (problem !== undefined) {
      yield { line, source, problem };
      continue;
    }
    const row = cells(source, delimiter);
    if (!row) yield { line, source, problem: problems['stray quote'] };
    else if (row.slice(columns.length).some((cell) => cell !== ''))
      yield { line, source, problem: `${columns.length} cells as in the heading, not ${row.length}` };
    else if (row.some((cell) => cell !== '')) {
      const values = Object.fromEntries(places.map(([ours, at]) => [ours, row[at]]));
      yield { line, source, input: toInput(values, { defaults: rules.defaults, chosen }) };
    }
  }
}

async function firstLine(lines: AsyncGenerator<Line>): Promise<Line | undefined> {
  for (let next = await lines.next(); !next.done; next = await lines.next())
    if (next.value.text.trim() !== '' || next.value.bad) return next.value;
  return undefined;
}

async function* chain(first: Line, rest: AsyncGenerator<Line>): AsyncGenerator<Line> {
  yield first;
  yield* rest;
}

/** The delimiter under which the heading has most columns that we know; of equals the one that cuts it most often. */
function sniff(heading: string, mapping: Mapping): Delimiter {
  const rated = delimiters.map((delimiter) => {
    const columns = cells(heading, delimiter) ?? [];
    const chosen = Object.values(mapping).filter((column) => columns.includes(column)).length;
    return { delimiter, known: chosen + Object.keys(recognise(columns, {})).length, columns: columns.length };
  });
  const [best] = rated.sort((a, b) => b.known - a.known || b.columns - a.columns);
  return best?.delimiter ?? ',';
}

function headingOf({ text, problem }: CsvRecord, delimiter: Delimiter): string[] {
  const columns = problem === undefined ? cells(text, delimiter) : undefined;
  if (!columns)
    throw new UnreadableFile(`The heading of the file cannot be read; expected: ${problem ?? problems['stray quote']}`);
  return columns.map((name) => name.trim());
}

function checkColumns(columns: string[], mapping: Mapping): void {
  const there = columns.map((name) => `"${name}"`).join(', ');
  for (const ours of uploadColumns) {
    const name = mapping[ours];
    if (name !== undefined && !columns.includes(name))
      throw new UnreadableFile(`There is no column "${name}" for ${ours}; the columns are ${there}`);
  }
  if (mapping.text === undefined)
    throw new UnreadableFile(`No column is known to hold the text; choose one for text among ${there}`);
}
