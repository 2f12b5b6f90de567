import { defineCommand } from 'citty';
import { backupHome, restoreHome } from '../app/backup.js';
import { readConfig } from '../config.js';
import { print } from './print.js';

export const backupCommand = defineCommand({
  meta: {
    name: 'backup',
    description: 'Write one archive of everything, as it stands at one moment, while the service goes on',
  },
  args: {
    file: { type: 'positional', description: 'The archive (tar) to write', required: true },
    secret: {
      type: 'boolean',
      description: 'With the deployment secret',
      negativeDescription: 'Without the deployment secret, to be kept elsewhere: nobody opens what is encrypted',
      default: true,
    },
  },
  async run({ args }) {
    const { files, bytes } = await backupHome(readConfig(process.env), args.file, args.secret);
    await print(
      `${args.file}: ${files} files, ${bytes} bytes${args.secret ? '; the secret is in it: keep it safe' : ''}\n`,
    );
  },
});

export const restoreCommand = defineCommand({
  meta: { name: 'restore', description: 'Put a backup into TOCSIN_HOME; stop the service before' },
  args: {
    file: { type: 'positional', description: 'The archive', required: true },
    force: { type: 'boolean', description: 'Move aside the store that is there', default: false },
  },
  async run({ args }) {
    const { at, files, aside } = await restoreHome(readConfig(process.env), args.file, args.force);
    await print(
      `restored ${files} files as they stood at ${at}${aside === undefined ? '' : `; what was there before is in ${aside}`}\n`,
    );
  },
});
