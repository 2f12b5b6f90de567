import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fixedClock } from '../../src/base/clock.js';
import type { Post } from '../../src/contract/post.js';
import { openStore } from '../../src/store/open.js';
import type { PostFilter } from '../../src/store/port.js';
import { connect } from '../../src/store/sqlite/connection.js';
import type { Connection } from '../../src/store/sqlite/connection.js';
import { createNumbers, lowest, perMs } from '../../src/store/sqlite/numbers.js';
import { migrate } from '../../src/store/sqlite/migrate.js';
import { pageQuery, readPage } from '../../src/store/sqlite/page.js';
import { fromText } from '../../src/store/sqlite/question.js';
import { migrations } from '../../src/store/sqlite/schema.js';
import { assessed, at, idsOf, noon, received, row } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';

const open = (path: string) => openStore({ driver: 'sqlite', path, clock: fixedClock(noon), log: recordingLog() });

describe('pages of the sqlite store', () => {
  let folder: string;
  let connection: Connection;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-pages-'));
    const path = join(folder, 'store.sqlite');
    const store = await open(path);
    const docs = Array.from({ length: 40 }, (_, n): Post => {
      const post = received(`p${n}`, n, {
        text: n === 38 ? 'a few words' : 'common words',
        source: { name: n === 38 ? 'Leaflet' : 'Radio', kind: 'radio' },
        place: { country: 'KEN', admin1: 'KE-30' },
        workspace: n % 2 === 0 ? 'main' : 'demo',
      });
      const parts = { score: 0.5, groups: ['G'], grounds: ['religion'], categories: ['T01'] };
      return { ...(n % 3 === 0 ? post : assessed(post, parts)), version: 1 };
    });
    await store.posts.save(docs.map((doc) => ({ doc, expectedVersion: 0, events: [] })));
    await store.close();
    connection = connect(path);
  });
  afterAll(() => {
    connection.close();
    rmSync(folder, { recursive: true });
  });

  const filters: [string, PostFilter, string][] = [
    ['nothing', {}, 'posts'],
    ['a status', { status: ['open'] }, 'posts'],
    ['a workspace', { workspace: 'main' }, 'posts'],
    ['a time', { since: at(3), until: at(30) }, 'posts'],
    ['a level', { level: ['intermediate'] }, 'posts_level'],
    ['a language', { language: ['eng'] }, 'posts_language'],
    ['countries', { country: ['KEN', 'RWA'] }, 'posts_country'],
    ['a division', { admin1: ['KE-30'] }, 'posts_admin1'],
    ['a source', { source: ['Radio'] }, 'posts_source'],
    ['a least severity', { minSeverity: 2 }, 'posts_severity'],
    ['a group', { group: ['G'] }, 'post_facets'],
    ['a ground', { ground: ['religion'] }, 'post_facets'],
    ['a category and a time', { category: ['T01'], since: at(3) }, 'post_facets'],
    ['a language and a group', { language: ['eng'], group: ['G'], status: ['open'] }, 'posts_language'],
  ];
  it.each(filters)('walk an index in the order of the page: %s', (_, filter, index) => {
    for (const order of ['newest', 'priority'] as const) {
      const first = pageQuery(connection.sql, { filter, order, limit: 50 }).first!;
      const cursor = Buffer.from(JSON.stringify(order === 'newest' ? ['newest', 0, 9e14] : ['priority', 0.4, 0, 9e14]));
      const later = pageQuery(connection.sql, {
        filter,
        order,
        limit: 50,
        cursor: cursor.toString('base64url'),
      }).first!;
      for (const { sql, values } of [first, later]) {
        const steps = connection.db
          .prepare(`EXPLAIN QUERY PLAN ${sql}`)
          .all(...values)
          .map(({ parent, detail }) => ({ parent, detail: String(detail) }));
        // A row that was found is looked up by its number, or a facet of it by the whole key: neither is a walk.
        const walks = steps.filter(
          ({ detail }) => /^(SEARCH|SCAN) (posts|f)\b/.test(detail) && !/ EXISTS |INTEGER PRIMARY KEY/.test(detail),
        );
        expect(walks.length).toBeGreaterThan(0);
        const facet = order === 'newest' ? 'PRIMARY KEY' : 'COVERING INDEX post_facets_priority';
        const name = index === 'post_facets' ? facet : `(COVERING )?INDEX ${index}_${order}`;
        for (const walk of walks) {
          expect(walk.detail).toMatch(new RegExp(`^SEARCH \\w+ USING ${name} `));
          // Sorted are only the few rows that walks have brought, never what a walk passes.
          const beside = steps.filter(({ parent }) => parent === walk.parent).map(({ detail }) => detail);
          expect(beside.filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([]);
        }
      }
    }
  });

  it.each([
    ['in the order of the text index', 'post_text.rowid DESC', 0],
    ['by priority within a step of the score', 'posts.score DESC, posts.n DESC', 1],
  ])('begin with the words %s', (_, by, sorts) => {
    const { sql, values } = fromText(['"common"'], [{ sql: "posts.status IN ('open')", values: [] }], by, 50);
    const steps = connection.db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...values)
      .map((step) => String(step['detail']));
    expect(steps[0]).toMatch(/^SCAN post_text VIRTUAL TABLE INDEX/);
    expect(steps[1]).toBe('SEARCH posts USING INTEGER PRIMARY KEY (rowid=?)');
    expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toHaveLength(sorts);
  });

  it('read the few texts that other filters leave', () => {
    const ask = (q: string, source: string) =>
      idsOf(readPage(connection.sql, { filter: { q, source: [source] }, order: 'newest', limit: 1 }).items);
    expect([ask('few words', 'Leaflet'), ask('common', 'Leaflet')]).toEqual([['p38'], []]);
  });

  it('ask for nothing where nothing can pass', () => {
    for (const filter of [{ group: ['nobody'] }, { status: [] }, { country: ['FRA'], language: ['eng'] }])
      expect(pageQuery(connection.sql, { filter, order: 'newest', limit: 5 }).first).toBeUndefined();
  });
});

describe('numbers of posts', () => {
  it('grow with the time of receipt, then with arrival, and borrow when a millisecond is full', () => {
    const db = new DatabaseSync(':memory:');
    db.exec('CREATE TABLE posts (n INTEGER PRIMARY KEY)');
    const sql = (text: string) => db.prepare(text);
    const first = createNumbers(sql);
    const given = [first(noon), first(noon + 1), first(noon), first(noon - 5)];
    expect(given).toEqual([lowest(noon), lowest(noon + 1), lowest(noon) + 1, lowest(noon - 5)]);
    for (const n of given) sql('INSERT INTO posts VALUES (?)').run(n);
    expect(createNumbers(sql)(noon)).toBe(lowest(noon) + 2);
    sql('INSERT INTO posts VALUES (?)').run(lowest(noon) + perMs - 1);
    const full = createNumbers(sql);
    expect([full(noon), full(noon)]).toEqual([lowest(noon + 1) + 1, lowest(noon + 1) + 2]);
    for (const year of [1900, 2026, 2300]) expect(Number.isSafeInteger(lowest(Date.UTC(year, 0)) + perMs)).toBe(true);
    db.close();
  });
});

it('brings a store of the first version up to date, with everything in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-old-'));
  const path = join(folder, 'store.sqlite');
  const db = new DatabaseSync(path);
  migrate(db, path, migrations.slice(0, 1));
  const posts = [
    received('A', 5, { text: 'first words', place: { country: 'KEN', admin1: 'KE-30' } }),
    assessed(received('B', 5, { text: 'second words' }), { score: 0.5, groups: ['G'], grounds: ['religion'] }),
    received('C', 1, { workspace: 'demo' }),
  ];
  posts.forEach((post, at) => {
    db.prepare(
      'INSERT INTO posts (n, id, version, workspace, status, level, language, country, source, severity, score, received_at, doc) ' +
        'VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)',
    ).run(
      at + 1,
      post.id,
      post.version,
      post.workspace,
      post.status,
      post.assessment?.level ?? null,
      post.assessment?.language.code ?? null,
      post.place?.country ?? null,
      post.assessment?.severity ?? null,
      post.assessment?.priority.score ?? -1,
      Date.parse(post.receivedAt),
      JSON.stringify(post),
    );
    db.prepare('INSERT INTO post_dedupe VALUES (?, ?)').run(JSON.stringify(`key ${post.id}`), at + 1);
    db.prepare('INSERT INTO post_counts VALUES (?, ?, 1)').run(post.workspace, post.status);
  });
  db.prepare("INSERT INTO post_facets VALUES ('group', 'G', 2)").run();
  db.close();

  const store = await open(path);
  const page = async (filter: PostFilter) =>
    idsOf((await store.posts.page({ filter, order: 'newest', limit: 9 })).items).join('');
  expect(await store.posts.getMany(['A', 'B', 'C'])).toEqual(posts);
  expect(await page({})).toBe('BAC');
  expect(await page({ group: ['G'] })).toBe('B');
  expect(await page({ ground: ['religion'] })).toBe('B');
  expect(await page({ admin1: ['KE-30'] })).toBe('A');
  expect(await page({ q: 'words' })).toBe('BA');
  expect(await store.posts.counts('main')).toMatchObject({ received: 1, open: 1 });
  expect(await store.posts.insertMany([row(received('D'), ['key A'])])).toEqual([{ id: 'A', duplicate: true }]);
  await store.close();
  rmSync(folder, { recursive: true });
});
