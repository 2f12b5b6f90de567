import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.js';
import type { Actor } from '../contract/audit.js';
import { retentionRules } from '../contract/retention.js';
import type { Vault } from '../evidence/vault.js';
import { createPrivacyRoom } from '../privacy/privacy.js';
import type { Privacy } from '../privacy/privacy.js';
import { atCommandLine } from './home.js';
import type { Home, Ports } from './home.js';
import { auditedSettings } from './trail.js';
import { withVault } from './vault.js';

/** What the service forgets, with the default rules of `data/retention` and the legal holds of the vault. */
export function createPrivacy(
  config: Config,
  { store, raw, trail, clock }: Home,
  vault: Vault | undefined,
  actor: Actor = { kind: 'system', id: 'service' },
): Privacy {
  return createPrivacyRoom({
    store,
    raw,
    settings: auditedSettings(store.settings, trail, actor),
    clock,
    held: async () => vault?.heldPosts() ?? new Set(),
    digest: trail.digest,
    record: trail.record,
    defaults: async () =>
      retentionRules.parse(JSON.parse(await readFile(join(config.folders.data, 'retention', 'rules.json'), 'utf8'))),
  });
}

/** Works on what is to be forgotten without the service; it may run meanwhile. What was erased is in the audit chain then. */
export function withPrivacy<T>(config: Config, work: (privacy: Privacy) => Promise<T>, given: Ports = {}): Promise<T> {
  return withVault(
    config,
    async (vault, home) => {
      const result = await work(createPrivacy(config, home, vault, atCommandLine()));
      await home.trail.follower.catchUp();
      return result;
    },
    given,
  );
}
