import { describe, expect, it } from '@jest/globals';
import { createKeyring, rotated } from '../../src/privacy/keyring.js';
import type { KeyringFile } from '../../src/privacy/keyring.js';

const secret = 'a'.repeat(43);
const other = 'b'.repeat(43);

describe('pseudonyms', () => {
  it('are the same for the same author and key, and tell nothing without the key', () => {
    const ring = createKeyring(secret);
    expect(ring.pseudonym('ann')).toMatch(/^[\w-]{22}$/);
    expect(ring.pseudonym('ann')).toBe(createKeyring(secret).pseudonym('ann'));
    expect(ring.pseudonym('e\u0301')).toBe(ring.pseudonym('\u00e9'));
    expect(new Set([ring.pseudonym('ann'), ring.pseudonym('bob'), createKeyring(other).pseudonym('ann')]).size).toBe(3);
  });

  it('begin anew with a new key, whose id they carry, and the old key is gone', () => {
    const file = rotated(rotated({ fields: [] }, 'pseudonyms', other), 'pseudonyms', secret);
    expect(file).toEqual({ fields: [], pseudonyms: { id: 3, secret } });
    const value = createKeyring(other, file).pseudonym('ann');
    expect(value).toMatch(/^3\.[\w-]{22}$/);
    expect(value.slice(2)).not.toBe(createKeyring(other).pseudonym('ann'));
  });
});

describe('encryption', () => {
  const text = 'ብዙ words \u0000 and a \uFFFD';

  it('gives the text back, and never the same bytes twice', () => {
    const ring = createKeyring(secret);
    const [one, two] = [ring.seal(text, 'post 1'), ring.seal(text, 'post 1')];
    expect(one.data).not.toBe(two.data);
    expect(ring.open(one, 'post 1')).toBe(text);
    expect(Buffer.from(one.data, 'base64url').includes('words')).toBe(false);
  });

  it('finds every changed byte, another place and another key', () => {
    const ring = createKeyring(secret);
    const sealed = ring.seal(text, 'post 1');
    const bytes = Buffer.from(sealed.data, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(() => ring.open({ ...sealed, data: changed.toString('base64url') }, 'post 1')).toThrow('it was changed');
    }
    for (const data of ['', 'AAAA', sealed.data.slice(0, 20)])
      expect(() => ring.open({ ...sealed, data }, 'post 1')).toThrow('it was changed');
    expect(() => ring.open(sealed, 'post 2')).toThrow('it was changed');
    expect(() => createKeyring(other).open(sealed, 'post 1')).toThrow(
      'it was changed, or the deployment secret is another one',
    );
    expect(() => ring.open({ ...sealed, key: 7 }, 'post 1')).toThrow(
      'it was encrypted with key 7, which is not in the keyring',
    );
  });

  it('goes on with a new key, and reads what the older ones wrote', () => {
    const first = createKeyring(secret);
    const old = first.seal(text, 'x');
    let file: KeyringFile = { fields: [] };
    file = rotated(file, 'fields', other);
    const second = createKeyring(secret, file);
    const middle = second.seal(text, 'x');
    file = rotated(file, 'fields', 'c'.repeat(43));
    const third = createKeyring(secret, file);
    expect([old.key, middle.key, third.seal(text, 'x').key]).toEqual([1, 2, 3]);
    for (const sealed of [old, middle]) expect(third.open(sealed, 'x')).toBe(text);
  });
});
