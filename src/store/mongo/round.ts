import { AppError, VersionConflict } from '../../base/errors.js';
import type { InsertOutcome } from '../port.js';
import { isDuplicate } from './connection.js';
import type { Session } from './connection.js';
import type { Counters } from './counters.js';
import type { Claims, InsertRow } from './insert.js';
import type { Job } from './lane.js';
import type { Relay } from './relay.js';
import { entriesOf } from './rows.js';
import type { Prepared } from './rows.js';
import type { Entry, PostRow } from './schema.js';

export interface SaveRow extends Prepared {
  expected: number;
}

export type Item = { kind: 'insert'; rows: InsertRow[] } | { kind: 'save'; rows: SaveRow[] };

/** One document of a round: its last state, and everything its writes say. */
interface Write {
  row: Prepared;
  /** Version it must have now; 0: it must not be there. */
  base: number;
  entries: Entry[];
  jobs: Set<Job<Item>>;
}

interface Standing {
  version: number;
  counter: string;
  leftover: boolean;
}

/**
 * A round of writes: look at what is there, refuse what does not fit, write every document with its outbox in one atomic
 * step each, relay the outboxes. Only then are the jobs answered: what is acknowledged is in the log as well.
 */
export function createRound({ models }: Session, claims: Claims, relay: Relay, counters: Counters) {
  async function standing(ids: string[]): Promise<Map<string, Standing>> {
    const rows = await models.posts
      .find({ _id: { $in: ids } }, { version: 1, workspace: 1, status: 1, pending: 1 })
      .lean();
    return new Map(
      rows
        .filter(({ version }) => version !== undefined)
        .map(({ _id, version, workspace, status, pending }) => [
          _id,
          { version, counter: `${workspace} ${status}`, leftover: pending !== undefined },
        ]),
    );
  }

  return async function round(jobs: Job<Item>[]): Promise<void> {
    const now = await standing(jobs.flatMap(({ item }) => item.rows.map(({ id }) => id)));
    const answers = new Map<Job<Item>, unknown>();
    const inserts = acceptInserts(jobs, now);
    const { outcomes, fresh } = await claims.resolve(inserts.flatMap(({ rows }) => rows));
    let at = 0;
    for (const { job, rows } of inserts) answers.set(job, outcomes.slice(at, (at += rows.length)));

    const first = await counters.numbers(jobs.reduce((sum, { rows }) => sum + rows, 1));
    const writes = new Map<string, Write>();
    let leftover = false;
    let said = 0;
    const number = (entries: Omit<Entry, 'round' | 'at'>[]) =>
      entries.map((entry): Entry => ({ ...entry, round: first, at: said++ }));
    const freshIds = new Set(fresh.map(({ id }) => id));
    for (const job of jobs) {
      if (job.item.kind === 'insert') {
        if (!answers.has(job)) continue;
        for (const row of job.item.rows)
          if (freshIds.delete(row.id))
            writes.set(row.id, { row, base: 0, entries: number(entriesOf(row, undefined)), jobs: new Set([job]) });
        continue;
      }
      const conflict = conflictOf(job.item.rows, now, writes);
      if (conflict) {
        job.reject(conflict);
        continue;
      }
      answers.set(job, undefined);
      for (const row of job.item.rows) {
        const before = writes.get(row.id);
        const stood = now.get(row.id);
        const entries = number(entriesOf(row, before?.row.counter ?? stood?.counter));
        leftover ||= stood?.leftover ?? false;
        writes.set(row.id, {
          row,
          base: before?.base ?? stood?.version ?? 0,
          entries: [...(before?.entries ?? []), ...entries],
          jobs: new Set([...(before?.jobs ?? []), job]),
        });
      }
    }

    const list = [...writes.values()];
    const lost = await write(list, first);
    for (const { row, base, jobs: hurt } of lost) await refuse(row as InsertRow, base, hurt, answers);
    const written = list.filter((one) => !lost.includes(one));
    // A document whose outbox was not empty goes through the sweep, which takes up the older entries first.
    if (leftover) await relay.sweep();
    else
      await relay.round(
        first,
        written.flatMap(({ entries }) => entries),
      );
    for (const [job, answer] of answers) job.resolve(answer as never);
  };

  /** Writes every document, atomic each; returns those that somebody else was faster with. */
  async function write(writes: Write[], first: number): Promise<Write[]> {
    let n = first;
    const pendingOf = (entries: Entry[]) => (entries.length > 0 ? { pending: first } : {});
    const inserts = writes.filter(({ base }) => base === 0);
    const updates = writes.filter(({ base }) => base > 0);
    const lost: Write[] = [];
    if (inserts.length > 0) {
      const docs = inserts.map(({ row, entries }): PostRow => ({
        _id: row.id,
        ...row.fields,
        n: ++n,
        outbox: entries,
        ...pendingOf(entries),
      }));
      try {
        await models.posts.collection.insertMany(docs as never[], { ordered: false });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        const ours = await models.posts
          .find({ _id: { $in: inserts.map(({ row }) => row.id) }, version: { $gte: 1 } }, { n: 1 })
          .lean();
        const mine = new Map(ours.map((row) => [row._id, row.n]));
        lost.push(...inserts.filter((_, at) => mine.get(docs[at]!._id) !== docs[at]!.n));
      }
    }
    if (updates.length > 0) {
      const { matchedCount } = await models.posts.collection.bulkWrite(
        updates.map(({ row, base, entries }) => ({
          updateOne: {
            filter: { _id: row.id as never, version: base },
            update: {
              $set: { ...row.fields, ...pendingOf(entries) },
              ...(entries.length > 0 ? { $push: { outbox: { $each: entries } } } : {}),
            } as never,
          },
        })),
        { ordered: false },
      );
      if (matchedCount < updates.length) lost.push(...(await rivals(updates, first)));
    }
    return lost;
  }

  async function rivals(updates: Write[], first: number): Promise<Write[]> {
    const rows = await models.posts
      .find({ _id: { $in: updates.map(({ row }) => row.id) } }, { version: 1, doc: 1, pending: 1 })
      .lean();
    const found = new Map(rows.map((row) => [row._id, row]));
    return updates.filter(({ row, entries }) => {
      const there = found.get(row.id);
      // Ours carries this round's number; a write that says nothing is known by what it wrote.
      return entries.length > 0 ? there?.pending !== first : there?.doc !== row.fields.doc;
    });
  }

  /** Answers the jobs of a document that could not be written. */
  async function refuse(row: InsertRow, base: number, jobs: Set<Job<Item>>, answers: Map<Job<Item>, unknown>) {
    const there = (await standing([row.id])).get(row.id);
    for (const job of jobs) {
      const outcomes = answers.get(job) as InsertOutcome[] | undefined;
      if (job.item.kind === 'insert' && outcomes && !there) {
        // Its place was taken while it waited between claim and post.
        const at = job.item.rows.findIndex(({ id }) => id === row.id);
        outcomes[at] = { id: await claims.ownerAfterAll(row), duplicate: true };
        continue;
      }
      answers.delete(job);
      job.reject(
        job.item.kind === 'insert' ? taken(row.id) : new VersionConflict(`post ${row.id}`, base, there?.version ?? 0),
      );
    }
  }
}

const taken = (id: string) => new AppError('duplicate', { detail: `There is a post ${id} already` });

/** Insert jobs none of whose rows has an id that is taken; the others are refused as a whole. */
function acceptInserts(jobs: Job<Item>[], now: Map<string, Standing>) {
  const ids = new Set<string>();
  const accepted: { job: Job<Item>; rows: InsertRow[] }[] = [];
  for (const job of jobs) {
    if (job.item.kind !== 'insert') continue;
    const { rows } = job.item;
    const twice = rows.find(({ id }, at) => now.has(id) || ids.has(id) || rows.findIndex((row) => row.id === id) < at);
    if (twice) {
      job.reject(taken(twice.id));
      continue;
    }
    for (const { id } of rows) ids.add(id);
    accepted.push({ job, rows });
  }
  return accepted;
}

/** The first row that does not stand where its caller thinks, with what this round has already accepted counted in. */
function conflictOf(
  rows: SaveRow[],
  now: Map<string, Standing>,
  writes: Map<string, Write>,
): VersionConflict | undefined {
  const versions = new Map<string, number>();
  for (const { id, version, expected } of rows) {
    const actual = versions.get(id) ?? writes.get(id)?.row.version ?? now.get(id)?.version ?? 0;
    if (actual !== expected) return new VersionConflict(`post ${id}`, expected, actual);
    versions.set(id, version);
  }
  return undefined;
}
