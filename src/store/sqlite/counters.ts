import type { Facts } from '../facts.js';
import { pageColumns } from './schema.js';
import type { Session } from './session.js';

export interface Tallied {
  workspace: string;
  status: string;
  /** Every value by which the post is found, as [kind, value]. */
  values: [kind: string, value: string][];
}

export interface Counters {
  add(of: Tallied, by: 1 | -1): void;
  /** Writes what was added up, one row a counter. */
  apply(): void;
}

/** What of a post is counted. */
export function tallied(of: Facts): Tallied {
  const { workspace, status } = of;
  if (of.score < 0) return { workspace, status, values: waiting };
  const values: [string, string][] = [...assessed];
  for (const column of pageColumns) {
    const value = of[column];
    if (value !== null) values.push([column, String(value)]);
  }
  for (const [kind, list] of facets(of)) for (const value of list) values.push([kind, value]);
  return { workspace, status, values };
}

export const waiting: Tallied['values'] = [
  ['', ''],
  ['waiting', ''],
];
export const assessed: Tallied['values'] = [
  ['', ''],
  ['assessed', ''],
];

/** Values of which a post may have several, by kind. */
export const facets = (of: Facts) =>
  [
    ['group', of.groups],
    ['ground', of.grounds],
    ['category', of.categories],
  ] as const;

/** Counters of posts, gathered over one transaction's job so that a batch touches each row once. */
export function createCounters(sql: Session['sql']): Counters {
  const changes = new Map<string, { key: [string, string, string, string]; by: number }>();
  return {
    add({ workspace, status, values }, by) {
      for (const [kind, value] of values) {
        const name = `${kind}\0${workspace}\0${status}\0${value}`;
        const known = changes.get(name);
        if (known) known.by += by;
        else changes.set(name, { key: [kind, value, workspace, status], by });
      }
    },
    apply() {
      const [up, down] = [
        'INSERT INTO tallies (kind, value, workspace, status, count) VALUES (?, ?, ?, ?, ?) ' +
          'ON CONFLICT DO UPDATE SET count = count + excluded.count',
        'UPDATE tallies SET count = count + ? WHERE kind = ? AND value = ? AND workspace = ? AND status = ?',
      ];
      for (const { key, by } of changes.values()) {
        if (by > 0) sql(up).run(...key, by);
        if (by < 0) sql(down).run(by, ...key);
      }
    },
  };
}
