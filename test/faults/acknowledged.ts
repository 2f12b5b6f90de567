/** What a writer says was acknowledged. */
export type Acknowledged =
  | { posts: string[] }
  | { decided: string; version: number }
  | { erased: string }
  | { key: string }
  | { revoked: string }
  | { setting: number }
  | { audit: number; hash: string }
  | { evidence: string; custody: number };

/** Everything that was acknowledged over all runs. */
export interface Ledger {
  posts: Set<string>;
  /** Version each post had after the last decision. */
  decided: Map<string, number>;
  erased: Set<string>;
  keys: Set<string>;
  revoked: Set<string>;
  setting: number;
  settings: number;
  audit: Map<number, string>;
  /** Length of the custody of each item. */
  evidence: Map<string, number>;
}

export const emptyLedger = (): Ledger => ({
  posts: new Set(),
  decided: new Map(),
  erased: new Set(),
  keys: new Set(),
  revoked: new Set(),
  setting: 0,
  settings: 0,
  audit: new Map(),
  evidence: new Map(),
});

export function enter(ledger: Ledger, what: Acknowledged): void {
  if ('posts' in what) for (const id of what.posts) ledger.posts.add(id);
  else if ('decided' in what) ledger.decided.set(what.decided, what.version);
  else if ('erased' in what) ledger.erased.add(what.erased);
  else if ('key' in what) ledger.keys.add(what.key);
  else if ('revoked' in what) ledger.revoked.add(what.revoked);
  else if ('setting' in what) {
    ledger.setting = Math.max(ledger.setting, what.setting);
    ledger.settings += 1;
  } else if ('audit' in what) ledger.audit.set(what.audit, what.hash);
  else ledger.evidence.set(what.evidence, what.custody);
}
