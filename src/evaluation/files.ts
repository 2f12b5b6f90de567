import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { AppError } from '../base/errors.js';

/** A file of the user's that cannot be used is a fault of the input, told in a sentence with the platform's reason. */
function unusable(path: string, what: string, cause: unknown): AppError {
  const reason = typeof cause === 'object' && cause !== null && 'message' in cause ? cause.message : cause;
  return new AppError('invalid_input', { detail: `${path} cannot be ${what}: ${String(reason)}`, cause });
}

/** The bytes of a file, piece by piece. */
export async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path) as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw unusable(path, 'read', cause);
  }
}

/** The value of a JSON file. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw unusable(path, 'read', cause);
  }
}

export async function write(path: string, content: string): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (cause) {
    throw unusable(path, 'written', cause);
  }
}
