import type { NewEvent } from '../../contract/event.js';
import type { Post } from '../../contract/post.js';
import { textTokens } from '../../contract/search.js';
import { facts } from '../facts.js';
import type { Entry, Move, PostRow } from './schema.js';

/** A post as it will lie in the collection, but for what the round gives it. Taken when the call is made. */
export interface Prepared {
  id: string;
  version: number;
  /** `workspace status`: the counter it stands in. */
  counter: string;
  fields: Omit<PostRow, '_id' | 'n' | 'outbox' | 'pending'>;
  events: NewEvent[];
}

export function prepare(post: Post, events: NewEvent[]): Prepared {
  const of = facts(post);
  return {
    id: post.id,
    version: post.version,
    counter: `${of.workspace} ${of.status}`,
    fields: { ...of, version: post.version, doc: JSON.stringify(post), tokens: textTokens(post.text) },
    events: structuredClone(events),
  };
}

export const postOf = (row: { doc?: string }): Post | undefined =>
  row.doc === undefined ? undefined : (JSON.parse(row.doc) as Post);

/** What one write of a post says: its events, the first of which moves the counters; none when nothing happened. */
export function entriesOf(
  { id, version, counter, events }: Prepared,
  from: string | undefined,
): Omit<Entry, 'round' | 'at'>[] {
  const origin = `${id}:${version}`;
  const move: { move?: Move } =
    from === counter ? {} : { move: { ...(from === undefined ? {} : { from }), to: counter } };
  if (events.length === 0)
    return 'move' in move
      ? [{ id: `count:${origin}`, type: 'count', time: '', postId: '', data: '{}', origin, ...move }]
      : [];
  return events.map((event, at) => ({ ...entryOf(event, origin), ...(at === 0 ? move : {}) }));
}

export function entryOf(event: NewEvent, origin: string): Omit<Entry, 'round' | 'at'> {
  const { id, type, at, postId, data } = event;
  return { id, type, time: at, postId, data: JSON.stringify(data), origin };
}
