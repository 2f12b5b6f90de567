import { readFile } from 'node:fs/promises';
import { defineCommand } from 'citty';
import { captureFile, captureStored, exportEvidence, withVault } from '../app/vault.js';
import { atCommandLine } from '../app/home.js';
import { AppError } from '../base/errors.js';
import { readConfig } from '../config.js';
import type { EvidenceItem } from '../contract/evidence.js';
import { print } from './print.js';

const config = () => readConfig(process.env);
const reason = { type: 'string', description: 'Why, in words that a court would read', required: true } as const;
const id = { type: 'positional', description: 'Id of the item', required: true } as const;
const line = ({ id, capturedAt, held, bytes, sha256, name, url }: EvidenceItem) =>
  `${[id, capturedAt, held ? 'held' : '-', bytes, sha256, name ?? url ?? ''].join('\t')}\n`;

const addCommand = defineCommand({
  meta: { name: 'add', description: 'Take a file in as it is, or a post as it stands in the store; prints the item' },
  args: {
    file: { type: 'positional', description: 'The file, in its original bytes', required: false },
    post: { type: 'string', description: 'Id of the post it belongs to; without a file the post itself is taken in' },
    url: { type: 'string', description: 'Exact address it was taken from' },
    platform: { type: 'string', description: 'Where it was posted' },
    'platform-id': { type: 'string', description: 'Its id there' },
    origin: { type: 'string', description: 'Where it is from when it was never online' },
    mime: { type: 'string', description: 'Media type, e.g. image/png' },
    headers: { type: 'string', description: 'File with the header lines as the server sent them', valueHint: 'file' },
    published: { type: 'string', description: 'When it claims to have been published, ISO 8601' },
    method: { type: 'string', description: 'How it was taken', default: 'file given at the command line' },
    'legal-basis': { type: 'string', description: 'On what basis it is kept' },
    note: { type: 'string', description: 'Why it is taken in' },
    hold: { type: 'string', description: 'Put it under legal hold at once, for this reason', valueHint: 'reason' },
  },
  async run({ args }) {
    if (args.file === undefined) {
      const { post: wanted, note } = args;
      if (wanted === undefined)
        throw new AppError('invalid_input', { detail: 'Give a file, or --post with the id of a post' });
      const item = await captureStored(config(), wanted, note ?? 'taken in at the command line', args.hold);
      return print(line(item));
    }
    const given = {
      url: args.url,
      platform: args.platform,
      platformId: args['platform-id'],
      offlineOrigin: args.origin,
      mime: args.mime,
      headers: args.headers === undefined ? undefined : await readHeaders(args.headers),
      publishedAtClaimed: args.published,
      method: args.method,
      legalBasis: args['legal-basis'],
      note: args.note,
      post: args.post,
    };
    const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return print(line(await captureFile(config(), args.file, said, args.hold)));
  },
});

/** `Name: value` lines; the status line is kept under an empty name. */
async function readHeaders(file: string): Promise<[string, string][]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new AppError('invalid_input', { detail: `--headers: there is no file ${file}` });
  });
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const at = line.indexOf(':');
      return at > 0 ? [line.slice(0, at).trim(), line.slice(at + 1).trim()] : ['', line.trim()];
    });
}

const listCommand = defineCommand({
  meta: { name: 'list', description: 'List the items: id, captured, held or -, bytes, SHA-256, name' },
  run: async () => print((await withVault(config(), (vault) => vault.list())).map(line).join('')),
});

const holdCommand = defineCommand({
  meta: { name: 'hold', description: 'Put an item, and the post it belongs to, under legal hold' },
  args: { id, reason },
  run: async ({ args }) =>
    print(line(await withVault(config(), (vault) => vault.hold(args.id, args.reason, atCommandLine())))),
});

const releaseCommand = defineCommand({
  meta: { name: 'release', description: 'Take the legal hold away' },
  args: { id, reason },
  run: async ({ args }) =>
    print(line(await withVault(config(), (vault) => vault.release(args.id, args.reason, atCommandLine())))),
});

const exportCommand = defineCommand({
  meta: {
    name: 'export',
    description:
      'Write a BagIt package that sha256sum -c checks; of all items, or of those that are named after the folder',
  },
  args: {
    folder: { type: 'positional', description: 'Folder to make', required: true },
    reason,
  },
  async run({ args }) {
    const wanted = args._.slice(1);
    const { folder, files, bytes } = await exportEvidence(config(), wanted, args.folder, args.reason);
    await print(
      `${folder}: ${files} files, ${bytes} bytes; check it there with: sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt\n`,
    );
  },
});

export const evidenceCommand = defineCommand({
  meta: { name: 'evidence', description: 'Original bytes with their custody (works beside the running service)' },
  subCommands: {
    add: addCommand,
    list: listCommand,
    hold: holdCommand,
    release: releaseCommand,
    export: exportCommand,
  },
});
