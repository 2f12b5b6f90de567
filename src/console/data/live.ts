import type { Socket } from 'socket.io-client';
import type { Change, ClientToServer, ServerToClient } from '../../contract/stream.js';
import { api } from './http.js';

/** `connecting` at first, `live`, or `lost` while the connection is being found again. */
export type LiveState = 'connecting' | 'live' | 'lost';

/** Changes kept for lists that are being loaded while they arrive. */
const kept = 1_000;

/**
 * The live stream: follows from the cursor it was given before the first list was loaded, and after every break from the last
 * cursor it saw, so that nothing is missed and nothing comes twice.
 */
export class Live {
  #state: LiveState = 'connecting';
  #cursor: number | undefined;
  #asked: Promise<void> | undefined;
  #socket: Socket<ServerToClient, ClientToServer> | undefined;
  #recent: Change[] = [];
  #count = 0;
  readonly #watchers = new Set<() => void>();
  readonly #onChanges: (batch: Change[]) => void;
  readonly #onGap: () => void;

  /** `onGap` is called when the service can no longer say what was missed: everything has to be loaded again. */
  constructor(onChanges: (batch: Change[]) => void, onGap: () => void) {
    this.#onChanges = onChanges;
    this.#onGap = onGap;
  }

  readonly state = (): LiveState => this.#state;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Resolves once it is known from where to follow; lists are loaded only afterwards. */
  ready(): Promise<void> {
    this.#asked ??= api<{ cursor: number }>('/v1/stream/cursor').then(
      ({ cursor }) => {
        this.#cursor = cursor;
      },
      (error: unknown) => {
        this.#asked = undefined;
        throw error;
      },
    );
    return this.#asked;
  }

  /** How many changes have come in; give it to `since`. */
  mark(): number {
    return this.#count;
  }

  /** What came in after a mark. */
  since(mark: number): Change[] {
    return this.#recent.slice(Math.max(0, this.#recent.length - (this.#count - mark)));
  }

  /** Connects. Returns what disconnects. */
  start(): () => void {
    let stopped = false;
    this.#set('connecting');
    void import('socket.io-client').then(({ io }) => {
      if (stopped) return;
      const socket: Socket<ServerToClient, ClientToServer> = io({
        transports: ['websocket'],
        reconnectionDelayMax: 10_000,
      });
      this.#socket = socket;
      socket.on('connect', () => void this.#follow(socket));
      socket.on('changes', (batch) => this.#take(batch));
      socket.on('disconnect', () => this.#set('lost'));
      socket.on('connect_error', () => this.#set('lost'));
    });
    return () => {
      stopped = true;
      this.#socket?.disconnect();
      this.#socket = undefined;
      this.#asked = undefined;
      this.#cursor = undefined;
    };
  }

  async #follow(socket: Socket<ServerToClient, ClientToServer>): Promise<void> {
    try {
      await this.ready();
    } catch {
      // The lists fail with the same error and show it; the connection is tried again after its usual pause.
      socket.io.engine.close();
      return;
    }
    socket.emit('follow', { cursor: this.#cursor ?? 0 }, (answer) => {
      if ('cursor' in answer) {
        this.#set('live');
        return;
      }
      this.#asked = undefined;
      this.#cursor = undefined;
      this.#onGap();
      socket.io.engine.close();
    });
  }

  #take(batch: Change[]): void {
    const fresh = batch.filter((change) => change.cursor > (this.#cursor ?? 0));
    if (fresh.length === 0) return;
    this.#cursor = fresh.at(-1)!.cursor;
    this.#count += fresh.length;
    this.#recent = [...this.#recent, ...fresh].slice(-kept);
    this.#onChanges(fresh);
  }

  #set(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}
