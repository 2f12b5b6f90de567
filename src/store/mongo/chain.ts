import type { AuditEntry } from '../../contract/audit.js';
import type { Chain } from '../port.js';
import { isDuplicate } from './connection.js';
import type { Session } from './connection.js';

/** Numbered entries, the number being the `_id`: of two who want the same one the server lets in one. */
export function mongoChain({ ask, models: { audit } }: Session): Chain<AuditEntry> {
  const of = ({ doc }: { doc: string }) => JSON.parse(doc) as AuditEntry;
  const newest = async () => (await audit.find({}).sort({ _id: -1 }).limit(1).lean())[0];
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
    append: (entries) =>
      ask(async () => {
        const rows = entries.map((entry) => ({ _id: entry.n, doc: JSON.stringify(entry) }));
        const first = rows[0];
        if (!first || first._id !== ((await newest())?._id ?? 0) + 1) return 0;
        try {
          // In order, so that what gets in before a number turns out to be taken is a beginning.
          await audit.collection.insertMany(rows as never[], { ordered: true });
          return rows.length;
        } catch (error) {
          if (!isDuplicate(error)) throw error;
        }
        const there = await audit
          .find({ _id: { $gt: first._id - 1 } })
          .sort({ _id: 1 })
          .limit(rows.length)
          .lean();
        const taken = rows.findIndex(({ doc }, at) => there[at]?.doc !== doc);
        return taken < 0 ? rows.length : taken;
      }),
  };
}
