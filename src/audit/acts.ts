import type { Clock } from '../base/clock.js';
import type { Principal } from '../contract/account.js';
import type { Actor, RecordAct } from '../contract/audit.js';
import { isRestricted } from '../contract/post.js';
import type { Post } from '../contract/post.js';

const hour = 3_600_000;
/** Remembered at most; whoever falls out is written down once more. */
const maxRemembered = 50_000;

export interface Acts {
  /** A key was used: written down once for each key and day. */
  keyUsed(id: string): Promise<void>;
  /** Posts were shown: for each restricted one an entry, once for each reader, post and hour. */
  read(principal: Principal, posts: readonly Post[]): Promise<void>;
}

export const actorOf = (principal: Principal): Actor => ({ kind: principal.kind, id: principal.id });

/** Acts that happen many times over and are written down once in a while. */
export function createActs({ record, clock }: { record: RecordAct; clock: Clock }): Acts {
  const until = new Map<string, { from: number; to: number }>();

  /** Whether this is due; it is due again after `until`. */
  const due = (name: string, next: number): boolean => {
    const now = clock.now();
    const last = until.get(name);
    // Before `from` the clock was set back: then it is due again rather than not for long.
    if (last && now >= last.from && now < last.to) return false;
    until.delete(name);
    const oldest = until.keys().next();
    if (until.size >= maxRemembered && !oldest.done) until.delete(oldest.value);
    until.set(name, { from: now, to: next });
    return true;
  };

  /** What could not be written is due again. */
  const once = async (name: string, next: number, write: () => Promise<unknown>): Promise<void> => {
    if (!due(name, next)) return;
    try {
      await write();
    } catch (error) {
      until.delete(name);
      throw error;
    }
  };

  return {
    async keyUsed(id) {
      const now = clock.now();
      const nextDay = now - (now % (24 * hour)) + 24 * hour;
      await once(`key ${id}`, nextDay, () => record({ action: 'key.use', actor: { kind: 'key', id }, target: id }));
    },
    async read(principal, posts) {
      await Promise.all(
        posts
          .filter(isRestricted)
          .map(({ id }) =>
            once(`read ${principal.id} ${id}`, clock.now() + hour, () =>
              record({ action: 'read', actor: actorOf(principal), target: id }),
            ),
          ),
      );
    },
  };
}
