import { instant } from '../base/clock.js';
import type { Clock } from '../base/clock.js';
import { AppError } from '../base/errors.js';
import type { AuditEntry, AuditHead, AuditInput } from '../contract/audit.js';
import type { Store } from '../store/port.js';
import { link, nothing } from './link.js';

/** Entries that one write carries at most. */
const batch = 256;
const page = 500;
/** Another process adds to the same chain; this often we look again before we give up. */
const attempts = 50;

export interface AuditChain {
  /** Writes one thing down; resolves when it is durable. Throws what the store throws: then the act must not go on. */
  record(input: AuditInput): Promise<AuditEntry>;
  /** The newest entry; `n` is 0 while there is none. */
  head(): Promise<AuditHead>;
  /** Entries with `n > after`, in order. */
  read(after: number, limit: number): Promise<AuditEntry[]>;
  /**
   * Writes down those inputs whose `seq` lies after every `seq` in the chain, whichever process wrote it, so that an event
   * of the log has one entry at most.
   */
  recordOnce(inputs: (AuditInput & { seq: number })[]): Promise<void>;
  /** The greatest `seq` in the chain. */
  lastSeq(): Promise<number>;
}

interface Waiting {
  input: AuditInput;
  once: boolean;
  resolve: (entry: AuditEntry | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * The writer of the chain. What waits is written together; when another process was faster, the entries are linked anew
 * behind its.
 */
export function createChain({ store, clock }: { store: Pick<Store, 'audit'>; clock: Clock }): AuditChain {
  let known: AuditHead | undefined;
  let knownSeq: number | undefined;
  let waiting: Waiting[] = [];
  let draining: Promise<void> | undefined;

  /** Reads what others added since we looked. */
  async function catchUp(): Promise<AuditHead> {
    if (!known || knownSeq === undefined) {
      known ??= (await store.audit.head()) ?? nothing;
      knownSeq = await greatestSeq(known.n);
    }
    for (;;) {
      const fresh = await store.audit.read(known.n, page);
      for (const { n, hash, seq } of fresh) {
        known = { n, hash };
        if (seq !== undefined && seq > knownSeq) knownSeq = seq;
      }
      if (fresh.length < page) return known;
    }
  }

  /** Back from the end to the newest entry that tells of an event: they come in the order of the log. */
  async function greatestSeq(from: number): Promise<number> {
    for (let end = from; end > 0; end -= page) {
      const entries = await store.audit.read(Math.max(0, end - page), Math.min(page, end));
      const found = entries.findLast(({ seq }) => seq !== undefined)?.seq;
      if (found !== undefined) return found;
    }
    return 0;
  }

  async function write(those: Waiting[]): Promise<void> {
    let left = those;
    for (let attempt = 0; attempt < attempts; attempt++) {
      let head = await catchUp();
      const told = knownSeq ?? 0;
      const due = left.filter(({ input, once }) => !once || (input.seq ?? 0) > told);
      for (const one of left) if (!due.includes(one)) one.resolve(undefined);
      const at = instant(clock);
      const entries = due.map(({ input }) => {
        const entry = link(head, input, at);
        head = { n: entry.n, hash: entry.hash };
        return entry;
      });
      const added = entries.length === 0 ? 0 : await store.audit.append(entries);
      for (let i = 0; i < added; i++) {
        const entry = entries[i] as AuditEntry;
        known = { n: entry.n, hash: entry.hash };
        if (entry.seq !== undefined) knownSeq = Math.max(knownSeq ?? 0, entry.seq);
        due[i]?.resolve(entry);
      }
      left = due.slice(added);
      if (left.length === 0) return;
    }
    throw new AppError('store_unavailable', { detail: 'The audit chain is being written to by too many at once' });
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const those = waiting.splice(0, batch);
      try {
        await write(those);
      } catch (error) {
        // Those that were written are settled already; a second settling changes nothing.
        for (const { reject } of those) reject(error);
        // What the store holds is not sure any more: it is asked afresh.
        known = undefined;
        knownSeq = undefined;
      }
    }
    draining = undefined;
  }

  const enqueue = (input: AuditInput, once: boolean): Promise<AuditEntry | undefined> =>
    new Promise((resolve, reject) => {
      waiting.push({ input, once, resolve, reject });
      draining ??= Promise.resolve().then(drain);
    });

  return {
    async record(input) {
      const entry = await enqueue(input, false);
      if (!entry) throw new AppError('internal', { detail: 'an audit entry was passed over' });
      return entry;
    },
    async recordOnce(inputs) {
      await Promise.all(inputs.map((input) => enqueue(input, true)));
    },
    async head() {
      const newest = await store.audit.head();
      return newest ? { n: newest.n, hash: newest.hash } : nothing;
    },
    read: (after, limit) => store.audit.read(after, limit),
    async lastSeq() {
      await catchUp();
      return knownSeq ?? 0;
    },
  };
}
