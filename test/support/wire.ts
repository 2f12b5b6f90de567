import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface Wire {
  port: number;
  /** Breaks every connection, now or after so many more bytes towards the server, and refuses new ones until `mend`. */
  cut(afterBytes?: number): void;
  mend(): void;
  /** Whether it is cut. */
  readonly broken: boolean;
  close(): Promise<void>;
}

/** A wire to a server on this machine that a test can cut in the middle of what is said over it. */
export async function wire(to: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  let left = Infinity;
  let broken = false;
  const cutNow = () => {
    broken = true;
    left = Infinity;
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((near) => {
    if (broken) {
      near.destroy();
      return;
    }
    const far = connect(to, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.setNoDelay(true);
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    near.on('data', (bytes) => {
      if (bytes.length < left) {
        left -= bytes.length;
        far.write(bytes);
        return;
      }
      // What has gone over before the cut arrives: half a message, or a whole one whose answer is lost.
      far.write(bytes.subarray(0, left), cutNow);
    });
    far.on('data', (bytes) => near.write(bytes));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cut(afterBytes) {
      if (afterBytes === undefined) cutNow();
      else left = afterBytes;
    },
    mend() {
      broken = false;
      left = Infinity;
    },
    get broken() {
      return broken;
    },
    async close() {
      cutNow();
      server.close();
      await once(server, 'close');
    },
  };
}
