import type { LogEvent } from '../contract/event.js';
import { postStatuses } from '../contract/post.js';
import type { PostStatus } from '../contract/post.js';
import type { Projection } from './projection.js';

/**
 * Where every post stands, told by the log alone: what the posts themselves and their counters say is checked against it.
 * A status is its place in `postStatuses`; the statuses of posts of the demo are below zero, so that one number says both.
 */
export type Standing = Map<string, number>;

const codes = new Map<string, number>(postStatuses.map((status, at) => [status, at + 1]));

export const standing: Projection<Standing> = {
  name: 'standing-1',
  empty: () => new Map(),
  apply(state, event) {
    if (event.type === 'demo_removed') {
      for (const [id, code] of state) if (code < 0) state.delete(id);
      return state;
    }
    const code = codeOf(event);
    // The content of an event whose post was removed is gone; its removal follows.
    if (code !== undefined) state.set(event.postId, event.data['workspace'] === 'demo' ? -code : code);
    return state;
  },
  // Sorted, so that the order in which posts came leaves no trace.
  write: (state) =>
    [...state.keys()]
      .sort()
      .map((id) => `${JSON.stringify(id)} ${state.get(id)}`)
      .join('\n'),
  read: (text) =>
    new Map(
      (text === '' ? [] : text.split('\n')).map((line): [string, number] => {
        const at = line.lastIndexOf(' ');
        const code = Number(line.slice(at + 1));
        if (at < 1 || !postStatuses[Math.abs(code) - 1]) throw new Error('not a snapshot of where posts stand');
        return [JSON.parse(line.slice(0, at)) as string, code];
      }),
    ),
};

/** How many posts stand in each status, as `Posts.counts` says it. */
export function countsOf(state: Standing, workspace?: 'main' | 'demo'): Record<PostStatus, number> {
  const counts = Object.fromEntries(postStatuses.map((status) => [status, 0])) as Record<PostStatus, number>;
  for (const code of state.values())
    if (workspace === undefined || code < 0 === (workspace === 'demo')) counts[postStatuses[Math.abs(code) - 1]!]++;
  return counts;
}

function codeOf({ type, data }: LogEvent): number | undefined {
  if (data['workspace'] === undefined) return undefined;
  switch (type) {
    case 'received':
      return codes.get('received');
    case 'assessed':
      return codes.get(data['flagged'] === true ? 'open' : 'unflagged');
    case 'reviewed':
    case 'erased':
      return codes.get(String(data['status']));
    case 'demo_removed':
      return undefined;
  }
}
