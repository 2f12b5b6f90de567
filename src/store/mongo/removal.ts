import type { NewEvent } from '../../contract/event.js';
import { postStatuses } from '../../contract/post.js';
import type { Session } from './connection.js';
import type { Counters } from './counters.js';
import type { Relay } from './relay.js';
import { entryOf } from './rows.js';
import type { Entry } from './schema.js';

const pageSize = 500;

export interface Removals {
  /** Removes a workspace and returns how many posts there were. */
  remove(workspace: string, events: NewEvent[]): Promise<number>;
  /** Finishes what a process began and did not end. */
  resume(): Promise<void>;
}

/**
 * Removing a workspace takes many steps. The intention is written first, one document with the events it will emit, and stays
 * until the last step; each step may be done twice.
 */
export function mongoRemovals({ models }: Session, relay: Relay, counters: Counters): Removals {
  async function clear(workspace: string): Promise<number> {
    let removed = 0;
    for (;;) {
      // What still waits to be counted is counted first: it would come after the counters were set to zero.
      await relay.sweep();
      const rows = await models.posts
        .find({ workspace, status: { $in: [...postStatuses] } } as object, { _id: 1 })
        .limit(pageSize)
        .lean();
      if (rows.length === 0) return removed;
      const ids = rows.map(({ _id }) => _id);
      await models.log.updateMany({ postId: { $in: ids } }, { $set: { data: '{}' } });
      await models.claims.deleteMany({ post: { $in: ids } });
      removed += (await models.posts.deleteMany({ _id: { $in: ids } })).deletedCount;
    }
  }

  async function finish(workspace: string, entries: Entry[]): Promise<number> {
    const removed = await clear(workspace);
    await relay.append(entries);
    await models.removals.deleteOne({ _id: workspace });
    return removed;
  }

  return {
    async remove(workspace, events) {
      await this.resume();
      const round = await counters.numbers(1);
      const origin = `removal:${round}`;
      const silent = { id: `count:${origin}`, type: 'count' as const, time: '', postId: '', data: '{}', origin };
      const said = events.length > 0 ? events.map((event) => entryOf(event, origin)) : [silent];
      const entries = said.map((entry, at): Entry => ({ ...entry, ...(at === 0 && { reset: workspace }), round, at }));
      await models.removals.create({ _id: workspace, entries });
      return finish(workspace, entries);
    },
    async resume() {
      for (const { _id, entries } of await models.removals.find({}).lean()) await finish(_id, entries);
    },
  };
}
