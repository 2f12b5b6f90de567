import { defineCommand } from 'citty';
import { checkLexicons } from '../app.js';
import { readConfig } from '../config.js';

const checkCommand = defineCommand({
  meta: { name: 'check', description: 'Say what is wrong with the lexicon packs, by file, line and field' },
  async run() {
    const { problems, summary } = await checkLexicons(readConfig(process.env));
    for (const { file, line, field, message } of problems)
      process.stdout.write(`${file}:${line}: ${field}: ${message}\n`);
    process.stdout.write(`${typeof summary === 'string' ? summary : JSON.stringify(summary)}\n`);
    if (problems.length > 0) process.exitCode = 1;
  },
});

export const packsCommand = defineCommand({
  meta: { name: 'packs', description: 'Work on lexicon packs' },
  subCommands: { check: checkCommand },
});
