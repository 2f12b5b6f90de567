import { auditChain } from './schema-audit.js';

/** Marks a file as ours (`PRAGMA application_id`): "TOCS". */
export const applicationId = 0x54_4f_43_53;

export interface Migration {
  name: string;
  sql: string;
}

const columns = ['workspace', 'status', 'level', 'language', 'country', 'source', 'severity'];
const nullable = new Set(['level', 'language', 'country', 'source', 'severity']);

/**
 * One index for each filter and order. SQLite ends every index with the row number, which is the last key of both orders.
 * Partial where most rows have no value yet: what is not assessed costs nothing.
 */
const filterIndexes = columns
  .flatMap((column) => {
    const where = nullable.has(column) ? ` WHERE ${column} IS NOT NULL` : '';
    return [
      `CREATE INDEX posts_${column}_newest ON posts (${column}, received_at)${where};`,
      `CREATE INDEX posts_${column}_priority ON posts (${column}, score, received_at)${where};`,
    ];
  })
  .join('\n');

/**
 * The file's history: entry `i` brings a file from version `i` to `i + 1`. Append only; a released entry never changes.
 */
export const migrations: readonly Migration[] = [
  {
    name: 'posts, log and small documents',
    sql: `
CREATE TABLE posts (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,
  workspace TEXT NOT NULL,
  status TEXT NOT NULL,
  level TEXT,
  language TEXT,
  country TEXT,
  source TEXT,
  severity INTEGER,
  score REAL NOT NULL,
  received_at INTEGER NOT NULL,
  -- Last, so that a look at the columns above does not read a long text's overflow pages.
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX posts_newest ON posts (received_at);
CREATE INDEX posts_priority ON posts (score, received_at);
${filterIndexes}

-- Values of which a post may have several.
CREATE TABLE post_facets (
  kind TEXT NOT NULL CHECK (kind IN ('group', 'category')),
  value TEXT NOT NULL,
  post INTEGER NOT NULL REFERENCES posts (n) ON DELETE CASCADE,
  PRIMARY KEY (kind, value, post)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_facets_post ON post_facets (post);

-- Keys are JSON strings: any text, a NUL or half a surrogate pair included, stays itself.
CREATE TABLE post_dedupe (
  key TEXT PRIMARY KEY,
  post INTEGER NOT NULL REFERENCES posts (n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX post_dedupe_post ON post_dedupe (post);

CREATE TABLE post_counts (
  workspace TEXT NOT NULL,
  status TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 0),
  PRIMARY KEY (workspace, status)
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: a seq is never given twice, whatever is pruned.
CREATE TABLE log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  at TEXT NOT NULL,
  post_id TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE consumers (
  consumer TEXT PRIMARY KEY,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (id TEXT PRIMARY KEY, doc TEXT NOT NULL) STRICT;
CREATE TABLE uploads (id TEXT PRIMARY KEY, doc TEXT NOT NULL) STRICT;
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE idempotency (
  principal TEXT NOT NULL,
  key TEXT NOT NULL,
  digest TEXT NOT NULL,
  answer TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (principal, key)
) STRICT;
CREATE INDEX idempotency_at ON idempotency (at);
`,
  },
  auditChain,
];
