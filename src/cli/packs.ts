import { relative } from 'node:path';
import { defineCommand } from 'citty';
import { checkLexicons, newPack, packCoverage, packStats } from '../app.js';
import { createLog } from '../base/log.js';
import { readConfig } from '../config.js';
import { createDiffCommand } from '../evaluation/packs-diff.js';
import { print } from './print.js';

const checkCommand = defineCommand({
  meta: { name: 'check', description: 'Say what is wrong with the lexicon packs, by file, line and field' },
  async run() {
    const { problems, notes, summary } = await checkLexicons(readConfig(process.env));
    for (const { file, line, field, message } of notes)
      process.stdout.write(`note: ${file}:${line}: ${field}: ${message}\n`);
    for (const { file, line, field, message } of problems)
      process.stdout.write(`${file}:${line}: ${field}: ${message}\n`);
    process.stdout.write(`${typeof summary === 'string' ? summary : JSON.stringify(summary)}\n`);
    if (problems.length > 0) process.exitCode = 1;
  },
});

/** Rows as columns; numbers to the right. */
function table(head: string[], rows: (string | number)[][]): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => String(row[i]).length)));
  return all
    .map((row) =>
      row
        .map((cell, i) => (typeof cell === 'number' ? String(cell).padStart(widths[i]!) : cell.padEnd(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const statsCommand = defineCommand({
  meta: { name: 'stats', description: 'Show what is in each lexicon pack' },
  async run() {
    const stats = await packStats(readConfig(process.env));
    const head = [
      'pack',
      'name',
      'status',
      'entries',
      'forms',
      'names',
      'terms',
      'unverified',
      'predicates',
      'cues',
      'sources',
    ];
    const rows = stats.map((pack) => [
      pack.lang,
      pack.name,
      pack.status,
      pack.entries,
      pack.forms,
      pack.groups,
      pack.terms,
      pack.unverified,
      pack.predicates,
      pack.cues,
      pack.sources,
    ]);
    await print(`${table(head, rows)}\n${stats.length} packs\n`);
  },
});

const coverageCommand = defineCommand({
  meta: { name: 'coverage', description: 'Show for each group of a country the names and terms its packs hold' },
  args: { country: { type: 'positional', description: 'ISO 3166-1 alpha-3, e.g. ETH', required: true } },
  async run({ args }) {
    const country = args.country.toUpperCase();
    const rows = await packCoverage(readConfig(process.env), country);
    if (!rows) {
      process.stderr.write(
        `tocsin: no pack is for "${args.country}"; expected an ISO 3166-1 alpha-3 code, such as ETH\n`,
      );
      process.exitCode = 1;
      return;
    }
    const lines = rows.map(({ group, names, terms, gap, reason }) => [
      group.ground,
      group.id,
      group.names['eng'] ?? group.id,
      names,
      terms,
      gap ? (reason ? `none (${reason.status}): ${reason.reason}` : 'none, and no reason why') : '',
    ]);
    await print(`${table(['ground', 'group', 'name', 'names', 'terms', ''], lines)}\n`);
    const gaps = rows.filter(({ gap }) => gap);
    const open = gaps.filter(({ reason }) => reason?.status !== 'accepted').length;
    await print(
      `${rows.length} groups, ${gaps.length} without a term beside a counterpart that has many (${open} to fill)\n`,
    );
  },
});

const list = (said: string | undefined) =>
  (said ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const newCommand = defineCommand({
  meta: {
    name: 'new',
    description: 'Begin a pack: files that "packs check" accepts, and a page that says how to fill them',
  },
  args: {
    lang: { type: 'positional', description: 'ISO 639-3, e.g. kau', required: true },
    name: { type: 'string', description: 'English name of the language' },
    script: { type: 'string', description: 'ISO 15924, several with commas', default: 'Latn' },
    countries: { type: 'string', description: 'ISO 3166-1 alpha-3, several with commas', valueHint: 'NGA,NER' },
  },
  async run({ args }) {
    const { lang, name } = args;
    const scripts = list(args.script);
    const written = await newPack(readConfig(process.env), { lang, name, scripts, countries: list(args.countries) });
    await print(written.map((path) => `${relative(process.cwd(), path)}\n`).join(''));
  },
});

const diffCommand = createDiffCommand({
  folders: () => {
    const { folders, home, log } = readConfig(process.env);
    return { lexicons: folders.lexicons, data: folders.data, cache: { home, log: createLog(log) } };
  },
  print,
});

export const packsCommand = defineCommand({
  meta: { name: 'packs', description: 'Work on lexicon packs' },
  subCommands: {
    check: checkCommand,
    stats: statsCommand,
    coverage: coverageCommand,
    diff: diffCommand,
    new: newCommand,
  },
});
