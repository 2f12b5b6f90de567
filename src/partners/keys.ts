import { instant } from '../base/clock.js';
import type { Clock } from '../base/clock.js';
import { AppError } from '../base/errors.js';
import { sha256 } from '../base/ids.js';
import type { Ids } from '../base/ids.js';
import type { ApiKey, ApiKeyView, KeyInput } from '../contract/account.js';
import type { Actor, RecordAct } from '../contract/audit.js';
import type { Store } from '../store/port.js';

export interface KeysDeps {
  store: Store;
  clock: Clock;
  ids: Ids;
  /** Writes down what is done to keys, before it is done. */
  record: RecordAct;
  /** Told of every use. */
  used: (id: string) => Promise<void>;
}

export interface Keys {
  /** Makes a key. The secret is in this answer and nowhere else. `kind`: what `by` names, a person unless said otherwise. */
  add(input: KeyInput, by: string, kind?: Actor['kind']): Promise<{ key: ApiKeyView; secret: string }>;
  list(): Promise<ApiKeyView[]>;
  /** Ends a key at once. Throws `not_found`. */
  revoke(id: string, by: string, kind?: Actor['kind']): Promise<ApiKeyView>;
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
export function createKeys({ store, clock, ids, record, used }: KeysDeps): Keys {
  let byHash = new Map<string, ApiKey>();
  let readAt = Number.NEGATIVE_INFINITY;

  /** A clock that was set back must not make old news fresh. */
  const since = (at: number) => Math.abs(clock.now() - at);

  async function refresh(): Promise<void> {
    const all = await store.keys.list();
    byHash = new Map(all.filter((key) => !key.revokedAt).map((key) => [key.hash, key]));
    readAt = clock.now();
  }

  return {
    async add(input, by, kind = 'user') {
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
      const detail = { scopes: key.scopes.join(' ') };
      await record({ action: 'key.create', actor: { kind, id: by }, target: key.id, detail });
      await store.keys.put(key);
      await refresh();
      return { key: view(key), secret };
    },
    async list() {
      return (await store.keys.list()).map(view);
    },
    async revoke(id, by, kind = 'user') {
      const key = await store.keys.get(id);
      if (!key) throw new AppError('not_found', { detail: `there is no key ${id}` });
      if (!key.revokedAt) await record({ action: 'key.revoke', actor: { kind, id: by }, target: id });
      const revoked: ApiKey = key.revokedAt ? key : { ...key, revokedAt: instant(clock) };
      await store.keys.put(revoked);
      await refresh();
      return view(revoked);
    },
    async verify(secret) {
      if (!secret.startsWith(prefix)) return undefined;
      if (since(readAt) > staleMs) await refresh();
      const hash = sha256(secret);
      if (!byHash.has(hash) && since(readAt) > lookAgainMs) await refresh();
      const key = byHash.get(hash);
      if (key) await used(key.id);
      return key;
    },
  };
}
