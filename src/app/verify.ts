import { verifyChain } from '../audit/verify.js';
import type { Verdict } from '../audit/verify.js';
import type { Config } from '../config.js';
import type { Ports } from './home.js';
import { withVault } from './vault.js';

export interface Verified {
  chain: Verdict;
  evidence: { items: number; faults: { id: string; reason: string }[] };
}

/**
 * Walks the audit chain of the store in `config.home` and reads every byte of its evidence again; writes nothing. What the
 * chain tells of evidence must be in its custody: an end that was cut off there, or an item that is gone, shows so.
 */
export function verify(config: Config, published: string | undefined, given: Ports = {}): Promise<Verified> {
  return withVault(
    config,
    async (vault, { trail }) => {
      const told = new Map<string, string[]>();
      const chain = await verifyChain(async (after, limit) => {
        const entries = await trail.chain.read(after, limit);
        for (const { action, target, after: hash } of entries)
          if (action.startsWith('evidence.') && target !== undefined && hash !== undefined)
            told.set(target, [...(told.get(target) ?? []), hash]);
        return entries;
      }, published);
      const { items, faults } = await vault.verify();
      const named = new Set(faults.map(({ id }) => id));
      for (const [id, hashes] of told) {
        if (named.has(id)) continue;
        const item = await vault.get(id).catch(() => undefined);
        const kept = new Set(item?.custody.map(({ hash }) => hash));
        if (!item) faults.push({ id, reason: 'it is gone from the vault' });
        else if (!hashes.every((hash) => kept.has(hash)))
          faults.push({ id, reason: 'an event of its custody that the audit chain tells of is gone' });
      }
      return { chain, evidence: { items, faults } };
    },
    given,
  );
}
