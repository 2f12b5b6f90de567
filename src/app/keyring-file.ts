import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../base/errors.js';
import { keyringFile } from '../privacy/keyring.js';
import type { KeyringFile } from '../privacy/keyring.js';

const pathOf = (home: string) => join(home, 'keyring.json');

/** Keys made since the first ones; nothing while none was. Throws `invalid_input` when the file holds something else. */
export function readKeyring(home: string): KeyringFile | undefined {
  const path = pathOf(home);
  if (!existsSync(path)) return undefined;
  try {
    return keyringFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new AppError('invalid_input', {
      detail: `${path} does not hold a keyring; restore it from your backup: what was encrypted with it cannot be read without.`,
      cause: error,
    });
  }
}

/** Whole or not at all, and on the disk: what is encrypted with a key that was lost is lost. */
export function writeKeyring(home: string, ring: KeyringFile, draft: string): void {
  const path = pathOf(home);
  const aside = `${path}.${draft}`;
  try {
    const file = openSync(aside, 'wx', 0o600);
    try {
      writeSync(file, `${JSON.stringify(ring, undefined, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(aside, path);
  } finally {
    rmSync(aside, { force: true });
  }
}
