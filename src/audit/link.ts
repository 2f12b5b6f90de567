import { sha256 } from '../base/ids.js';
import type { AuditEntry, AuditHead, AuditInput } from '../contract/audit.js';
import { chainStart } from '../contract/audit.js';
import { canonicalJson } from '../contract/canonical.js';

/** Where a chain begins. */
export const nothing: AuditHead = { n: 0, hash: chainStart };

/** The hash an entry must have: over everything in it but the hash itself. */
export function hashOf({ hash: _hash, ...rest }: AuditEntry): string {
  return sha256(canonicalJson(rest));
}

/** The entry that comes after `head`, written down `at`. */
export function link(head: AuditHead, input: AuditInput, at: string): AuditEntry {
  // Named one by one: whoever acts may know more of themselves than is to be written down.
  const actor = { kind: input.actor.kind, id: input.actor.id };
  const entry = { ...input, actor, at, n: head.n + 1, prev: head.hash, hash: '' };
  return { ...entry, hash: hashOf(entry) };
}
