import { instant } from '../base/clock.js';
import type { Clock } from '../base/clock.js';
import { AppError } from '../base/errors.js';
import { sha256 } from '../base/ids.js';
import type { Ids } from '../base/ids.js';
import type { ApiKey, ApiKeyView, KeyInput } from '../contract/account.js';
import type { Store } from '../store/port.js';

export interface KeysDeps {
  store: Store;
  clock: Clock;
  ids: Ids;
}

export interface Keys {
  /** Makes a key. The secret is in this answer and nowhere else. */
  add(input: KeyInput, by: string): Promise<{ key: ApiKeyView; secret: string }>;
  list(): Promise<ApiKeyView[]>;
  /** Ends a key at once. Throws `not_found`. */
  revoke(id: string, by: string): Promise<ApiKeyView>;
  /** The key this secret belongs to, unless it was revoked. */
  verify(secret: string): Promise<ApiKey | undefined>;
}

const prefix = 'tocsin_';
/** How long a key that another process revoked may go on here. */
const staleMs = 2_000;
/** An unknown secret makes us look again, as another process may have made it; a flood of wrong ones does so ten times a second. */
const lookAgainMs = 100;

const view = ({ hash: _hash, ...rest }: ApiKey): ApiKeyView => rest;

/**
 * API keys of partners. 256 random bits each, so a plain SHA-256 is enough at rest and a look-up by hash leaks nothing by its time: what
 * an attacker can vary is the secret, and the hash of a wrong one tells nothing of a right one.
 */
export function createKeys({ store, clock, ids }: KeysDeps): Keys {
  let byHash = new Map<string, ApiKey>();
  let readAt = Number.NEGATIVE_INFINITY;

  async function refresh(): Promise<void> {
    const all = await store.keys.list();
    byHash = new Map(all.filter((key) => !key.revokedAt).map((key) => [key.hash, key]));
    readAt = clock.now();
  }

  return {
    async add(input, by) {
      const secret = `${prefix}${ids.secret(32)}`;
      const key: ApiKey = {
        id: ids.ulid(),
        name: input.name,
        scopes: [...new Set(input.scopes)],
        hash: sha256(secret),
        prefix: secret.slice(0, prefix.length + 5),
        createdAt: instant(clock),
        createdBy: by,
      };
      await store.keys.put(key);
      await refresh();
      return { key: view(key), secret };
    },
    async list() {
      return (await store.keys.list()).map(view);
    },
    async revoke(id) {
      const key = await store.keys.get(id);
      if (!key) throw new AppError('not_found', { detail: `there is no key ${id}` });
      const revoked: ApiKey = key.revokedAt ? key : { ...key, revokedAt: instant(clock) };
      await store.keys.put(revoked);
      await refresh();
      return view(revoked);
    },
    async verify(secret) {
      if (!secret.startsWith(prefix)) return undefined;
      if (clock.now() - readAt > staleMs) await refresh();
      const hash = sha256(secret);
      if (!byHash.has(hash) && clock.now() - readAt > lookAgainMs) await refresh();
      return byHash.get(hash);
    },
  };
}
