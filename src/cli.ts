import { stripVTControlCharacters } from 'node:util';
import { defineCommand, renderUsage, runCommand } from 'citty';
import type { ArgsDef, CommandDef } from 'citty';
import { readConfig } from './config.js';
import { fail } from './main.js';

const main = defineCommand({
  meta: {
    name: 'tocsin',
    description: 'Hate-speech and incitement monitoring: machines propose with reasons, people decide',
  },
  // Loaded when they are called for: the service alone needs half of the house.
  subCommands: {
    serve: async () => (await import('./cli/serve.js')).serveCommand,
    classify: async () => (await import('./cli/classify.js')).classifyCommand,
    explain: async () => (await import('./cli/explain.js')).explainCommand,
    eval: async () => (await import('./cli/eval.js')).evalCommand,
    packs: async () => (await import('./cli/packs.js')).packsCommand,
    user: async () => (await import('./cli/user.js')).userCommand,
    evidence: async () => (await import('./cli/evidence.js')).evidenceCommand,
    verify: async () => (await import('./cli/verify.js')).verifyCommand,
    erase: async () => (await import('./cli/privacy.js')).eraseCommand,
    retention: async () => (await import('./cli/privacy.js')).retentionCommand,
    secret: async () => (await import('./cli/secret.js')).secretCommand,
    backup: async () => (await import('./cli/backup.js')).backupCommand,
    restore: async () => (await import('./cli/backup.js')).restoreCommand,
    export: async () => (await import('./cli/transfer.js')).exportCommand,
    import: async () => (await import('./cli/transfer.js')).importCommand,
    migrate: async () => (await import('./cli/transfer.js')).migrateCommand,
    key: async () => (await import('./cli/key.js')).keyCommand,
  },
});

/** Descends to the command the words name, for its help. */
async function find(words: string[]): Promise<[CommandDef, CommandDef | undefined]> {
  let command: CommandDef = main;
  let parent: CommandDef | undefined;
  for (const word of words) {
    const subCommands = (await resolve(command.subCommands)) ?? {};
    const next = Object.hasOwn(subCommands, word) ? await resolve(subCommands[word]) : undefined;
    if (!next) break;
    [parent, command] = [command, next];
  }
  return [command, parent];
}

/** A misspelt option must not be passed over in silence. */
function refuseUnknown(args: string[], known: ArgsDef): void {
  for (const arg of args) {
    const name = /^--([^=]+)/.exec(arg)?.[1];
    if (name === undefined || Object.hasOwn(known, name)) continue;
    if (name.startsWith('no-') && known[name.slice(3)]?.type === 'boolean') continue;
    throw Object.assign(new Error(`there is no option --${name}`), { name: 'CLIError' });
  }
}

async function resolve<T>(value: T | Promise<T> | (() => T | Promise<T>)): Promise<T> {
  return typeof value === 'function' ? (value as () => T | Promise<T>)() : value;
}

/** The colours are for a terminal. */
function print(to: NodeJS.WriteStream, text: string): void {
  to.write(`${to.isTTY ? text : stripVTControlCharacters(text)}\n`);
}

async function run(args: string[]): Promise<void> {
  const words = args.filter((arg) => !arg.startsWith('-'));
  if (args.length === 0 || args.includes('--help') || args.includes('-h')) {
    print(process.stdout, await renderUsage(...(await find(words))));
  } else if (args[0] === '--version') {
    process.stdout.write(`${readConfig(process.env).version}\n`);
  } else {
    const [command, parent] = await find(words);
    try {
      refuseUnknown(args, (await resolve(command.args)) ?? {});
      await runCommand(main, { rawArgs: args });
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'CLIError') throw error;
      print(process.stderr, `tocsin: ${error.message}\n\n${await renderUsage(command, parent)}`);
      process.exitCode = 1;
    }
  }
}

// What a command writes, the database above all, is nobody else's to read.
process.umask(0o077);
await run(process.argv.slice(2)).catch(fail);
