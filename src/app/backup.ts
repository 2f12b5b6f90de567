import { resolve } from 'node:path';
import { instant } from '../base/clock.js';
import { AppError } from '../base/errors.js';
import type { Config } from '../config.js';
import { onDisk } from '../evidence/files.js';
import { restoreBackup } from '../store/backup/restore.js';
import { writeBackup } from '../store/backup/write.js';
import { atCommandLine, ports, refuseMemory, withHome } from './home.js';
import type { Ports } from './home.js';

/** What belongs to a deployment besides its database. */
const secrets = ['secret', 'keyring.json'];
const others = ['vault'];

function refuseOthers(config: Config): void {
  refuseMemory(config);
  if (config.store !== 'sqlite')
    throw new AppError('invalid_input', {
      detail: `A backup is for TOCSIN_STORE=sqlite; with ${config.store} use the tools of the database, and export for the contents.`,
    });
}

/** Writes a backup of the home while the service goes on; without the secret nobody can open what is encrypted in it. */
export function backupHome(
  config: Config,
  file: string,
  withSecret: boolean,
  given: Ports = {},
): Promise<{ files: number; bytes: number }> {
  refuseOthers(config);
  return withHome(
    config,
    async ({ trail, clock }) => {
      await trail.follower.catchUp();
      await trail.record({ action: 'backup', actor: atCommandLine(), detail: { secret: withSecret } });
      const names = withSecret ? [...secrets, ...others] : others;
      const path = resolve(file);
      return onDisk(path, () =>
        writeBackup({ home: config.home, names, file: path, at: instant(clock), release: config.version }),
      );
    },
    given,
  );
}

/** Puts a backup into the home, and writes down that it did. */
export async function restoreHome(
  config: Config,
  file: string,
  force: boolean,
  given: Ports = {},
): Promise<{ at: string; files: number; aside?: string }> {
  refuseOthers(config);
  const { ids } = ports(config, given);
  const done = await onDisk(config.home, () =>
    restoreBackup({ file: resolve(file), home: config.home, names: [...secrets, ...others], stamp: ids.ulid(), force }),
  );
  await withHome(
    config,
    ({ trail }) => trail.record({ action: 'restore', actor: atCommandLine(), detail: { madeAt: done.at } }),
    given,
  );
  return done;
}
