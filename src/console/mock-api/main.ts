import { join } from 'node:path';
import { Backend } from './backend.js';
import { serve } from './serve.js';

// `node dist/src/console/mock-api/main.js [port]`: the built console over invented posts, a new one every eight seconds.
const backend = new Backend(() => Date.now());
const served = await serve(backend, join(import.meta.dirname, '../../../console'), Number(process.argv[2] ?? 8080));
setInterval(() => backend.arrive(), 8_000);
process.stdout.write(
  `console over invented posts: ${served.url} (admin@example.org, any password of eight characters)\n`,
);
