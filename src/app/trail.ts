import { createHmac } from 'node:crypto';
import type { Clock } from '../base/clock.js';
import type { Log } from '../base/log.js';
import type { Actor, RecordAct } from '../contract/audit.js';
import { canonicalJson } from '../contract/canonical.js';
import { createActs } from '../audit/acts.js';
import type { Acts } from '../audit/acts.js';
import { createChain } from '../audit/chain.js';
import type { AuditChain } from '../audit/chain.js';
import { createFollower } from '../audit/follow.js';
import type { Follower } from '../audit/follow.js';
import type { Settings, Store } from '../store/port.js';

/** What is written down of what happens in this process. */
export interface Trail {
  chain: AuditChain;
  follower: Follower;
  acts: Acts;
  record: RecordAct;
  /**
   * Keyed digest of a thing, which only this deployment can compute: a plain one would let anybody try out what an erased
   * post said.
   */
  digest(value: unknown): string;
}

export function createTrail({ store, clock, log, key }: { store: Store; clock: Clock; log: Log; key: string }): Trail {
  const chain = createChain({ store, clock });
  const record: RecordAct = (input) => chain.record(input);
  return {
    chain,
    record,
    follower: createFollower({ store, chain, log }),
    acts: createActs({ record, clock }),
    digest: (value) => createHmac('sha256', key).update(canonicalJson(value)).digest('hex'),
  };
}

/** How far the demo came changes every few seconds; that somebody removed it has an entry of its own. */
const unremarkable = new Set(['demo']);

/** Settings whose every change is written down before it is made. */
export function auditedSettings(
  settings: Settings,
  { record, digest }: Pick<Trail, 'record' | 'digest'>,
  actor: Actor,
): Settings {
  return {
    get: (name) => settings.get(name),
    async set(name, value) {
      if (!unremarkable.has(name)) {
        const [before, after] = [digest((await settings.get(name)) ?? null), digest(value)];
        if (before !== after) await record({ action: 'setting.change', actor, target: name, before, after });
      }
      await settings.set(name, value);
    },
  };
}

/** Writes down that other words are in force than at the last start. */
export async function noteLexicon(settings: Settings, record: RecordAct, revision: string): Promise<void> {
  const name = 'lexiconRevision';
  const before = await settings.get(name);
  if (before === revision) return;
  await record({
    action: 'lexicon.change',
    actor: { kind: 'system', id: 'start' },
    ...(typeof before === 'string' && { before }),
    after: revision,
  });
  await settings.set(name, revision);
}
