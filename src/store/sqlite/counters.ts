import type { Session } from './session.js';

export interface Counters {
  add(workspace: string, status: string, by: number): void;
  /** Writes what was added up, one row a counter. */
  apply(): void;
}

/** Counters of posts by status, gathered over one transaction's job so that a batch touches each row once. */
export function createCounters(sql: Session['sql']): Counters {
  const changes = new Map<string, { workspace: string; status: string; by: number }>();
  return {
    add(workspace, status, by) {
      const key = `${workspace} ${status}`;
      const known = changes.get(key);
      if (known) known.by += by;
      else changes.set(key, { workspace, status, by });
    },
    apply() {
      for (const { workspace, status, by } of changes.values()) {
        if (by === 0) continue;
        sql('INSERT INTO post_counts (workspace, status, count) VALUES (?, ?, 0) ON CONFLICT DO NOTHING').run(
          workspace,
          status,
        );
        sql('UPDATE post_counts SET count = count + ? WHERE workspace = ? AND status = ?').run(by, workspace, status);
      }
    },
  };
}
