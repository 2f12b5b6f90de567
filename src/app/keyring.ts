import type { Config } from '../config.js';
import { rotated } from '../privacy/keyring.js';
import type { KeyUse } from '../privacy/keyring.js';
import { atCommandLine, withHome } from './home.js';
import type { Ports } from './home.js';
import { readKeyring, writeKeyring } from './keyring-file.js';

/** Makes a new key; a running service takes it at its next start. Returns the key's id. */
export function rotateKey(config: Config, use: KeyUse, given: Ports = {}): Promise<number> {
  return withHome(
    config,
    async ({ ids, trail }) => {
      const next = rotated(readKeyring(config.home) ?? { fields: [] }, use, ids.secret(32));
      const id = use === 'pseudonyms' ? next.pseudonyms?.id : next.fields.at(-1)?.id;
      await trail.record({ action: 'secret.rotate', actor: atCommandLine(), target: use, detail: { key: id ?? 0 } });
      writeKeyring(config.home, next, ids.ulid());
      return id ?? 0;
    },
    given,
  );
}
