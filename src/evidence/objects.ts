import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { makeFolder, syncFolder } from './files.js';

/** Original bytes by their SHA-256: written once, never changed, equal bytes kept once. */
export interface Objects {
  /** Takes the bytes in; resolves when they are durable. */
  put(bytes: Readable | AsyncIterable<Uint8Array>, draft: string): Promise<{ sha256: string; bytes: number }>;
  path(sha256: string): string;
  /** Reads the bytes again; says what is wrong with them, or nothing. */
  check(sha256: string, bytes: number): Promise<string | undefined>;
}

export function createObjects(folder: string): Objects {
  const path = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
  return {
    path,
    async put(source, draft) {
      await makeFolder(folder);
      // The name is known only at the end.
      const aside = join(folder, `.${draft}`);
      const hash = createHash('sha256');
      let bytes = 0;
      try {
        const handle = await open(aside, 'wx', 0o400);
        try {
          for await (const chunk of source as AsyncIterable<Uint8Array>) {
            hash.update(chunk);
            bytes += chunk.length;
            await handle.writeFile(chunk);
          }
          await handle.sync();
        } finally {
          await handle.close();
        }
        const sha256 = hash.digest('hex');
        const target = path(sha256);
        await makeFolder(dirname(target));
        try {
          await link(aside, target);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
        await syncFolder(dirname(target));
        return { sha256, bytes };
      } finally {
        await rm(aside, { force: true });
      }
    },
    async check(sha256, bytes) {
      try {
        const { size } = await stat(path(sha256));
        if (size !== bytes) return `its original has ${size} bytes, not ${bytes}`;
        const found = await hashFile(path(sha256));
        return found === sha256 ? undefined : `its original was changed: the SHA-256 of its bytes is ${found}`;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'its original is missing';
        throw error;
      }
    },
  };
}

/** SHA-256 of a file as lower-case hex. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
