import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Assessment, Context, Engine } from '../engine/index.js';
import { AppError } from '../base/errors.js';

/** A text that both engines read, and where it stands. */
export interface Sample {
  file: string;
  line: number;
  text: string;
  context: Context;
  /** What its writer meant, where that is said. */
  expected?: boolean;
}

/** A text whose verdict is another. */
export interface Flip {
  sample: Sample;
  before: Short;
  after: Short;
}

export interface Short {
  flagged: boolean;
  level: string;
  groups: string[];
  /** What flags it: rules and words. */
  reasons: string[];
}

const row = z.object({
  text: z.string(),
  flagged: z.boolean().optional(),
  hateful: z.boolean().nullish(),
  country: z.string().optional(),
  parent: z.union([z.string(), z.object({ text: z.string() })]).optional(),
  language: z.string().optional(),
  place: z.object({ country: z.string().optional() }).optional(),
  expect: z.object({ flagged: z.boolean() }).optional(),
});

/** The conformance sentences and the invented posts of the checkout that holds these folders. */
export async function ownSamples(root: string): Promise<Sample[]> {
  const folders = [join('test', 'conformance'), join('data', 'samples')];
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(join(root, folder)).catch(() => []);
      return Promise.all(
        names
          .filter((name) => name.endsWith('.jsonl'))
          .sort()
          .map((name) => readSamples(join(root, folder, name), join(folder, name))),
      );
    }),
  );
  return lists.flat(2);
}

/** Samples of a file: JSON lines with a `text`, or plain lines. Throws `invalid_input` when it cannot be read. */
export async function readSamples(path: string, name: string): Promise<Sample[]> {
  const content = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('invalid_input', { detail: `${path} cannot be read`, cause });
  });
  return content.split('\n').flatMap((raw, i) => (raw.trim() === '' ? [] : [sampleOf(raw, name, i + 1)]));
}

function sampleOf(raw: string, file: string, line: number): Sample {
  const read = raw.trimStart().startsWith('{') ? row.safeParse(json(raw)) : undefined;
  if (!read) return { file, line, text: raw, context: {} };
  if (!read.success)
    throw new AppError('invalid_input', { detail: `${file}:${line}: expected a JSON object with a "text"` });
  const { text, flagged, hateful, country, place, parent, language, expect } = read.data;
  const expected = flagged ?? expect?.flagged ?? hateful ?? undefined;
  return {
    file,
    line,
    text,
    context: {
      country: country ?? place?.country,
      parent: typeof parent === 'object' ? parent.text : parent,
      language,
    },
    ...(expected !== undefined && { expected }),
  };
}

function json(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

/** Samples that one engine flags and the other does not, or to another level or for other groups, the former first. */
export function flipsOf(samples: readonly Sample[], before: Engine, after: Engine): Flip[] {
  return samples
    .map((sample) => ({
      sample,
      before: shortOf(before.assess(sample.text, sample.context)),
      after: shortOf(after.assess(sample.text, sample.context)),
    }))
    .filter(
      ({ before: a, after: b }) =>
        a.flagged !== b.flagged || a.level !== b.level || a.groups.join() !== b.groups.join(),
    )
    .sort((a, b) => Number(turned(b)) - Number(turned(a)));
}

export const turned = ({ before, after }: Flip): boolean => before.flagged !== after.flagged;

function shortOf({ flagged, level, groups, findings }: Assessment): Short {
  const reasons = findings
    .filter(({ cleared }) => !cleared)
    .map(({ rule, evidence }) => `${rule}: ${evidence.map(({ text }) => text).join(' · ')}`);
  return { flagged, level, groups: [...groups].sort(), reasons: [...new Set(reasons)] };
}
