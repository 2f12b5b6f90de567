import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../base/errors.js';
import type { Folders } from '../lexicon/load.js';

const run = promisify(execFile);

/** One of two sets of packs that are compared. */
export interface PackSide {
  /** How it was named. */
  name: string;
  folders: Folders;
  close(): Promise<void>;
}

/** What of the reference data the engine is compiled from. */
const reference = ['taxonomy', 'levels'];

/**
 * Opens a set of packs: a folder, with the reference data of the product, or a git revision of the lexicons folder, written out beside the
 * reference data of that revision until `close`. Throws `invalid_input` when it is neither.
 *
 * @param here the folders of the working tree
 */
export async function openSide(name: string, here: Folders): Promise<PackSide> {
  const folder = resolve(name);
  if (existsSync(folder))
    return {
      name,
      folders: { lexicons: folder, data: here.data },
      close: () => Promise.resolve(),
    };
  return openRevision(name, here);
}

async function openRevision(name: string, here: Folders): Promise<PackSide> {
  const root = dirname(here.lexicons);
  const git = async (...args: string[]) => (await run('git', ['-C', root, ...args])).stdout.trim();
  let commit: string;
  try {
    // An option in the place of a revision must not be one.
    commit = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
  } catch (cause) {
    throw new AppError('invalid_input', {
      detail: `${name}: expected a folder of packs, or a git revision of ${here.lexicons}`,
      cause,
    });
  }
  const temporary = await mkdtemp(join(tmpdir(), 'tocsin-packs-'));
  const close = () => rm(temporary, { recursive: true, force: true });
  try {
    const packs = basename(here.lexicons);
    const data = basename(here.data);
    // The reference data may lie outside the repository: then the present one serves both.
    const own = dirname(here.data) === root && (await git('ls-tree', '--name-only', commit, `${data}/`)) !== '';
    const archive = join(temporary, 'packs.tar');
    const paths = [packs, ...(own ? reference.map((part) => `${data}/${part}`) : [])];
    await git('archive', '--format=tar', `--output=${archive}`, commit, ...paths);
    await run('tar', ['-xf', archive, '-C', temporary]);
    return {
      name: `${name} (${commit.slice(0, 10)})`,
      folders: { lexicons: join(temporary, packs), data: own ? join(temporary, data) : here.data },
      close,
    };
  } catch (cause) {
    await close();
    throw new AppError('invalid_input', { detail: `${name}: holds no folder ${basename(here.lexicons)}`, cause });
  }
}
