/** Columns a media sample may have; `map` renames: `map[text]=Message`. */
export const uploadColumns = [
  'text',
  'externalId',
  'language',
  'author',
  'publishedAt',
  'url',
  'sourceName',
  'sourceKind',
  'country',
  'admin1',
  'placeName',
  'speaker',
  'followers',
  'views',
  'shares',
] as const;
export type UploadColumn = (typeof uploadColumns)[number];

export interface UploadRowError {
  /** Line of the file, from 1; for CSV the line on which the row begins. */
  line: number;
  errors: { field: string; expected: string }[];
}

export interface Upload {
  id: string;
  version: number;
  fileName: string;
  format: 'csv' | 'jsonl';
  status: 'running' | 'done' | 'failed';
  startedAt: string;
  finishedAt?: string;
  by: string;
  byName: string;
  bytes: number;
  rows: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  /** The first 1,000; `rejected` counts all. */
  errors: UploadRowError[];
  /** Why it failed as a whole. */
  problem?: string;
  /** Column of the file taken for each of ours. */
  mapping: Partial<Record<UploadColumn, string>>;
}
