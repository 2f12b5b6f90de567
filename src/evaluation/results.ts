import { z } from 'zod';
import { AppError } from '../base/errors.js';
import type { Compared } from './compare.js';
import { readJson } from './files.js';
import { outcomeSchema } from './outcome.js';
import type { Evaluation, Summary } from './summary.js';

const format = 'tocsin-eval/1';

const savedSchema = z.object({
  format: z.literal(format, `"${format}", which \`tocsin eval --save\` writes`),
  revision: z.string(),
  outcomes: z.array(outcomeSchema),
});

/** The file of `--save`: the summary for people and scripts, every outcome for a later `--against`. */
export function serialiseResults(evaluation: Evaluation, summary: Summary): string {
  return `${JSON.stringify({ format, ...summary, outcomes: evaluation.outcomes }, null, 1)}\n`;
}

/** Reads what `--save` wrote. Throws `invalid_input` that says what is wrong with the file. */
export async function readResults(path: string): Promise<Compared> {
  const parsed = savedSchema.safeParse(await readJson(path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'the file';
  throw new AppError('invalid_input', {
    detail: `${path} holds no earlier results: ${where}: expected ${issue?.message}`,
  });
}
