import type { UploadColumn } from '../../../contract/upload.js';
import { uploadColumns } from '../../../contract/upload.js';
import { readCsv } from './csv.js';

/** The beginning of a file, as a table. */
export interface Sample {
  file: File;
  format: 'csv' | 'jsonl';
  columns: string[];
  rows: string[][];
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
  return { file, format, ...(format === 'csv' ? csvTable(text, whole) : jsonlTable(text, whole)) };
}

function decode(bytes: ArrayBuffer, whole: boolean): string {
  try {
    // A cut file may end inside a letter: `stream` leaves that letter out instead of failing.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole });
  } catch {
    throw new BadSample('encoding');
  }
}

function csvTable(text: string, whole: boolean): Pick<Sample, 'columns' | 'rows'> {
  const [columns, ...rows] = readCsv(text, previewRows + 1, whole);
  if (!columns || rows.length === 0) throw new BadSample('header');
  return { columns, rows };
}

function jsonlTable(text: string, whole: boolean): Pick<Sample, 'columns' | 'rows'> {
  const lines = text.split('\n').slice(0, whole ? undefined : -1);
  const objects = lines.filter((line) => line.trim() !== '').slice(0, previewRows).map(readObject);
  if (objects.length === 0) throw new BadSample('jsonl');
  const columns = [...new Set(objects.flatMap(Object.keys))];
  return { columns, rows: objects.map((object) => columns.map((column) => object[column] ?? '')) };
}

function readObject(line: string): Record<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new BadSample('jsonl');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadSample('jsonl');
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, typeof of === 'string' ? of : JSON.stringify(of)]));
}

export type Mapping = Partial<Record<UploadColumn, string>>;

/** Other names under which people keep these columns, in lower case without spaces and signs. */
const aliases: Partial<Record<UploadColumn, string[]>> = {
  text: ['message', 'content', 'body', 'post', 'texte', 'comment', 'caption', 'transcript'],
  externalId: ['id', 'postid', 'messageid'],
  language: ['lang', 'langue'],
  author: ['user', 'username', 'from', 'auteur', 'account'],
  publishedAt: ['date', 'time', 'timestamp', 'created', 'createdat', 'datetime'],
  url: ['link', 'permalink', 'lien'],
  sourceName: ['source', 'station', 'channel', 'outlet', 'page', 'platform'],
  sourceKind: ['kind', 'type', 'medium'],
  country: ['pays', 'countrycode'],
  admin1: ['region', 'province', 'state'],
  placeName: ['place', 'city', 'town', 'location', 'lieu'],
  followers: ['followercount'],
  views: ['viewcount', 'impressions'],
  shares: ['sharecount', 'retweets', 'reposts'],
};

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** What each column of a file probably is, by its name; the longest text is the text when nothing is called so. */
export function guessMapping({ columns, rows }: Pick<Sample, 'columns' | 'rows'>): Mapping {
  const mapping: Mapping = {};
  for (const ours of uploadColumns) {
    const names = [ours.toLowerCase(), ...(aliases[ours] ?? [])];
    const taken = new Set(Object.values(mapping));
    const found = columns.find((column) => !taken.has(column) && names.includes(plain(column)));
    if (found !== undefined) mapping[ours] = found;
  }
  if (mapping.text === undefined) {
    const taken = new Set(Object.values(mapping));
    const size = (at: number) => rows.reduce((sum, row) => sum + (row[at]?.length ?? 0), 0);
    const longest = columns.map((column, at) => ({ column, size: size(at) })).filter(({ column }) => !taken.has(column)).sort((a, b) => b.size - a.size)[0];
    if (longest) mapping.text = longest.column;
  }
  return mapping;
}
