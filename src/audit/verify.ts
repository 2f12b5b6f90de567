import type { AuditEntry, AuditHead } from '../contract/audit.js';
import { hashOf, nothing } from './link.js';

const page = 1_000;

export interface Verdict {
  /** Entries that were walked and found whole. */
  entries: number;
  head: AuditHead;
  /** The first link that does not hold. */
  broken?: { n: number; reason: string };
  /** Numbers of entries whose time lies before that of the one before: a clock was set back. No break. */
  setBack: number[];
}

/**
 * Walks the chain from its beginning to its end or to the first link that does not hold: an entry that was changed, is
 * missing, or was put in. An end that was cut off shows only against a head that was published: give it as `head`.
 */
export async function verifyChain(
  read: (after: number, limit: number) => Promise<AuditEntry[]>,
  published?: string,
): Promise<Verdict> {
  let head = nothing;
  let before = '';
  let seen = published === undefined || published === nothing.hash;
  const setBack: number[] = [];
  const verdict = (broken?: Verdict['broken']): Verdict => ({
    entries: head.n,
    head,
    ...(broken && { broken }),
    setBack,
  });
  for (;;) {
    const entries = await read(head.n, page);
    for (const entry of entries) {
      const reason = fault(entry, head);
      if (reason !== undefined) return verdict({ n: head.n + 1, reason });
      if (entry.at < before) setBack.push(entry.n);
      before = entry.at;
      head = { n: entry.n, hash: entry.hash };
      seen ||= entry.hash === published;
    }
    if (entries.length < page) break;
  }
  return seen
    ? verdict()
    : verdict({
        n: head.n + 1,
        reason: `the head ${published} that was published is not in the chain: entries after ${head.n} were cut off or the chain was written anew`,
      });
}

function fault(entry: AuditEntry, head: AuditHead): string | undefined {
  if (entry.n !== head.n + 1)
    return entry.n > head.n ? `the entry is missing; the next one is ${entry.n}` : `its number is ${entry.n}`;
  if (entry.prev !== head.hash) return `it does not follow on entry ${head.n}, whose hash is ${head.hash}`;
  if (entry.hash !== hashOf(entry)) return `its content was changed: "${entry.action}" of ${entry.at}`;
  return undefined;
}
