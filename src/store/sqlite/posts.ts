import { AppError, VersionConflict } from '../../base/errors.js';
import { postStatuses } from '../../contract/post.js';
import type { Post, PostStatus } from '../../contract/post.js';
import { encodeCursor } from '../cursor.js';
import { facts } from '../facts.js';
import type { Facts } from '../facts.js';
import type { Posts } from '../port.js';
import { checkInsert, checkWrite } from '../writes.js';
import { createCounters } from './counters.js';
import type { Counters } from './counters.js';
import type { Append } from './log.js';
import { pageQuery } from './page.js';
import type { Session } from './session.js';

type Sql = Session['sql'];

interface Prepared {
  id: string;
  version: number;
  json: string;
  facts: Facts;
}

// Taken when the call is made: the caller may change its objects before the transaction runs.
export const prepare = (post: Post): Prepared => ({
  id: post.id,
  version: post.version,
  json: JSON.stringify(post),
  facts: facts(post),
});

export function sqlitePosts({ writer, read, sql }: Session, append: Append): Posts {
  return {
    insertMany(rows) {
      return attempted(() => {
        const ready = rows.map((row) => {
          checkInsert(row);
          return { ...prepare(row.post), keys: row.dedupe.map((key) => JSON.stringify(key)), events: row.events };
        });
        return writer.run((touch) => {
          const counters = createCounters(sql);
          const outcomes = ready.map((row) => {
            const first = firstOf(sql, row.keys);
            if (first !== undefined) return { id: first, duplicate: true };
            insert(sql, row, row.keys, counters);
            if (append(row.events) > 0) touch();
            return { id: row.id, duplicate: false };
          });
          counters.apply();
          return outcomes;
        });
      });
    },

    get: (id) => read((sql) => load(sql, id)),
    getMany: (ids) => read((sql) => ids.map((id) => load(sql, id)).filter((post) => post !== undefined)),

    save(writes) {
      return attempted(() => {
        const ready = writes.map((write) => {
          checkWrite(write);
          return { ...prepare(write.doc), expected: write.expectedVersion, events: write.events };
        });
        return writer.run((touch) => {
          const counters = createCounters(sql);
          for (const row of ready) {
            update(sql, row, row.expected, counters);
            if (append(row.events) > 0) touch();
          }
          counters.apply();
        });
      });
    },

    page: (request) =>
      read((sql) => {
        const query = pageQuery(request);
        const rows = sql(query.sql).all(...query.values);
        const items = rows.slice(0, request.limit);
        const last = items.at(-1);
        return {
          items: items.map((row) => JSON.parse(String(row['doc'])) as Post),
          ...(last && rows.length > request.limit
            ? {
                next: encodeCursor(request.order, {
                  score: Number(last['score']),
                  receivedAt: Number(last['received_at']),
                  n: Number(last['n']),
                }),
              }
            : {}),
        };
      }),

    counts: (workspace) =>
      read((sql) => {
        const counts = Object.fromEntries(postStatuses.map((status) => [status, 0])) as Record<PostStatus, number>;
        for (const row of sql('SELECT workspace, status, count FROM post_counts').all())
          if (workspace === undefined || row['workspace'] === workspace)
            counts[String(row['status']) as PostStatus] += Number(row['count']);
        return counts;
      }),

    removeWorkspace: (workspace, events) =>
      writer.run((touch) => {
        sql("UPDATE log SET data = '{}' WHERE post_id IN (SELECT id FROM posts WHERE workspace = ?)").run(workspace);
        // Facets and dedupe keys go with the row that they refer to.
        const removed = Number(sql('DELETE FROM posts WHERE workspace = ?').run(workspace).changes);
        sql('DELETE FROM post_counts WHERE workspace = ?').run(workspace);
        if (append(events) > 0) touch();
        return removed;
      }),
  };
}

/** What fails before the transaction is a rejection as well, never a throw. */
async function attempted<T>(work: () => Promise<T>): Promise<T> {
  return work();
}

function load(sql: Sql, id: string): Post | undefined {
  const row = sql('SELECT doc FROM posts WHERE id = ?').get(id);
  return row && (JSON.parse(String(row['doc'])) as Post);
}

/** Id of the post that holds one of these keys. */
function firstOf(sql: Sql, keys: string[]): string | undefined {
  for (const key of keys) {
    const row = sql('SELECT id FROM post_dedupe JOIN posts ON n = post WHERE key = ?').get(key);
    if (row) return String(row['id']);
  }
  return undefined;
}

/** Writes a new post with its keys and facets. */
export function insert(sql: Sql, { id, version, json, facts: of }: Prepared, keys: string[], counters: Counters): void {
  if (sql('SELECT 1 FROM posts WHERE id = ?').get(id))
    throw new AppError('duplicate', { detail: `There is a post ${id} already` });
  const n = sql(
    'INSERT INTO posts (id, version, workspace, status, level, language, country, source, severity, score, received_at, doc) ' +
      'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ).run(
    id,
    version,
    of.workspace,
    of.status,
    of.level,
    of.language,
    of.country,
    of.source,
    of.severity,
    of.score,
    of.receivedAt,
    json,
  ).lastInsertRowid;
  for (const key of new Set(keys)) sql('INSERT INTO post_dedupe (key, post) VALUES (?, ?)').run(key, n);
  addFacets(sql, Number(n), of);
  counters.add(of.workspace, of.status, 1);
}

function update(sql: Sql, row: Prepared, expected: number, counters: Counters): void {
  const { id, version, json, facts: of } = row;
  const old = sql('SELECT n, version, workspace, status FROM posts WHERE id = ?').get(id);
  const actual = Number(old?.['version'] ?? 0);
  if (actual !== expected) throw new VersionConflict(`post ${id}`, expected, actual);
  if (!old) {
    insert(sql, row, [], counters);
    return;
  }
  const n = Number(old['n']);
  sql(
    'UPDATE posts SET version = ?, workspace = ?, status = ?, level = ?, language = ?, country = ?, source = ?, severity = ?, ' +
      'score = ?, received_at = ?, doc = ? WHERE n = ?',
  ).run(
    version,
    of.workspace,
    of.status,
    of.level,
    of.language,
    of.country,
    of.source,
    of.severity,
    of.score,
    of.receivedAt,
    json,
    n,
  );
  refreshFacets(sql, n, of);
  counters.add(String(old['workspace']), String(old['status']), -1);
  counters.add(of.workspace, of.status, 1);
}

function addFacets(sql: Sql, n: number, { groups, categories }: Facts): void {
  for (const value of groups) sql("INSERT INTO post_facets (kind, value, post) VALUES ('group', ?, ?)").run(value, n);
  for (const value of categories)
    sql("INSERT INTO post_facets (kind, value, post) VALUES ('category', ?, ?)").run(value, n);
}

/** Most saves leave the facets as they are (a decision changes no group): then nothing is written. */
function refreshFacets(sql: Sql, n: number, of: Facts): void {
  const wanted = [...of.groups.map((value) => `group ${value}`), ...of.categories.map((value) => `category ${value}`)];
  const present = sql("SELECT kind || ' ' || value AS facet FROM post_facets WHERE post = ?").all(n);
  const same = new Set(present.map((row) => String(row['facet'])));
  if (same.size === wanted.length && wanted.every((facet) => same.has(facet))) return;
  sql('DELETE FROM post_facets WHERE post = ?').run(n);
  addFacets(sql, n, of);
}
