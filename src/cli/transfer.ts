import { defineCommand } from 'citty';
import { exportStore, importStore, migrateStore } from '../app/transfer.js';
import { readConfig } from '../config.js';
import { print } from './print.js';
import { progressLine, spoken } from './progress.js';

const config = () => readConfig(process.env);

export const exportCommand = defineCommand({
  meta: {
    name: 'export',
    description:
      'Write the store as JSON lines, the same for every kind of store, people with their hashed passwords included. The secret and evidence are not in it: use backup for those',
  },
  args: { file: { type: 'positional', description: 'Where to; - is standard output', required: true } },
  run: ({ args }) => exportStore(config(), args.file === '-' ? process.stdout : args.file),
});

export const importCommand = defineCommand({
  meta: { name: 'import', description: 'Fill an empty store from an export; one that was broken off goes on' },
  args: { file: { type: 'positional', description: 'The export', required: true } },
  async run({ args }) {
    const line = progressLine(process.stderr);
    const done = await importStore(config(), args.file, line.tell);
    line.end();
    await print(`imported ${spoken(done)}\n`);
  },
});

export const migrateCommand = defineCommand({
  meta: {
    name: 'migrate',
    description:
      'Move everything from one store into another, empty one, with a progress line; stop the service before',
  },
  args: {
    from: { type: 'string', description: 'sqlite:FOLDER, mongodb://… or a .jsonl file', required: true },
    to: { type: 'string', description: 'sqlite:FOLDER, mongodb://… or a .jsonl file', required: true },
  },
  async run({ args }) {
    const line = progressLine(process.stderr);
    const done = await migrateStore(config(), args.from, args.to, line.tell);
    line.end();
    await print(`moved ${spoken(done)}\n`);
  },
});
