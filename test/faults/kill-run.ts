// The long run of the kill harness: node dist/test/faults/kill-run.js --kills 300 [--driver sqlite|mongo] [--seed N]. The home
// is made and removed; the MongoDB is the one of the tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { missingMongo, mongo } from '../support/mongo.js';
import { killWriters, table } from './kill-paths.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    driver: { type: 'string', default: 'sqlite' },
    seed: { type: 'string', default: '1' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'tocsin-kill-run-'));
const missing = values.driver === 'mongo' ? missingMongo() : undefined;
if (missing !== undefined) throw new Error(missing);
const server = values.driver === 'mongo' ? await mongo() : undefined;
try {
  const report = await killWriters(Number(values.kills), Number(values.seed), {
    TOCSIN_HOME: join(folder, 'home'),
    ...(server && { TOCSIN_STORE: 'mongo', TOCSIN_MONGO_URL: server.url(`tocsin_kills_${process.pid}`) }),
  });
  process.stdout.write(`${values.driver}: ${table(report)}\n`);
  if (report.faults.length > 0 || report.rows.some(({ lost, doubled }) => lost + doubled > 0)) process.exitCode = 1;
} finally {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}
