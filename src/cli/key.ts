import { defineCommand } from 'citty';
import { openAccounts } from '../app.js';
import { AppError } from '../base/errors.js';
import { readConfig } from '../config.js';
import { keyInput, keyScopes } from '../contract/account.js';
import { fieldErrors } from '../contract/fields.js';

const addCommand = defineCommand({
  meta: { name: 'add', description: 'Make an API key and print its secret, which is told this once' },
  args: {
    name: { type: 'string', description: 'Who or what uses the key', required: true },
    scope: {
      type: 'string',
      description: `What it may do, joined by commas or repeated: ${keyScopes.join(', ')}`,
      valueHint: 'scopes',
      required: true,
    },
  },
  async run({ args, rawArgs }) {
    const scopes = given(rawArgs, 'scope').flatMap((value) => value.split(','));
    const read = keyInput.safeParse({ name: args.name, scopes: scopes.map((scope) => scope.trim()) });
    if (!read.success) {
      const fields = fieldErrors(read.error);
      const detail = fields
        .map(({ field, expected }) => `--${field.replace(/^scopes.*/, 'scope')}: expected ${expected}`)
        .join('; ');
      throw new AppError('invalid_input', { detail, fields });
    }
    const accounts = await openAccounts(readConfig(process.env));
    try {
      const { secret } = await accounts.keys.add(read.data, 'cli', 'cli');
      process.stdout.write(`${secret}\n`);
    } finally {
      await accounts.close();
    }
  },
});

/** Every value of a repeated option; the parser itself keeps only the last. */
function given(rawArgs: readonly string[], name: string): string[] {
  return rawArgs.flatMap((arg, i) => {
    if (arg.startsWith(`--${name}=`)) return [arg.slice(name.length + 3)];
    return arg === `--${name}` ? [rawArgs[i + 1] ?? ''] : [];
  });
}

export const keyCommand = defineCommand({
  meta: { name: 'key', description: 'API keys of partners (works beside the running service)' },
  subCommands: { add: addCommand },
});
