import type { SQLOutputValue } from 'node:sqlite';
import { AppError, VersionConflict } from '../../base/errors.js';
import { postStatuses } from '../../contract/post.js';
import type { Post, PostStatus } from '../../contract/post.js';
import { facts } from '../facts.js';
import type { Facts } from '../facts.js';
import type { Posts } from '../port.js';
import { checkInsert, checkWrite } from '../writes.js';
import { assessed, createCounters, facets, tallied, waiting } from './counters.js';
import type { Counters, Tallied } from './counters.js';
import type { Append } from './log.js';
import { createNumbers } from './numbers.js';
import { readPage } from './page.js';
import { pageColumns } from './schema.js';
import type { Session } from './session.js';
import { readText, readTexts } from './text.js';

type Sql = Session['sql'];

interface Prepared {
  id: string;
  version: number;
  json: string;
  facts: Facts;
  text: string;
}

// Taken when the call is made: the caller may change its objects before the transaction runs.
export const prepare = (post: Post): Prepared => ({
  id: post.id,
  version: post.version,
  json: JSON.stringify(post),
  facts: facts(post),
  text: post.text,
});

export function sqlitePosts(session: Session, append: Append): Posts {
  const { writer, read, sql } = session;
  return {
    insertMany(rows) {
      return attempted(() => {
        const ready = rows.map((row) => {
          checkInsert(row);
          return { ...prepare(row.post), keys: row.dedupe.map((key) => JSON.stringify(key)), events: row.events };
        });
        return writer.run((touch) => {
          const counters = createCounters(sql);
          const numbers = createNumbers(sql);
          const outcomes = ready.map((row) => {
            const first = firstOf(sql, row.keys);
            if (first !== undefined) return { id: first, duplicate: true };
            insert(sql, row, row.keys, counters, numbers);
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
          const numbers = createNumbers(sql);
          for (const row of ready) {
            update(sql, row, row.expected, counters, numbers);
            if (append(row.events) > 0) touch();
          }
          counters.apply();
        });
      });
    },

    async page(request) {
      if (request.filter.q !== undefined) await readTexts(session);
      return read((sql) => readPage(sql, request));
    },

    counts: (workspace) =>
      read((sql) => {
        const counts = Object.fromEntries(postStatuses.map((status) => [status, 0])) as Record<PostStatus, number>;
        for (const row of sql("SELECT workspace, status, count FROM tallies WHERE kind = '' AND value = ''").all())
          if (workspace === undefined || row['workspace'] === workspace)
            counts[String(row['status']) as PostStatus] += Number(row['count']);
        return counts;
      }),

    removeWorkspace: (workspace, events) =>
      writer.run((touch) => {
        sql("UPDATE log SET data = '{}' WHERE post_id IN (SELECT id FROM posts WHERE workspace = ?)").run(workspace);
        sql('DELETE FROM post_text WHERE rowid IN (SELECT n FROM posts WHERE workspace = ? AND text_mark >= 0)').run(
          workspace,
        );
        // Documents, facets and dedupe keys go with the row that they refer to.
        const removed = Number(sql('DELETE FROM posts WHERE workspace = ?').run(workspace).changes);
        sql('DELETE FROM tallies WHERE workspace = ?').run(workspace);
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
  const row = sql('SELECT doc FROM posts JOIN post_docs USING (n) WHERE id = ?').get(id);
  return row && (JSON.parse(String(row['doc'])) as Post);
}

/** Id of the post that holds one of these keys. */
function firstOf(sql: Sql, keys: string[]): string | undefined {
  for (const key of keys) {
    const row = sql('SELECT post FROM post_dedupe WHERE key = ?').get(key);
    // Most keys are new: the post behind one is looked for only where there is one.
    if (row) return String(sql('SELECT id FROM posts WHERE n = ?').get(Number(row['post']))?.['id']);
  }
  return undefined;
}

type Numbers = ReturnType<typeof createNumbers>;

const columnsOf = ({ facts: of, version }: Prepared) =>
  [
    version,
    of.workspace,
    of.status,
    of.level,
    of.language,
    of.country,
    of.admin1,
    of.source,
    of.severity,
    of.score,
  ] as const;

/** Writes a new post with its keys and facets. */
export function insert(sql: Sql, row: Prepared, keys: string[], counters: Counters, numbers: Numbers): void {
  const { id, json, facts: of, text } = row;
  const n = numbers(of.receivedAt);
  const mark = of.score < 0 ? -1 : readText(sql, n, text, of, -1);
  const { changes } = sql(
    'INSERT INTO posts (n, id, version, workspace, status, level, language, country, admin1, source, severity, score, text_mark) ' +
      'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  ).run(n, id, ...columnsOf(row), mark);
  if (changes === 0) throw new AppError('duplicate', { detail: `There is a post ${id} already` });
  sql('INSERT INTO post_docs (n, doc) VALUES (?, ?)').run(n, json);
  for (const key of new Set(keys)) sql('INSERT INTO post_dedupe (key, post) VALUES (?, ?)').run(key, n);
  addFacets(sql, n, of);
  counters.add(tallied(of), 1);
}

function update(sql: Sql, row: Prepared, expected: number, counters: Counters, numbers: Numbers): void {
  const { id, json, facts: of, text } = row;
  const old = sql('SELECT * FROM posts WHERE id = ?').get(id);
  const actual = Number(old?.['version'] ?? 0);
  if (actual !== expected) throw new VersionConflict(`post ${id}`, expected, actual);
  if (!old) {
    insert(sql, row, [], counters, numbers);
    return;
  }
  const n = Number(old['n']);
  counters.add(stored(sql, n, old), -1);
  sql(
    'UPDATE posts SET version = ?, workspace = ?, status = ?, level = ?, language = ?, country = ?, admin1 = ?, source = ?, ' +
      'severity = ?, score = ?, text_mark = ? WHERE n = ?',
  ).run(...columnsOf(row), readText(sql, n, text, of, Number(old['text_mark'])), n);
  sql('UPDATE post_docs SET doc = ? WHERE n = ?').run(json, n);
  sql('DELETE FROM post_facets WHERE post = ?').run(n);
  addFacets(sql, n, of);
  counters.add(tallied(of), 1);
}

/** What is counted of a post as it lies in the store. */
function stored(sql: Sql, n: number, row: Record<string, SQLOutputValue>): Tallied {
  const of = { workspace: String(row['workspace']), status: String(row['status']) };
  if (Number(row['score']) < 0) return { ...of, values: waiting };
  const values = [...assessed];
  for (const column of pageColumns) if (row[column] !== null) values.push([column, String(row[column])]);
  for (const facet of sql('SELECT kind, value FROM post_facets WHERE post = ?').all(n))
    values.push([String(facet['kind']), String(facet['value'])]);
  return { ...of, values };
}

function addFacets(sql: Sql, n: number, of: Facts): void {
  for (const [kind, values] of facets(of))
    for (const value of values)
      sql('INSERT INTO post_facets (kind, value, workspace, status, post, score) VALUES (?, ?, ?, ?, ?, ?)').run(
        kind,
        value,
        of.workspace,
        of.status,
        n,
        of.score,
      );
}
