import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { Server } from 'socket.io';
import type { Change, ClientToServer, ServerToClient } from '../../contract/stream.js';
import type { Backend } from './backend.js';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};
/** As strict as the real server's, so that a page that would not run there does not run here. */
const policy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

export interface Served {
  url: string;
  /** Drops every live connection, as a network would; clients may come back at once. */
  cutStream(): void;
  close(): Promise<void>;
}

/** Serves the built console in `folder` and the mock backend behind it on `port` (0: a free one). */
export async function serve(backend: Backend, folder: string, port = 0): Promise<Served> {
  const http = createServer((request, response) => {
    answer(backend, folder, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  const io = attachStream(backend, http);
  await new Promise<void>((resolve) => {
    http.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    cutStream: () => {
      for (const socket of io.of('/').sockets.values()) socket.conn.close();
    },
    close: () => io.close(),
  };
}

function attachStream(backend: Backend, http: HttpServer): Server<ClientToServer, ServerToClient> {
  const io = new Server<ClientToServer, ServerToClient>(http);
  io.use((socket, next) => {
    const known = backend.sessions.has(sessionOf(socket.request) ?? '');
    next(known ? undefined : new Error('unauthenticated'));
  });
  io.on('connection', (socket) => {
    socket.on('follow', ({ cursor }, ack) => {
      const send = (batch: Change[]) => socket.emit('changes', batch);
      ack({ cursor: backend.cursor });
      const backlog = cursor === undefined ? [] : backend.changes.filter((change) => change.cursor > cursor);
      if (backlog.length > 0) send(backlog);
      socket.on('disconnect', backend.onChange(send));
    });
  });
  return io;
}

async function answer(
  backend: Backend,
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://mock');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (!url.pathname.startsWith('/v1/') && !url.pathname.startsWith('/api/'))
    return page(folder, url.pathname, response);
  const { status, body, headers } = backend.handle({
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    body: Buffer.concat(chunks),
    contentType: request.headers['content-type'] ?? '',
    session: sessionOf(request),
  });
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function page(folder: string, path: string, response: ServerResponse): Promise<void> {
  const file = normalize(join(folder, path));
  const wanted = file.startsWith(folder) && extname(file) !== '' ? file : join(folder, 'index.html');
  const content = await readFile(wanted).catch(() => undefined);
  response.writeHead(content ? 200 : 404, {
    'content-type': types[extname(wanted)] ?? 'application/octet-stream',
    'content-security-policy': policy,
  });
  response.end(content);
}

const sessionOf = (request: IncomingMessage): string | undefined =>
  /tocsin\.session=([^;]+)/u.exec(request.headers.cookie ?? '')?.[1];
