import { setImmediate as breathe } from 'node:timers/promises';
import { instant } from '../base/clock.js';
import type { Clock } from '../base/clock.js';
import type { AuditState } from '../contract/audit.js';
import type { AuditChain } from './chain.js';
import { verifyChain } from './verify.js';

/**
 * Says whether the chain holds, walked from its first entry. Whoever asks while a walk is under way gets its answer: a long chain is not
 * walked by several at once, and nobody else waits for it.
 */
export function createInspector({ chain, clock }: { chain: Pick<AuditChain, 'read'>; clock: Clock }): {
  inspect(): Promise<AuditState>;
} {
  let walking: Promise<AuditState> | undefined;
  const walk = async (): Promise<AuditState> => {
    const checkedAt = instant(clock);
    const verdict = await verifyChain(async (after, limit) => {
      await breathe();
      return chain.read(after, limit);
    });
    return { ...verdict, checkedAt };
  };
  return {
    inspect() {
      walking ??= walk().finally(() => {
        walking = undefined;
      });
      return walking;
    },
  };
}
