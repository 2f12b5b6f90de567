import { AppError } from '../../base/errors.js';
import type { InsertOutcome } from '../port.js';
import { isDuplicate } from './connection.js';
import type { Session } from './connection.js';
import type { Prepared } from './rows.js';

/** A claim whose post does not appear within this time belongs to a process that ended between the two. */
const patienceMs = 1_000;
const lookMs = 20;

export interface InsertRow extends Prepared {
  keys: string[];
}

export interface Resolved {
  outcomes: InsertOutcome[];
  /** Rows that are to be written, with their keys claimed. */
  fresh: InsertRow[];
}

export interface Claims {
  /** Finds the duplicates among rows and claims the keys of the others. */
  resolve(rows: InsertRow[]): Promise<Resolved>;
  /** The post that took a row's place after it had claimed its keys. */
  ownerAfterAll(row: InsertRow): Promise<string>;
}

/**
 * Dedupe keys are documents of their own, because a unique index over a list is not something every server has. A key is
 * claimed first and the post written after it, so the one question is a claim without a post: its holder is still at it, or
 * it ended. Whoever waited in vain takes the place of that post (`tombstone`), which makes the holder's own insert fail, and
 * only then the key. So of two writers exactly one comes through, whatever the timing.
 */
export function mongoClaims({ models }: Session): Claims {
  const owners = async (keys: string[]) =>
    new Map(
      keys.length === 0
        ? []
        : (await models.claims.find({ _id: { $in: keys } }).lean()).map(({ _id, post }) => [_id, post] as const),
    );

  async function present(ids: string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const rows = await models.posts.find({ _id: { $in: ids }, version: { $gte: 1 } }, { _id: 1 }).lean();
    return new Set(rows.map(({ _id }) => _id));
  }

  /** Waits for the posts of others' claims; those that do not come lose their keys. */
  async function settle(held: Map<string, string>): Promise<Set<string>> {
    const ids = [...new Set(held.values())];
    let there = await present(ids);
    for (let waited = 0; there.size < ids.length && waited < patienceMs; waited += lookMs) {
      await new Promise((resolve) => setTimeout(resolve, lookMs));
      there = await present(ids);
    }
    for (const id of ids) if (!there.has(id) && !(await bury(id))) there.add(id);
    const dead = [...held].filter(([, id]) => !there.has(id));
    for (const [key, post] of dead) await models.claims.deleteOne({ _id: key, post });
    return there;
  }

  /** Makes the id unusable; false when the post has come after all. */
  async function bury(id: string): Promise<boolean> {
    try {
      await models.posts.collection.insertOne({ _id: id, tombstone: true } as never);
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return !(await present([id])).has(id);
    }
  }

  /** Claims keys for rows; those of rows that came too late are given back and the rows returned. */
  async function claim(rows: InsertRow[]): Promise<Set<string>> {
    const wanted = rows.flatMap(({ id, keys }) => [...new Set(keys)].map((key) => ({ _id: key, post: id })));
    const late = new Set<string>();
    if (wanted.length === 0) return late;
    try {
      await models.claims.collection.insertMany(wanted as never[], { ordered: false });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const now = await owners(wanted.map(({ _id }) => _id));
      for (const { _id, post } of wanted) if (now.get(_id) !== post) late.add(post);
      for (const { _id, post } of wanted) if (late.has(post)) await models.claims.deleteOne({ _id, post });
    }
    return late;
  }

  async function resolve(rows: InsertRow[]): Promise<Resolved> {
    for (;;) {
      const known = await owners(rows.flatMap(({ keys }) => keys));
      const there = await settle(known);
      const holder = new Map([...known].filter(([, id]) => there.has(id)));
      const fresh: InsertRow[] = [];
      const outcomes = rows.map((row): InsertOutcome => {
        const first = row.keys.map((key) => holder.get(key)).find((id) => id !== undefined);
        if (first !== undefined) return { id: first, duplicate: true };
        for (const key of row.keys) holder.set(key, row.id);
        fresh.push(row);
        return { id: row.id, duplicate: false };
      });
      const late = await claim(fresh);
      if (late.size === 0) return { outcomes, fresh };
      // Somebody was faster for some: what this round claimed for the others is given back, and all are looked at anew.
      for (const { id, keys } of fresh) for (const key of keys) await models.claims.deleteOne({ _id: key, post: id });
    }
  }

  return {
    resolve,
    async ownerAfterAll(row) {
      for (let waited = 0; waited < 10 * patienceMs; waited += lookMs) {
        const known = await owners(row.keys);
        const there = await present([...known.values()].filter((id) => id !== row.id));
        const [owner] = there;
        if (owner !== undefined) return owner;
        await new Promise((resolve) => setTimeout(resolve, lookMs));
      }
      throw new AppError('store_unavailable', { detail: 'The store cannot say whether this post was taken before' });
    },
  };
}
