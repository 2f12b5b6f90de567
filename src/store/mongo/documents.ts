import type { Documents, Idempotency, Settings, Snapshots } from '../port.js';
import { isDuplicate } from './connection.js';
import type { Session } from './connection.js';

const day = 86_400_000;
/** Characters of a snapshot in one document: at four bytes each still below the 16 MB that a document may have. */
const partLength = 3_500_000;

/** Documents as JSON in a collection of their own. */
export function mongoDocuments<T extends { id: string }>(
  { ask, models }: Session,
  collection: 'keys' | 'uploads',
): Documents<T> {
  const model = models[collection];
  return {
    get: (id) =>
      ask(async () => {
        const row = await model.findById(id).lean();
        return row ? (JSON.parse(row.doc) as T) : undefined;
      }),
    put: (doc) =>
      ask(async () => {
        await model.updateOne({ _id: doc.id }, { $set: { doc: JSON.stringify(doc) } }, { upsert: true });
      }),
    list: () => ask(async () => (await model.find({}).sort({ _id: -1 }).lean()).map(({ doc }) => JSON.parse(doc) as T)),
  };
}

const nameOf = (principal: string, key: string) => JSON.stringify([principal, key]);

export function mongoIdempotency({ ask, models: { answers } }: Session): Idempotency {
  return {
    get: (principal, key) =>
      ask(async () => {
        const row = await answers.findById(nameOf(principal, key)).lean();
        return row ? { digest: row.digest, answer: JSON.parse(row.answer) as unknown } : undefined;
      }),
    put: (principal, key, digest, answer, at) =>
      ask(async () => {
        const now = Date.parse(at);
        await answers.deleteMany({ at: { $lt: now - day } });
        try {
          await answers.create({ _id: nameOf(principal, key), digest, answer: JSON.stringify(answer), at: now });
        } catch (error) {
          if (!isDuplicate(error)) throw error;
        }
      }),
  };
}

export function mongoSettings({ ask, models: { settings } }: Session): Settings {
  return {
    get: (name) =>
      ask(async () => {
        const row = await settings.findById(name).lean();
        return row ? (JSON.parse(row.doc) as unknown) : undefined;
      }),
    set: (name, value) =>
      ask(async () => {
        await settings.updateOne({ _id: name }, { $set: { doc: JSON.stringify(value) } }, { upsert: true });
      }),
  };
}

export function mongoSnapshots({ ask, models: { snapshots } }: Session): Snapshots {
  const idOf = (projection: string, seq: number, part: number) => JSON.stringify([projection, seq, part]);
  return {
    get: (projection) =>
      ask(async () => {
        const [newest] = await snapshots.find({ projection, part: 0 }).sort({ seq: -1 }).limit(1).lean();
        if (!newest) return undefined;
        const { seq, parts } = newest;
        const ids = Array.from({ length: parts - 1 }, (_, at) => idOf(projection, seq, at + 1));
        const rest = ids.length === 0 ? [] : await snapshots.find({ _id: { $in: ids } }).lean();
        const texts = [newest, ...rest].toSorted((a, b) => a.part - b.part).map(({ state }) => state);
        // Somebody replaced it while it was read: no snapshot is as good as a new one, only slower.
        return texts.length === parts ? { seq, state: texts.join('') } : undefined;
      }),
    put: (projection, { seq, state }) =>
      ask(async () => {
        const texts = cut(state);
        for (let part = texts.length - 1; part >= 0; part--)
          await snapshots.updateOne(
            { _id: idOf(projection, seq, part) },
            { $set: { projection, seq, part, parts: texts.length, state: texts[part]! } },
            { upsert: true },
          );
        await snapshots.deleteMany({ projection, seq: { $lt: seq } });
      }),
  };
}

/** A text in pieces, none of which ends between the halves of a letter. */
function cut(text: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length || pieces.length === 0;) {
    const to = from + partLength;
    const within = /[\uDC00-\uDFFF]/.test(text.charAt(to)) ? to - 1 : to;
    pieces.push(text.slice(from, within));
    from = within;
  }
  return pieces;
}
