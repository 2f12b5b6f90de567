import { recognise } from '../../../contract/columns.js';
import type { Mapping } from '../../../contract/columns.js';
import { delimiters, readCsv } from './csv.js';

/** The beginning of a file, as a table. */
export interface Sample {
  file: File;
  columns: string[];
  rows: string[][];
  /** Columns that hold objects in our own shape (JSON lines only): taken as they are. */
  own: ReadonlySet<string>;
}

/** Why a file cannot be looked at. */
export type SampleProblem = 'type' | 'empty' | 'encoding' | 'jsonl' | 'header';

export class BadSample extends Error {
  readonly problem: SampleProblem;

  constructor(problem: SampleProblem) {
    super(problem);
    this.name = 'BadSample';
    this.problem = problem;
  }
}

const readBytes = 128 * 1024;
const previewRows = 6;

/** Reads as much of a file as the preview needs, however big the file is. Throws `BadSample`. */
export async function readSample(file: File): Promise<Sample> {
  const format = /\.(jsonl|ndjson)$/iu.test(file.name) ? 'jsonl' : /\.csv$/iu.test(file.name) ? 'csv' : undefined;
  if (!format) throw new BadSample('type');
  const bytes = await file.slice(0, readBytes).arrayBuffer();
  const whole = file.size <= readBytes;
  const text = decode(bytes, whole);
  if (text.trim() === '') throw new BadSample('empty');
  return { file, ...(format === 'csv' ? csvTable(text, whole) : jsonlTable(text, whole)) };
}

function decode(bytes: ArrayBuffer, whole: boolean): string {
  try {
    // A cut file may end inside a letter: `stream` leaves that letter out instead of failing.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole });
  } catch {
    throw new BadSample('encoding');
  }
}

type Table = Pick<Sample, 'columns' | 'rows' | 'own'>;

const rate = ([heading = []]: string[][]) => Object.keys(recognise(heading, {})).length * 1_000 + heading.length;

/** Under the delimiter that finds most columns we know; of equals, the one that cuts the heading most often. */
function csvTable(text: string, whole: boolean): Table {
  const tables = delimiters.map((delimiter) => readCsv(text, delimiter, previewRows + 1, whole));
  const [best] = tables.toSorted((a, b) => rate(b) - rate(a));
  const [columns, ...rows] = best ?? [];
  if (!columns || rows.length === 0) throw new BadSample('header');
  return { columns, rows, own: new Set() };
}

const shown = (value: unknown) =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);

function jsonlTable(text: string, whole: boolean): Table {
  const lines = text.split('\n').slice(0, whole ? undefined : -1);
  const objects = lines
    .filter((line) => line.trim() !== '')
    .slice(0, previewRows)
    .map(readObject);
  if (objects.length === 0) throw new BadSample('jsonl');
  const columns = [...new Set(objects.flatMap(Object.keys))];
  const own = columns.filter((column) =>
    objects.some((object) => typeof object[column] === 'object' && object[column] !== null),
  );
  return { columns, rows: objects.map((object) => columns.map((column) => shown(object[column]))), own: new Set(own) };
}

function readObject(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new BadSample('jsonl');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadSample('jsonl');
  return value as Record<string, unknown>;
}

/**
 * What a person should be asked to confirm: nothing where the service knows the text column by its name; otherwise the
 * column with the longest values is proposed as the text.
 */
export function propose({ columns, rows, own }: Sample): Mapping {
  if (recognise(columns, {}).text !== undefined) return {};
  const taken = new Set(Object.values(recognise(columns, {})));
  const size = (at: number) => rows.reduce((sum, row) => sum + (row[at]?.length ?? 0), 0);
  const candidates = columns
    .map((column, at) => ({ column, size: size(at) }))
    .filter(({ column }) => !taken.has(column) && !own.has(column));
  const longest = candidates.sort((a, b) => b.size - a.size)[0];
  return longest ? { text: longest.column } : {};
}
