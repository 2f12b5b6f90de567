import { auditChain } from './schema-audit.js';
import { firstMs, perMs } from './numbers.js';

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

/** Columns of one value by which pages are filtered. */
export const pageColumns = ['level', 'language', 'country', 'admin1', 'source', 'severity'] as const;

/**
 * For each filter and order an index that begins with the value, the workspace and the status, and goes on in the order of the
 * page: the row number, or the score and then the row number, which ends every index of SQLite. A page that does not choose among
 * statuses is merged from one walk for each.
 *
 * Only posts that were assessed are in them, so that taking posts in costs few pages of the file. Those that wait are in an index of
 * their own and looked through: the door of intake keeps them few.
 */
const pageIndexes = [
  ...['', ...pageColumns].flatMap((column) => {
    const [name, first, given] =
      column === '' ? ['posts', '', ''] : [`posts_${column}`, `${column}, `, `${column} IS NOT NULL AND `];
    return [
      `CREATE INDEX ${name}_newest ON posts (${first}workspace, status) WHERE ${given}score >= 0;`,
      `CREATE INDEX ${name}_priority ON posts (${first}workspace, status, score) WHERE ${given}score >= 0;`,
    ];
  }),
  'CREATE INDEX posts_waiting ON posts (workspace, status) WHERE score < 0;',
  'CREATE INDEX posts_unread ON posts (n) WHERE text_mark < 0;',
].join('\n');

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
  {
    name: 'narrow rows, pages by status, text search, snapshots',
    sql: `
-- What the old indexes served is served by those below.
CREATE TABLE narrow (
  -- Grows with the time of receipt, then with arrival: newest first is this order, backwards. See numbers.ts.
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,
  workspace TEXT NOT NULL,
  status TEXT NOT NULL,
  level TEXT,
  language TEXT,
  country TEXT,
  admin1 TEXT,
  source TEXT,
  severity INTEGER,
  score REAL NOT NULL,
  -- Tells what the text index knows of the post; below zero when nothing.
  text_mark INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE renumbered AS
  SELECT n AS old, (received_at - ${firstMs}) * ${perMs} + row_number() OVER (PARTITION BY received_at ORDER BY n) - 1 AS n
  FROM posts;
CREATE UNIQUE INDEX temp.renumbered_old ON renumbered (old);
INSERT INTO narrow
  SELECT r.n, id, version, workspace, status, level, language, country, doc ->> '$.place.admin1', source, severity, score, -1
  FROM posts JOIN renumbered AS r ON r.old = posts.n ORDER BY r.n;
-- Apart, so that a walk over many rows touches few pages.
CREATE TABLE post_docs (n INTEGER PRIMARY KEY REFERENCES narrow (n) ON DELETE CASCADE, doc TEXT NOT NULL) STRICT;
INSERT INTO post_docs SELECT r.n, doc FROM posts JOIN renumbered AS r ON r.old = posts.n ORDER BY r.n;

CREATE TABLE new_dedupe (
  key TEXT PRIMARY KEY,
  post INTEGER NOT NULL REFERENCES narrow (n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO new_dedupe SELECT key, r.n FROM post_dedupe JOIN renumbered AS r ON r.old = post;

CREATE TABLE new_facets (
  kind TEXT NOT NULL CHECK (kind IN ('group', 'ground', 'category')),
  value TEXT NOT NULL,
  workspace TEXT NOT NULL,
  status TEXT NOT NULL,
  post INTEGER NOT NULL REFERENCES narrow (n) ON DELETE CASCADE,
  score REAL NOT NULL,
  PRIMARY KEY (kind, value, workspace, status, post)
) STRICT, WITHOUT ROWID;
INSERT INTO new_facets
  SELECT kind, value, p.workspace, p.status, p.n, p.score
  FROM post_facets JOIN renumbered AS r ON r.old = post JOIN narrow AS p ON p.n = r.n;
INSERT OR IGNORE INTO new_facets
  SELECT 'ground', g.value, p.workspace, p.status, p.n, p.score
  FROM narrow AS p JOIN post_docs USING (n), json_each(post_docs.doc, '$.assessment.grounds') AS g;
DROP TABLE post_dedupe;
DROP TABLE post_facets;
DROP TABLE post_counts;
DROP TABLE posts;
DROP TABLE temp.renumbered;
ALTER TABLE narrow RENAME TO posts;
ALTER TABLE new_dedupe RENAME TO post_dedupe;
ALTER TABLE new_facets RENAME TO post_facets;
CREATE INDEX post_dedupe_post ON post_dedupe (post);
CREATE INDEX post_facets_post ON post_facets (post);
CREATE INDEX post_facets_priority ON post_facets (kind, value, workspace, status, score, post);
${pageIndexes}

-- How many posts have a value, by workspace and status, kept by increments. Kind '' counts every post, 'assessed' and 'waiting' those
-- with and without an assessment, the others, as the page indexes, only those with one.
CREATE TABLE tallies (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  workspace TEXT NOT NULL,
  status TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 0),
  PRIMARY KEY (kind, value, workspace, status)
) STRICT, WITHOUT ROWID;
INSERT INTO tallies SELECT '', '', workspace, status, count(*) FROM posts GROUP BY workspace, status;
INSERT INTO tallies SELECT 'assessed', '', workspace, status, count(*) FROM posts WHERE score >= 0 GROUP BY workspace, status;
INSERT INTO tallies SELECT 'waiting', '', workspace, status, count(*) FROM posts WHERE score < 0 GROUP BY workspace, status;
${pageColumns
  .map(
    (column) =>
      `INSERT INTO tallies SELECT '${column}', ${column}, workspace, status, count(*) FROM posts WHERE ${column} IS NOT NULL AND score >= 0 GROUP BY ${column}, workspace, status;`,
  )
  .join('\n')}
INSERT INTO tallies SELECT kind, value, workspace, status, count(*) FROM post_facets GROUP BY kind, value, workspace, status;

-- Tokens as text.ts makes them, joined by blanks; the row number is the post's. The tokenizer only cuts at the blanks.
CREATE VIRTUAL TABLE post_text USING fts5(tokens, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');

CREATE TABLE snapshots (projection TEXT PRIMARY KEY, seq INTEGER NOT NULL, state TEXT NOT NULL) STRICT;
`,
  },
  auditChain,
];
