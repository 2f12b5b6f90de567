import { defineCommand } from 'citty';
import { rotateKey } from '../app/keyring.js';
import { readConfig } from '../config.js';
import { print } from './print.js';

const uses = {
  pseudonyms: 'new posts get pseudonyms that nobody can link to the old ones; the old key is gone for good',
  fields: 'restricted posts are encrypted with it from now on; the older keys stay, to read with',
} as const;

const rotateCommand = defineCommand({
  meta: { name: 'rotate', description: 'Make a new key; the running service takes it at its next start' },
  args: {
    use: {
      type: 'enum',
      options: ['pseudonyms', 'fields'],
      description: 'pseudonyms of authors, or encryption of restricted posts',
      required: true,
    },
  },
  async run({ args }) {
    const use = args.use === 'fields' ? 'fields' : 'pseudonyms';
    await print(
      `key ${await rotateKey(readConfig(process.env), use)} for ${use}: ${uses[use]}; restart the service, and back up\n`,
    );
  },
});

export const secretCommand = defineCommand({
  meta: { name: 'secret', description: 'Keys that belong to this deployment' },
  subCommands: { rotate: rotateCommand },
});
