import { defineCommand } from 'citty';
import { atCommandLine } from '../app/home.js';
import { withPrivacy } from '../app/privacy.js';
import { AppError } from '../base/errors.js';
import { readConfig } from '../config.js';
import type { RetentionReport, RetentionRule } from '../contract/retention.js';
import { print } from './print.js';

const config = () => readConfig(process.env);

export const eraseCommand = defineCommand({
  meta: {
    name: 'erase',
    description:
      'Erase the content of one post for good; a tombstone stays, and the audit chain holds (works beside the running service)',
  },
  args: {
    id: { type: 'positional', description: 'Id of the post', required: true },
    reason: { type: 'string', description: 'Why; it is kept, so name nobody', required: true },
  },
  async run({ args }) {
    const { erased } = await withPrivacy(config(), (privacy) => privacy.erase(args.id, args.reason, atCommandLine()));
    await print(`erased ${args.id} at ${erased?.at}\n`);
  },
});

const conditions = {
  level: { type: 'string', description: 'none, bottom, intermediate, top-candidate or top' },
  status: { type: 'string', description: 'e.g. not_hate' },
  source: { type: 'string', description: 'Name of the source' },
  country: { type: 'string', description: 'ISO 3166-1 alpha-3' },
} as const;

/** What was given of the conditions. */
function given({ level, status, source, country }: Partial<Record<keyof typeof conditions, string | undefined>>) {
  return Object.fromEntries(
    Object.entries({ level, status, source, country }).filter(([, value]) => value !== undefined),
  ) as Partial<RetentionRule>;
}

const described = (rule: RetentionRule) =>
  [
    rule.level ?? '*',
    rule.status ?? '*',
    rule.source ?? '*',
    rule.country ?? '*',
    rule.days === null ? 'kept' : `${rule.days} d`,
  ].join('\t');

const runCommand = defineCommand({
  meta: {
    name: 'run',
    description: 'Erase the content of posts whose time is over; counts stay, legal holds are not touched',
  },
  args: { 'dry-run': { type: 'boolean', description: 'Only say what would be erased', default: false } },
  async run({ args }) {
    const report = await withPrivacy(config(), (privacy) => privacy.run(args['dry-run'], atCommandLine()));
    await print(table(report));
  },
});

function table({ dryRun, seen, lines }: RetentionReport): string {
  const due = lines.reduce((sum, line) => sum + line.due, 0);
  const rows = lines.map(({ rule, due, held }) => `${described(rule)}\t${due}\t${held}\n`);
  const head =
    rows.length > 0
      ? `level\tstatus\tsource\tcountry\tkept for\t${dryRun ? 'would be erased' : 'erased'}\theld back\n`
      : '';
  return `${head}${rows.join('')}${dryRun ? 'would erase' : 'erased'} the content of ${due} of ${seen} posts\n`;
}

const showCommand = defineCommand({
  meta: { name: 'show', description: 'List the rules: your own first, then the defaults; the narrower rule wins' },
  async run() {
    const { own, defaults } = await withPrivacy(config(), (privacy) => privacy.rules());
    const line = (whose: string) => (rule: RetentionRule) => `${whose}\t${described(rule)}\t${rule.reason ?? ''}\n`;
    await print(
      [
        'whose\tlevel\tstatus\tsource\tcountry\tkept for\twhy\n',
        ...own.map(line('own')),
        ...defaults.map(line('default')),
      ].join(''),
    );
  },
});

const setCommand = defineCommand({
  meta: { name: 'set', description: 'Add a rule of your own, or replace the one with the same conditions' },
  args: {
    ...conditions,
    days: {
      type: 'string',
      description: 'How long posts that meet all conditions are kept, or "kept"',
      required: true,
    },
    reason: { type: 'string', description: 'Why' },
  },
  async run({ args }) {
    const days = args.days === 'kept' ? null : /^\d+$/.test(args.days) ? Number(args.days) : undefined;
    if (days === undefined)
      throw new AppError('invalid_input', { detail: '--days: expected a whole number of days, or "kept"' });
    const rule = { ...given(args), days, ...(args.reason !== undefined && { reason: args.reason }) };
    await print(`${described(await withPrivacy(config(), (privacy) => privacy.setRule(rule)))}\n`);
  },
});

const unsetCommand = defineCommand({
  meta: { name: 'unset', description: 'Take a rule of your own away' },
  args: conditions,
  run: ({ args }) => withPrivacy(config(), (privacy) => privacy.unsetRule(given(args))),
});

export const retentionCommand = defineCommand({
  meta: { name: 'retention', description: 'How long the content of posts is kept (works beside the running service)' },
  subCommands: { run: runCommand, show: showCommand, set: setCommand, unset: unsetCommand },
});
