import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { verifyChain } from '../audit/verify.js';
import type { Verdict } from '../audit/verify.js';
import { AppError } from '../base/errors.js';
import type { Config } from '../config.js';
import type { AuditEntry } from '../contract/audit.js';
import type { Vault } from '../evidence/vault.js';
import { checkDatabase } from '../store/backup/write.js';
import { storePath } from './home.js';
import type { Home, Ports } from './home.js';
import { withVault } from './vault.js';

export interface Fault {
  id: string;
  reason: string;
}

export interface Verified {
  /** What is wrong with the pages of the database. */
  damage?: string;
  chain: Verdict;
  /** Posts that people decided on, against what the chain says of them. */
  posts: { checked: number; faults: Fault[] };
  evidence: { items: number; faults: Fault[] };
}

/**
 * Reads everything that must not have been altered and writes nothing: the pages of the database, the audit chain, the posts
 * that people decided on, every byte of the evidence. What the chain tells of a post or of evidence must be so.
 */
export async function verify(config: Config, published: string | undefined, given: Ports = {}): Promise<Verified> {
  const damage = damageOf(config);
  const check = withVault(
    config,
    async (vault, home) => {
      const told: Told = { evidence: new Map(), posts: new Map(), demoRemoved: 0, lastSeq: 0 };
      const chain = await verifyChain(async (after, limit) => {
        const entries = await home.trail.chain.read(after, limit);
        for (const entry of entries) note(told, entry);
        return entries;
      }, published);
      return {
        ...(damage !== undefined && { damage }),
        chain,
        posts: await checkPosts(home, told),
        evidence: await checkEvidence(vault, told),
      };
    },
    given,
  );
  return check.catch((error: unknown) => {
    // Damaged pages keep the rest from being read: then they are what there is to say.
    throw damage === undefined ? error : new AppError('store_unavailable', { detail: damage, cause: error });
  });
}

function damageOf(config: Config): string | undefined {
  const path = storePath(config.home);
  if (config.store !== 'sqlite' || !existsSync(path)) return undefined;
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: 5_000, readOnly: true });
    checkDatabase(db, path);
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.message : `The database ${path} cannot be read: ${String(error)}`;
  } finally {
    db?.close();
  }
}

/** What the chain says, by what it says it of. */
interface Told {
  /** Hashes of custody events. */
  evidence: Map<string, string[]>;
  /** The last entry that says how a post was left. */
  posts: Map<string, AuditEntry>;
  /** Number of the entry that tells that the demo was removed. */
  demoRemoved: number;
  lastSeq: number;
}

function note(told: Told, entry: AuditEntry): void {
  const { action, target, after } = entry;
  told.lastSeq = Math.max(told.lastSeq, entry.seq ?? 0);
  if (action === 'demo.remove') told.demoRemoved = entry.n;
  if (target === undefined || after === undefined) return;
  if (action.startsWith('evidence.')) told.evidence.set(target, [...(told.evidence.get(target) ?? []), after]);
  if (action === 'decision' || action === 'erase') told.posts.set(target, entry);
}

async function checkPosts({ store, trail }: Home, told: Told): Promise<Verified['posts']> {
  // Decided on while we look: the entry comes yet.
  const pending = new Set(
    (await store.log.read(told.lastSeq, 100_000, ['reviewed', 'erased'])).map(({ postId }) => postId),
  );
  const faults: Fault[] = [];
  const due = [...told.posts].filter(([id]) => !pending.has(id));
  for (const [id, entry] of due) {
    const post = await store.posts.get(id).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'sealed_unreadable') throw error;
      faults.push({ id, reason: error.message });
      return 'unreadable' as const;
    });
    if (post === 'unreadable') continue;
    // A run of the retention rules has one entry for many posts, and removes words only.
    if (post?.erased?.cause === 'retention') continue;
    if (!post) {
      if (entry.n > told.demoRemoved) faults.push({ id, reason: `it is gone, and entry ${entry.n} tells of it` });
    } else if (trail.digest(post) !== entry.after)
      faults.push({
        id,
        reason: `it is not as entry ${entry.n} left it: it was changed outside this program, or the deployment secret is another one`,
      });
  }
  return { checked: due.length, faults };
}

async function checkEvidence(vault: Vault, told: Told): Promise<Verified['evidence']> {
  const { items, faults } = await vault.verify();
  const named = new Set(faults.map(({ id }) => id));
  for (const [id, hashes] of told.evidence) {
    if (named.has(id)) continue;
    const item = await vault.get(id).catch(() => undefined);
    const kept = new Set(item?.custody.map(({ hash }) => hash));
    if (!item) faults.push({ id, reason: 'it is gone from the vault' });
    else if (!hashes.every((hash) => kept.has(hash)))
      faults.push({ id, reason: 'an event of its custody that the audit chain tells of is gone' });
  }
  return { items, faults };
}
