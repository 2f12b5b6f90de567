import { constants, existsSync } from 'node:fs';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../base/errors.js';

/** Makes the names in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder and its parents, for this user alone. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first !== undefined) await syncFolder(dirname(first));
}

/**
 * Writes a file once: whole and durable under its name, or not at all. Returns false, and changes nothing, when the name
 * is taken. `draft` names a file beside it that nobody else writes.
 */
export async function writeOnce(path: string, draft: string, write: (file: string) => Promise<void>): Promise<boolean> {
  const folder = dirname(path);
  await makeFolder(folder);
  const aside = join(folder, `.${draft}`);
  try {
    await write(aside);
    try {
      await link(aside, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
    await syncFolder(folder);
    return true;
  } finally {
    await rm(aside, { force: true });
  }
}

/** Writes text into a new file that nobody may change, and has it on the disk. */
export async function writeText(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', 0o400);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a disk says, in words; anything else is no matter of the disk. */
const reasons: Record<string, string> = {
  ENOSPC: 'there is no space on the disk',
  EDQUOT: 'the quota is used up',
  EFBIG: 'the file would become larger than is allowed here',
  EROFS: 'the disk is read-only',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EIO: 'the disk answers with an error',
};

/** Runs what writes below `folder`; what the disk refuses becomes `store_unavailable` with one sentence. */
export async function onDisk<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!existsSync(dirname(folder)))
      throw new AppError('invalid_input', { detail: `There is no folder ${dirname(folder)}`, cause: error });
    const reason = reasons[code];
    if (reason === undefined) throw error;
    throw new AppError('store_unavailable', { detail: `Nothing can be written to ${folder}: ${reason}`, cause: error });
  }
}
