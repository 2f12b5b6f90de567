import { dirname } from 'node:path';
import { defineCommand } from 'citty';
import type { ArgsDef, CommandDef } from 'citty';
import { diffPacks } from '../lexicon/diff.js';
import type { EntryChange, FieldChange } from '../lexicon/diff.js';
import type { CacheDeps } from '../lexicon/cache.js';
import type { Folders } from '../lexicon/load.js';
import { flipsOf, ownSamples, readSamples, turned } from './flips.js';
import type { Flip, Short } from './flips.js';
import { openEngine } from './open.js';
import { openSide } from './pack-side.js';
import { printable } from './printable.js';

/** Signs of a value that are shown. */
const shown = 160;
const signs = { added: '+', removed: '-', changed: '~' } as const;

const argsDef = {
  a: { type: 'positional', description: 'Folder or git revision before', default: 'HEAD', required: false },
  b: { type: 'positional', description: 'Folder or git revision after; the packs as they lie here', required: false },
  texts: {
    type: 'string',
    description: 'Texts to judge by both, one a line or JSON lines with "text"; instead of the own sentences',
    valueHint: 'FILE',
  },
  json: { type: 'boolean', description: 'Print as JSON' },
} as const satisfies ArgsDef;

export interface DiffDeps {
  folders: () => Folders & { cache: CacheDeps };
  print: (text: string) => Promise<void>;
}

export interface PacksDiff {
  before: string;
  after: string;
  changes: EntryChange[];
  texts: number;
  flips: Flip[];
}

/** `tocsin packs diff A B`: what changed by entry and field, and which verdicts are others for it. */
export function createDiffCommand({ folders, print }: DiffDeps): CommandDef<typeof argsDef> {
  return defineCommand({
    meta: { name: 'diff', description: 'Show what changed between two sets of packs, and which verdicts flip' },
    args: argsDef,
    async run({ args }) {
      const { cache, ...here } = folders();
      const diff = await diffOf(args.a, args.b ?? here.lexicons, here, cache, args.texts);
      await print(args.json ? `${JSON.stringify(diff, null, 1)}\n` : printDiff(diff));
    },
  });
}

/** Compares two sets of packs. @param texts path of a file of texts; the own sentences without it */
export async function diffOf(
  a: string,
  b: string,
  here: Folders,
  cache: CacheDeps,
  texts?: string,
): Promise<PacksDiff> {
  const samples = texts === undefined ? await ownSamples(dirname(here.lexicons)) : await readSamples(texts, texts);
  const before = await openSide(a, here);
  try {
    const after = await openSide(b, here);
    try {
      const changes = await diffPacks(before.folders.lexicons, after.folders.lexicons);
      const flips =
        changes.length === 0 && before.folders.data === after.folders.data
          ? []
          : flipsOf(
              samples,
              (await openEngine(before.folders, cache)).engine,
              (await openEngine(after.folders, cache)).engine,
            );
      return { before: before.name, after: after.name, changes, texts: samples.length, flips };
    } finally {
      await after.close();
    }
  } finally {
    await before.close();
  }
}

/** The difference for a terminal. */
export function printDiff({ before, after, changes, texts, flips }: PacksDiff): string {
  const lines = [`${printable(before)} → ${printable(after)}`];
  for (const lang of new Set(changes.map((change) => change.lang))) {
    const own = changes.filter((change) => change.lang === lang);
    const count = (kind: EntryChange['kind']) => own.filter((change) => change.kind === kind).length;
    lines.push('', `${lang}: ${count('added')} added, ${count('removed')} removed, ${count('changed')} changed`);
    for (const { kind, file, line, id, title, fields } of own) {
      lines.push(`${signs[kind]} ${file}:${line} ${[id, title].filter(Boolean).map(printable).join(' ')}`);
      for (const field of fields) lines.push(`    ${fieldLine(field)}`);
    }
  }
  if (changes.length === 0) lines.push('', 'The packs are the same.');
  const flagged = flips.filter(turned);
  lines.push(
    '',
    `${texts} texts judged by both: ${flagged.length} flip, ${flips.length - flagged.length} change in level or groups`,
  );
  for (const flip of flips) lines.push(...flipLines(flip));
  return `${lines.join('\n')}\n`;
}

function fieldLine({ field, before, after }: FieldChange): string {
  if (Array.isArray(before) && Array.isArray(after)) {
    const parts = [
      before.length > 0 ? `− ${before.map(show).join(', ')}` : '',
      after.length > 0 ? `+ ${after.map(show).join(', ')}` : '',
    ].filter(Boolean);
    return `${field}: ${parts.length > 0 ? parts.join('  ') : 'in another order'}`;
  }
  return `${field}: ${show(before)} → ${show(after)}`;
}

function show(value: unknown): string {
  if (value === undefined) return '(none)';
  const text = printable(JSON.stringify(value));
  return text.length > shown ? `${text.slice(0, shown)}…` : text;
}

function flipLines({ sample, before, after }: Flip): string[] {
  const { file, line, text, expected } = sample;
  const what =
    before.flagged === after.flagged
      ? `${shortLine(before)} → ${shortLine(after)}`
      : after.flagged
        ? 'flagged now'
        : 'no longer flagged';
  const right =
    expected === undefined || before.flagged === after.flagged
      ? ''
      : after.flagged === expected
        ? ', as meant'
        : ', NOT as meant';
  const reasons = (after.flagged ? after : before).reasons.slice(0, 2).map((reason) => `    ${printable(reason)}`);
  return [`${printable(file)}:${line}: ${what}${right}: ${printable(text)}`, ...reasons];
}

const shortLine = ({ level, groups }: Short) => `${level} ${groups.join(', ') || 'nobody'}`;
