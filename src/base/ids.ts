import { createHash, randomBytes } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import type { Clock } from './clock.js';

/** Ids and randomness come in through this port so that every test is deterministic. */
export interface Ids {
  /** A ULID: 26 characters, sortable by time, strictly increasing within one process. */
  ulid(): string;
  /** `bytes` random bytes as base64url, for secrets that are shown once. */
  secret(bytes: number): string;
}

export function randomIds(clock: Clock): Ids {
  const next = monotonicFactory();
  return {
    ulid: () => next(clock.now()),
    secret: (bytes) => randomBytes(bytes).toString('base64url'),
  };
}

/** Ids that are the same in every run: for tests. */
export function seededIds(seed: string): Ids {
  let count = 0;
  const digest = () => createHash('sha256').update(`${seed}:${count++}`).digest();
  return {
    ulid: () => `01${(++count).toString(32).toUpperCase().padStart(24, '0')}`,
    secret: (bytes) => {
      const chunks: Buffer[] = [];
      while (Buffer.concat(chunks).length < bytes) chunks.push(digest());
      return Buffer.concat(chunks).subarray(0, bytes).toString('base64url');
    },
  };
}

/** SHA-256 as lower-case hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
