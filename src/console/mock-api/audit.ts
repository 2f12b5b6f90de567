import { auditActions } from '../../contract/audit.js';
import type { Actor, AuditEntry, AuditPage, AuditQuery, AuditState } from '../../contract/audit.js';

export interface MockAudit {
  entries: AuditEntry[];
  broken?: { n: number; reason: string };
}

const actors: Actor[] = [
  { kind: 'user', id: 'amina' },
  { kind: 'user', id: 'admin' },
  { kind: 'cli', id: 'root' },
  { kind: 'key', id: '01MOCKKEY' },
  { kind: 'system', id: 'retention' },
];
const hash = (n: number) => n.toString(16).padStart(4, '0').repeat(16);

/** A hundred and thirty invented acts, one of each kind first, a quarter of an hour apart. */
export function inventAudit(now: number, posts: readonly string[]): MockAudit {
  const count = 130;
  const entries = Array.from({ length: count }, (_, at): AuditEntry => {
    const action = at < auditActions.length ? auditActions[at]! : at % 3 === 0 ? 'read' : 'decision';
    return {
      n: at + 1,
      at: new Date(now - (count - at) * 900_000).toISOString(),
      action,
      actor: actors[at % actors.length]!,
      target: posts[at % posts.length]!,
      ...(action === 'decision' && { detail: { decision: 'confirm' } }),
      prev: hash(at),
      hash: hash(at + 1),
    };
  });
  return { entries };
}

const headOf = ({ entries }: MockAudit) => {
  const last = entries.at(-1);
  return { n: last?.n ?? 0, hash: last?.hash ?? hash(0) };
};

/** Newest first, as the console asks for it. */
export function auditPageOf(
  audit: MockAudit,
  { action, actor, before = Infinity, limit }: AuditQuery,
  users: readonly { id: string; name: string }[],
): AuditPage {
  const found = audit.entries
    .toReversed()
    .filter(
      (entry) =>
        entry.n < before &&
        (action === undefined || entry.action === action) &&
        (actor === undefined || entry.actor.id === actor),
    );
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    head: headOf(audit),
    names: Object.fromEntries(users.map(({ id, name }) => [id, name])),
    ...(last && found.length > limit && { next: last.n }),
  };
}

export const auditStateOf = (audit: MockAudit, checkedAt: string): AuditState => ({
  entries: audit.broken ? audit.broken.n - 1 : audit.entries.length,
  head: headOf(audit),
  setBack: [],
  checkedAt,
  ...(audit.broken && { broken: audit.broken }),
});
