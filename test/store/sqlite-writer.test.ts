import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createWriter } from '../../src/store/sqlite/writer.js';

/** A writer over a real file, and what it said to it. */
function counting(path: string) {
  const db = new DatabaseSync(path);
  db.exec('CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT');
  const said: string[] = [];
  let appends = 0;
  const writer = createWriter(
    {
      exec(text) {
        said.push(text);
        db.exec(text);
      },
      get isTransaction() {
        return db.isTransaction;
      },
    },
    () => appends++,
  );
  const insert = (a: number) => writer.run(() => Number(db.prepare('INSERT INTO t VALUES (?)').run(a).changes));
  const rows = () =>
    db
      .prepare('SELECT a FROM t ORDER BY a')
      .all()
      .map(({ a }) => a);
  return { db, writer, said, insert, rows, appends: () => appends };
}

describe('the sqlite writer', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-writer-'));
    path = join(folder, 'store.sqlite');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lets what arrives at once share a transaction', async () => {
    const { db, said, insert, rows } = counting(path);
    await Promise.all(Array.from({ length: 100 }, (_, a) => insert(a)));
    expect(said.filter((text) => text === 'COMMIT')).toHaveLength(1);
    await insert(100);
    expect(said.filter((text) => text === 'COMMIT')).toHaveLength(2);
    expect(rows()).toHaveLength(101);
    db.close();
  });

  it('resolves only after the commit', async () => {
    const { db, insert } = counting(path);
    const other = new DatabaseSync(path, { readOnly: true });
    await insert(1);
    expect(other.prepare('SELECT a FROM t').all()).toEqual([{ a: 1 }]);
    other.close();
    db.close();
  });

  it('undoes only the work that throws', async () => {
    const { db, writer, insert, rows, appends } = counting(path);
    const results = await Promise.allSettled([
      insert(1),
      writer.run((touch) => {
        db.prepare('INSERT INTO t VALUES (2)').run();
        touch();
        throw new Error('thought better of it');
      }),
      insert(3),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(rows()).toEqual([1, 3]);
    expect(appends()).toBe(0);
    db.close();
  });

  it('undoes a work that throws with the transaction to itself, and goes on', async () => {
    const { db, writer, said, insert, rows, appends } = counting(path);
    await expect(
      writer.run((touch) => {
        db.prepare('INSERT INTO t VALUES (1)').run();
        touch();
        throw new Error('thought better of it');
      }),
    ).rejects.toThrow('thought better of it');
    expect(rows()).toEqual([]);
    expect(appends()).toBe(0);
    await insert(2);
    expect(rows()).toEqual([2]);
    expect(said).toEqual(['BEGIN IMMEDIATE', 'ROLLBACK', 'BEGIN IMMEDIATE', 'COMMIT']);
    db.close();
  });

  it('rejects every work of a transaction that cannot be committed', async () => {
    const { db, writer, insert, rows } = counting(path);
    db.exec(
      'PRAGMA foreign_keys = ON; CREATE TABLE child (a INTEGER REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED) STRICT',
    );
    const results = await Promise.allSettled([
      insert(1),
      writer.run((touch) => {
        touch();
        db.prepare('INSERT INTO child VALUES (99)').run();
      }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(rows()).toEqual([]);
    await insert(2);
    expect(rows()).toEqual([2]);
    db.close();
  });

  it('says store_unavailable when another process holds the lock', async () => {
    const { db, insert } = counting(path);
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(insert(1)).rejects.toMatchObject({ code: 'store_unavailable', message: 'The store is busy' });
    other.exec('ROLLBACK');
    await insert(1);
    other.close();
    db.close();
  });
});
