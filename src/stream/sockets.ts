import type { IncomingHttpHeaders, Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { z } from 'zod';
import type { Log } from '../base/log.js';
import type { Principal } from '../contract/account.js';
import type { ClientToServer, ServerToClient } from '../contract/stream.js';
import type { Outbox, Subscription } from './outbox.js';

export interface StreamDeps {
  server: HttpServer;
  outbox: Outbox;
  /** Who is calling, by the handshake's cookie, header or `auth.key`; `undefined` is refused. */
  authenticate(headers: IncomingHttpHeaders, auth: unknown): Promise<Principal | undefined>;
  log: Log;
}

const request = z.strictObject({ cursor: z.int().min(0).optional() });

/** The live stream over Socket.IO, as `contract/stream.ts` describes it. */
export function attachStream({ server, outbox, authenticate, log }: StreamDeps): { close(): Promise<void> } {
  const io = new Server<ClientToServer, ServerToClient>(server, {
    serveClient: false,
    cors: { origin: false },
    maxHttpBufferSize: 16_384,
  });

  io.use((socket, next) => {
    authenticate(socket.handshake.headers, socket.handshake.auth).then(
      (principal) => {
        if (!principal) next(new Error('unauthenticated'));
        else if (!principal.scopes.includes('read')) next(new Error('forbidden'));
        else next();
      },
      (error: unknown) => {
        log.error({ err: error }, 'a stream could not be authenticated');
        next(new Error('internal'));
      },
    );
  });

  io.on('connection', (socket) => {
    let subscription: Subscription | undefined;
    socket.on('follow', (input, ack) => {
      if (typeof ack !== 'function') return;
      const parsed = request.safeParse(input);
      if (!parsed.success) {
        ack({ error: 'follow takes { cursor?: a whole number from 0 }' });
        return;
      }
      subscription?.close();
      const current = outbox.follow(parsed.data.cursor, (batch) => socket.emit('changes', batch));
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
