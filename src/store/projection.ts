import type { LogEvent } from '../contract/event.js';
import type { Snapshot, Store } from './port.js';

/**
 * A state that is nothing but the sum of the log. `State` must be the same however it came about: event by event as they happened,
 * from the log's beginning, or from a snapshot on; `write` gives it byte for byte.
 */
export interface Projection<State> {
  /** Changed whenever its meaning changes: a snapshot of another name is never read. */
  name: string;
  empty(): State;
  /** Takes one event in; may change and return the state it was given. */
  apply(state: State, event: LogEvent): State;
  write(state: State): string;
  read(text: string): State;
}

export interface Projected<State> {
  /** The last event that is in `state`. */
  readonly seq: number;
  readonly state: State;
  /** How many events were read to come here. */
  readonly replayed: number;
}

const pageSize = 2_000;

/** The state at the log's present head, from the last snapshot when there is one that can be read. */
export async function replay<State>(
  store: Pick<Store, 'log' | 'snapshots'>,
  projection: Projection<State>,
  from: 'snapshot' | 'beginning' = 'snapshot',
): Promise<Projected<State>> {
  const kept = from === 'snapshot' ? await store.snapshots.get(projection.name) : undefined;
  const begun = kept && kept.seq <= (await store.log.head()) ? opened(projection, kept) : undefined;
  return follow(store, projection, begun ?? { seq: 0, state: projection.empty(), replayed: 0 });
}

/** Takes in what the log has beyond a state. The state given is not to be used afterwards. */
export async function follow<State>(
  store: Pick<Store, 'log'>,
  projection: Projection<State>,
  { seq, state, replayed }: Projected<State>,
): Promise<Projected<State>> {
  let at: Projected<State> = { seq, state, replayed };
  for (;;) {
    const events = await store.log.read(at.seq, pageSize);
    const last = events.at(-1);
    if (!last) return at;
    let next = at.state;
    for (const event of events) next = projection.apply(next, event);
    at = { seq: last.seq, state: next, replayed: at.replayed + events.length };
  }
}

/** Keeps a state, so that the next start reads only what comes after it. */
export async function keep<State>(
  store: Pick<Store, 'snapshots'>,
  projection: Projection<State>,
  { seq, state }: Projected<State>,
): Promise<void> {
  await store.snapshots.put(projection.name, { seq, state: projection.write(state) });
}

/** A snapshot that does not read (another release wrote it, a disk changed it) is no snapshot: the log has everything. */
function opened<State>(projection: Projection<State>, { seq, state }: Snapshot): Projected<State> | undefined {
  try {
    return { seq, state: projection.read(state), replayed: 0 };
  } catch {
    return undefined;
  }
}
