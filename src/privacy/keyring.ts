import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../base/errors.js';

/**
 * Keys that were made since the first ones, which come from the deployment secret. Of pseudonyms only the newest is kept:
 * without the old one nobody can link an old pseudonym to a name any more. Of fields the old ones stay, to read with.
 */
export const keyringFile = z.strictObject({
  pseudonyms: z.strictObject({ id: z.int().min(2), secret: z.string().min(43) }).exactOptional(),
  fields: z.array(z.strictObject({ id: z.int().min(2), secret: z.string().min(43) })).default([]),
});
export type KeyringFile = z.infer<typeof keyringFile>;
export const keyUses = ['pseudonyms', 'fields'] as const;
export type KeyUse = (typeof keyUses)[number];

/** Something encrypted: AES-256-GCM with a fresh nonce, and the id of the key. */
export interface Sealed {
  key: number;
  /** Nonce, tag and ciphertext, base64url. */
  data: string;
}

export interface Keyring {
  /** Keyed pseudonym: the same author under the same key gives the same value, and nobody without the key can try names. */
  pseudonym(author: string): string;
  /** `about` says what it belongs to; opened for anything else it is refused. */
  seal(text: string, about: string): Sealed;
  /** Throws `internal` when it was changed, belongs to something else, or its key is not here. */
  open(sealed: Sealed, about: string): string;
}

const nonceBytes = 12;
const tagBytes = 16;

export function createKeyring(deploymentSecret: string, file: KeyringFile = { fields: [] }): Keyring {
  // The names of the first keys are those under which older stores wrote.
  const first = (use: KeyUse) => derive(deploymentSecret, use);
  const names = file.pseudonyms ?? { id: 1, secret: first('pseudonyms') };
  const fields = new Map<number, Buffer>([[1, fieldKey(first('fields'))]]);
  for (const { id, secret } of file.fields) fields.set(id, fieldKey(secret));
  const current = Math.max(...fields.keys());
  return {
    pseudonym(author) {
      const value = createHmac('sha256', names.secret).update(author.normalize('NFC')).digest('base64url').slice(0, 22);
      return names.id === 1 ? value : `${names.id}.${value}`;
    },
    seal(text, about) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', fields.get(current)!, nonce).setAAD(Buffer.from(about));
      const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return { key: current, data: Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64url') };
    },
    open({ key, data }, about) {
      const secret = fields.get(key);
      if (!secret) throw unreadable(`it was encrypted with key ${key}, which is not in the keyring`);
      const bytes = Buffer.from(data, 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, nonceBytes), {
          authTagLength: tagBytes,
        })
          .setAAD(Buffer.from(about))
          .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
        return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString(
          'utf8',
        );
      } catch (error) {
        throw unreadable(`it was changed, or the deployment secret is another one`, error);
      }
    },
  };
}

const unreadable = (why: string, cause?: unknown) =>
  new AppError('sealed_unreadable', { detail: `The words of a restricted post cannot be read: ${why}`, cause });

/** A new key for this use. Rotating pseudonyms forgets the old key for good. */
export function rotated(file: KeyringFile, use: KeyUse, secret: string): KeyringFile {
  if (use === 'pseudonyms') return { ...file, pseudonyms: { id: (file.pseudonyms?.id ?? 1) + 1, secret } };
  return { ...file, fields: [...file.fields, { id: Math.max(1, ...file.fields.map(({ id }) => id)) + 1, secret }] };
}

function derive(secret: string, use: string): string {
  return Buffer.from(hkdfSync('sha256', secret, 'tocsin', use, 32)).toString('base64url');
}

const fieldKey = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'tocsin', 'field key', 32));
