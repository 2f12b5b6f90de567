import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { instant } from '../base/clock.js';
import type { Clock } from '../base/clock.js';
import { AppError } from '../base/errors.js';
import type { Ids } from '../base/ids.js';
import type { Config } from '../config.js';
import type { RecordAct } from '../contract/audit.js';
import type { EvidenceItem } from '../contract/evidence.js';
import { refuseExisting, writeBag } from '../evidence/bag.js';
import type { Bag } from '../evidence/bag.js';
import { capturePost } from '../evidence/post.js';
import { createVault } from '../evidence/vault.js';
import type { Vault } from '../evidence/vault.js';
import { atCommandLine, withHome } from './home.js';
import type { Home, Ports } from './home.js';

/** The vault below the home; none for a store that lives in memory. */
export function openVault(
  config: Config,
  { clock, ids, record }: { clock: Clock; ids: Ids; record: RecordAct },
): Vault | undefined {
  if (config.store === 'memory') return undefined;
  return createVault({ folder: join(config.home, 'vault'), clock, ids, record, version: config.version });
}

/** Works on the vault of `config.home` without the service; it may run meanwhile. */
export function withVault<T>(
  config: Config,
  work: (vault: Vault, home: Home) => Promise<T>,
  given: Ports = {},
): Promise<T> {
  return withHome(
    config,
    (home) => {
      const vault = openVault(config, { clock: home.clock, ids: home.ids, record: home.trail.record });
      if (!vault) throw new AppError('internal', { detail: 'a store on disk has a vault' });
      return work(vault, home);
    },
    given,
  );
}

/** Takes a file into the vault as it is. Throws `invalid_input` when there is none. */
export async function captureFile(config: Config, file: string, input: object, hold?: string): Promise<EvidenceItem> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new AppError('invalid_input', { detail: `There is no file ${file}` });
  return withVault(config, (vault) =>
    vault.capture(createReadStream(file), { name: basename(file), ...input }, atCommandLine(), hold),
  );
}

/** Takes a post into the vault as it stands in the store. Throws `not_found`. */
export function captureStored(config: Config, id: string, reason: string, hold?: string): Promise<EvidenceItem> {
  return withVault(config, async (vault, { store }) => {
    const post = await store.posts.get(id);
    if (!post) throw new AppError('not_found', { detail: `There is no post ${id}` });
    return capturePost(vault, post, reason, atCommandLine(), hold);
  });
}

/** Writes a package of these items, or of all; in each one's custody first. Throws `not_found`, `duplicate`, `evidence_damaged`. */
export function exportEvidence(
  config: Config,
  wanted: readonly string[],
  folder: string,
  reason: string,
): Promise<Bag> {
  return withVault(config, async (vault, { clock }) => {
    const ids = wanted.length > 0 ? wanted : (await vault.list()).map(({ id }) => id);
    if (ids.length === 0) throw new AppError('not_found', { detail: 'There is no evidence yet' });
    const actor = atCommandLine();
    refuseExisting(resolve(folder));
    // All are looked at before one is written down as exported.
    for (const id of ids) {
      const { sha256, bytes } = await vault.get(id);
      const fault = await vault.objects.check(sha256, bytes);
      if (fault !== undefined)
        throw new AppError('evidence_damaged', { detail: `Nothing was exported: ${id}: ${fault}` });
    }
    const items: EvidenceItem[] = [];
    for (const id of ids) items.push(await vault.noteExport(id, reason, actor));
    return writeBag(resolve(folder), items, vault.objects, {
      at: instant(clock),
      by: `${actor.kind} ${actor.id}`,
      reason,
      version: config.version,
    });
  });
}
