import type { IncomingHttpHeaders, Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { z } from 'zod';
import type { Log } from '../base/log.js';
import type { Principal } from '../contract/account.js';
import type { Post } from '../contract/post.js';
import type { Change, ClientToServer, ServerToClient } from '../contract/stream.js';
import type { Outbox, Subscription } from './outbox.js';

export interface StreamDeps {
  server: HttpServer;
  outbox: Outbox;
  /** Who is calling, by the handshake's cookie, header or `auth.key`; `undefined` is refused. */
  authenticate(headers: IncomingHttpHeaders, auth: unknown): Promise<Principal | undefined>;
  /** Told who is about to see which posts; what it throws ends that stream. */
  seen(principal: Principal, posts: Post[]): Promise<void>;
  log: Log;
}

const request = z.strictObject({ cursor: z.int().min(0).optional() });

/** The live stream over Socket.IO, as `contract/stream.ts` describes it. */
export function attachStream({ server, outbox, authenticate, seen, log }: StreamDeps): { close(): Promise<void> } {
  const io = new Server<ClientToServer, ServerToClient, Record<string, never>, { principal: Principal }>(server, {
    serveClient: false,
    cors: { origin: false },
    maxHttpBufferSize: 16_384,
  });

  io.use((socket, next) => {
    authenticate(socket.handshake.headers, socket.handshake.auth).then(
      (principal) => {
        if (!principal) next(new Error('unauthenticated'));
        else if (!principal.scopes.includes('read')) next(new Error('forbidden'));
        else {
          socket.data.principal = principal;
          next();
        }
      },
      (error: unknown) => {
        log.error({ err: error }, 'a stream could not be authenticated');
        next(new Error('internal'));
      },
    );
  });

  io.on('connection', (socket) => {
    let subscription: Subscription | undefined;
    // One after the other: a batch goes out once it is written down who sees it, and never before the one ahead of it.
    let sending = Promise.resolve();
    const send = (batch: Change[]) => {
      sending = sending
        .then(() =>
          seen(
            socket.data.principal,
            batch.flatMap(({ post }) => post ?? []),
          ),
        )
        .then(() => void socket.emit('changes', batch))
        .catch((error: unknown) => {
          log.error({ err: error }, 'a stream was ended: it could not be written down who reads');
          socket.disconnect(true);
        });
    };
    socket.on('follow', (input, ack) => {
      if (typeof ack !== 'function') return;
      const parsed = request.safeParse(input);
      if (!parsed.success) {
        ack({ error: 'follow takes { cursor?: a whole number from 0 }' });
        return;
      }
      subscription?.close();
      const current = outbox.follow(parsed.data.cursor, send);
      subscription = current;
      current.cursor.then(
        (cursor) => ack({ cursor }),
        (error: unknown) => {
          log.error({ err: error }, 'the log cannot be read');
          ack({ error: 'the log cannot be read' });
        },
      );
    });
    socket.on('disconnect', () => subscription?.close());
  });

  return {
    async close() {
      await io.close();
    },
  };
}
