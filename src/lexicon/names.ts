import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from './jsonl.js';
import { LexiconError } from './load.js';

const names = z.record(z.string(), z.string());

const category = z.object({ id: z.string(), name: z.string(), names: names.exactOptional(), definition: z.string() });
const level = z.object({ id: z.string(), name: z.string(), names: names.exactOptional(), meaning: z.string() });

/** What categories and levels are called and mean, for people; the engine needs none of it. */
export interface RubricNames {
  categories: z.output<typeof category>[];
  /** Lowest first. */
  levels: z.output<typeof level>[];
}

/** Reads the names of the rubric. Throws `LexiconError` that says what is wrong where. */
export async function readRubricNames(data: string): Promise<RubricNames> {
  const read = <T>(name: string, schema: z.ZodType<T>) =>
    readJson(join(data, 'levels', name), `data/levels/${name}`, z.array(schema));
  const categories = await read('categories.json', category);
  const levels = await read('levels.json', level);
  const problems = [...categories.problems, ...levels.problems];
  if (!categories.value || !levels.value || problems.length > 0) throw new LexiconError(problems);
  return { categories: categories.value, levels: levels.value };
}
