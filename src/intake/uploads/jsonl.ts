import type { PostInput } from '../../contract/post.js';
import type { UploadColumn } from '../../contract/upload.js';
import { recognise } from '../../contract/columns.js';
import type { Mapping } from '../../contract/columns.js';
import { toInput } from './rows.js';

/** Shapes of lines remembered; a file has one or two, one made by hand may have hundreds. */
const maxShapes = 100;
const nested = ['source', 'place', 'reach', 'parent'] as const;

export interface JsonRows {
  /** The line as `postInput` is to check it; undefined when it is no JSON object. */
  read(line: string): Record<string, unknown> | undefined;
  /** Every key taken so far for a column of ours. */
  readonly mapping: Mapping;
}

/**
 * Reads JSON lines: posts in our own shape, or flat objects of other tools whose keys are recognised as columns are.
 * Keys that mean nothing to us are passed over.
 */
export function createJsonRows(explicit: Mapping, defaults: Partial<PostInput>): JsonRows {
  const shapes = new Map<string, Mapping>();
  const mapping: Mapping = {};
  const rules = { defaults, chosen: new Set(Object.keys(explicit) as UploadColumn[]) };

  const shapeOf = (line: Record<string, unknown>): Mapping => {
    const flat = Object.keys(line).filter((key) => typeof line[key] !== 'object' || line[key] === null);
    const shape = flat.join('\0');
    const known = shapes.get(shape);
    if (known) return known;
    const present = Object.fromEntries(Object.entries(explicit).filter(([, key]) => key === '' || key in line));
    const found = recognise(flat, present);
    if (shapes.size < maxShapes) shapes.set(shape, found);
    for (const [column, key] of Object.entries(found) as [UploadColumn, string][]) mapping[column] ??= key;
    return found;
  };

  return {
    mapping,
    read(text) {
      const line = parseObject(text);
      if (!line) return undefined;
      const values = Object.fromEntries(Object.entries(shapeOf(line)).map(([column, key]) => [column, line[key]]));
      const row = toInput(values, rules);
      for (const key of nested) {
        const value = line[key];
        if (typeof value === 'object' && value !== null) row[key] = { ...defaultsOf(row[key]), ...value };
      }
      return row;
    },
  };
}

const defaultsOf = (value: unknown) => (typeof value === 'object' ? value : {});

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // No JSON at all: for the caller the same as JSON that is no object.
    return undefined;
  }
}
