import type { SQLOutputValue } from 'node:sqlite';
import { VersionConflict } from '../../base/errors.js';
import { postStatuses } from '../../contract/post.js';
import type { Post, PostStatus } from '../../contract/post.js';
import type { Posts } from '../port.js';
import { checkInsert, checkWrite } from '../writes.js';
import { assessed, createCounters, tallied, waiting } from './counters.js';
import type { Counters, Tallied } from './counters.js';
import { addFacets, columnsOf, holders, insertPosts, prepare } from './insert.js';
import type { Numbers, Prepared } from './insert.js';
import type { Append } from './log.js';
import { createNumbers } from './numbers.js';
import { readPage } from './page.js';
import { pageColumns } from './schema.js';
import type { Session } from './session.js';
import { readText, readTexts } from './text.js';

type Sql = Session['sql'];

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
          const known = holders(
            sql,
            ready.flatMap(({ keys }) => keys),
          );
          const fresh: typeof ready = [];
          const outcomes = ready.map((row) => {
            const first = row.keys.find((key) => known.has(key));
            if (first !== undefined) return { id: known.get(first)!, duplicate: true };
            for (const key of row.keys) known.set(key, row.id);
            fresh.push(row);
            return { id: row.id, duplicate: false };
          });
          insertPosts(sql, fresh, counters, numbers);
          if (append(fresh.flatMap(({ events }) => events)) > 0) touch();
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

function update(sql: Sql, row: Prepared, expected: number, counters: Counters, numbers: Numbers): void {
  const { id, json, facts: of, text } = row;
  const old = sql('SELECT * FROM posts WHERE id = ?').get(id);
  const actual = Number(old?.['version'] ?? 0);
  if (actual !== expected) throw new VersionConflict(`post ${id}`, expected, actual);
  if (!old) {
    insertPosts(sql, [{ ...row, keys: [] }], counters, numbers);
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
