import { basename } from 'node:path';
import { defineCommand } from 'citty';
import type { ArgsDef, CommandDef } from 'citty';
import { AppError } from '../base/errors.js';
import { bytesOf, write } from './files.js';
import { identificationOf, nameRows, printIdentification } from './identification.js';
import type { Identification, Named } from './identification.js';
import type { CommandDeps, OpenedEngine } from './open.js';
import { partKeys } from './outcome.js';
import type { PartKey } from './outcome.js';
import { printable } from './printable.js';
import { printSummary } from './print.js';
import { renderReport } from './report.js';
import { readResults, serialiseResults } from './results.js';
import type { BadRow } from './row.js';
import { evaluate } from './run.js';
import { defaultResamples } from './score.js';
import { summarise } from './summary.js';
import type { Evaluation } from './summary.js';
import { createTargetMatch } from './target.js';

/** Bad rows told one by one; the rest is counted. */
const told = 20;

const meta = {
  name: 'eval',
  description:
    'Measure the engine on labelled texts: JSON lines of {"id", "text", "hateful"?, "lang"?, "label"?, "target"?, "functionality"?, "template"?, "country"?, "parent"?}',
};

const argsDef = {
  files: {
    type: 'positional',
    description: 'One or more JSON Lines files',
    valueHint: 'FILE.jsonl...',
    required: true,
  },
  by: { type: 'enum', options: [...partKeys], description: 'Also score each part apart' },
  report: { type: 'string', description: 'Write a report for people', valueHint: 'out.html' },
  save: { type: 'string', description: 'Write the results, for a later --against', valueHint: 'results.json' },
  against: { type: 'string', description: 'Compare with results saved earlier', valueHint: 'earlier.json' },
  languages: {
    type: 'boolean',
    description: 'Measure only whether the language is named: a table by language and length of text',
  },
  json: { type: 'boolean', description: 'Print the summary as JSON' },
  seed: { type: 'string', description: 'Seed of the intervals', valueHint: 'number', default: '1' },
} as const satisfies ArgsDef;

/** `tocsin eval`: reads sets, puts them through the engine, prints the figures and writes what is asked for. */
export function createEvalCommand({ open, print, complain }: CommandDeps): CommandDef<typeof argsDef> {
  return defineCommand({
    meta,
    args: argsDef,
    async run({ args }) {
      const seed = seedOf(args.seed);
      // Read before the long work: a wrong path should cost nothing.
      const against = args.against === undefined ? undefined : await readResults(args.against);
      const opened = await open();
      if (args.languages) {
        const { identification, bad } = await identifyFiles(args._, opened);
        for (const line of badRows({ bad })) complain(`${line}\n`);
        if (identification.rows.length === 0)
          throw new AppError('invalid_input', { detail: 'No row says its language' });
        await print(
          args.json ? `${JSON.stringify(identification, null, 1)}\n` : `${printIdentification(identification)}\n`,
        );
        return;
      }
      const evaluation = await evaluateFiles(args._, opened);
      for (const line of badRows(evaluation)) complain(`${line}\n`);
      if (evaluation.outcomes.length === 0) throw new AppError('invalid_input', { detail: 'No row could be used' });
      const matches = createTargetMatch(opened.compiled.groups);
      const by = args.by ?? (args.report === undefined ? undefined : capabilityOf(evaluation));
      const summary = summarise(evaluation, { matches, seed, resamples: defaultResamples, by, against });
      if (args.report !== undefined) await write(args.report, renderReport(summary, evaluation.outcomes));
      if (args.save !== undefined) await write(args.save, serialiseResults(evaluation, summary));
      await print(args.json ? `${JSON.stringify(summary, null, 1)}\n` : printSummary(summary));
    },
  });
}

/** What a report is parted by when nobody says: the capabilities that a set tests, or else its labels. */
function capabilityOf({ outcomes }: Evaluation): PartKey | undefined {
  return (['functionality', 'label'] as const).find((key) => outcomes.some((outcome) => outcome[key] !== null));
}

function seedOf(said: string): number {
  if (/^\d{1,9}$/.test(said)) return Number(said);
  throw new AppError('invalid_input', { detail: '--seed: expected a whole number of at most nine digits' });
}

async function identifyFiles(
  paths: readonly string[],
  { engine, compiled }: OpenedEngine,
): Promise<{ identification: Identification; bad: BadRow[] }> {
  const named: Named[] = [];
  const bad: BadRow[] = [];
  for (const path of paths)
    for await (const read of nameRows(path, bytesOf(path), (text) => engine.assess(text)))
      if ('bad' in read) bad.push(read.bad);
      else named.push(read.named);
  return { identification: identificationOf(named, new Set(compiled.packs.map(({ lang }) => lang))), bad };
}

async function evaluateFiles(paths: readonly string[], { engine }: OpenedEngine): Promise<Evaluation> {
  const evaluation: Evaluation = { revision: engine.revision, files: [], bad: [], outcomes: [] };
  for (const [i, path] of paths.entries()) {
    // A short name holds wherever the file lies, so that results of two machines compare; two alike keep their paths.
    const short = basename(path);
    const name = paths.some((other, k) => k !== i && basename(other) === short) ? path : short;
    const file = { name, rows: 0, bad: 0 };
    for await (const read of evaluate(name, bytesOf(path), (text, context) => engine.assess(text, context))) {
      if ('bad' in read) {
        evaluation.bad.push(read.bad);
        file.bad++;
      } else {
        evaluation.outcomes.push(read.outcome);
        file.rows++;
      }
    }
    evaluation.files.push(file);
  }
  return evaluation;
}

function badRows({ bad }: Pick<Evaluation, 'bad'>): string[] {
  const lines = bad.slice(0, told).map(({ file, line, reason }) => `${printable(file)}:${line}: ${printable(reason)}`);
  return bad.length > told ? [...lines, `… and ${bad.length - told} more bad rows`] : lines;
}
