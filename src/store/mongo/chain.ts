import type { Chain } from '../port.js';
import { isDuplicate } from './connection.js';
import type { Session } from './connection.js';
import type { Lane } from './lane.js';

/** Numbered entries, each number given once by the collection's own key. Nothing here changes or removes one. */
export function mongoChain<T extends { n: number }>(
  { ask, models: { audit } }: Session,
  lane: Pick<Lane<never>, 'alone'>,
): Chain<T> {
  const newest = async () => (await audit.find({}).sort({ _id: -1 }).limit(1).lean())[0];
  const of = ({ doc }: { doc: string }) => JSON.parse(doc) as T;
  return {
    head: () =>
      ask(async () => {
        const row = await newest();
        return row && of(row);
      }),
    read: (after, limit) =>
      ask(async () =>
        limit < 1
          ? []
          : (
              await audit
                .find({ _id: { $gt: after } })
                .sort({ _id: 1 })
                .limit(limit)
                .lean()
            ).map(of),
      ),
    append(entries) {
      const rows = entries.map((entry) => ({ _id: entry.n, doc: JSON.stringify(entry) }));
      return ask(() =>
        lane.alone(async () => {
          if (rows[0]?._id !== ((await newest())?._id ?? 0) + 1) return 0;
          try {
            await audit.collection.insertMany(rows as never[], { ordered: true });
            return rows.length;
          } catch (error) {
            // Another process took a number; those before it are ours.
            if (!isDuplicate(error)) throw error;
            return (error as { insertedCount?: number }).insertedCount ?? 0;
          }
        }),
      );
    },
  };
}
