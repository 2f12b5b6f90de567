// The long run of the kill harness: node dist/test/faults/kill-run.js --kills 300 [--driver sqlite|mongo] [--seed N]. The homes
// are made and removed; the MongoDB is the one of the tests, one server for all. Every `--fresh` kills a new store is begun, because
// the test server reads all of a collection for every question; `--within` says how soon a writer is killed at the latest.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { missingMongo, mongo } from '../support/mongo.js';
import { killWriters, table, together } from './kill-paths.js';
import type { KillReport } from './kill-paths.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    driver: { type: 'string', default: 'sqlite' },
    seed: { type: 'string', default: '1' },
    fresh: { type: 'string' },
    within: { type: 'string' },
  },
});
const onMongo = values.driver === 'mongo';
const missing = onMongo ? missingMongo() : undefined;
if (missing !== undefined) throw new Error(missing);
const folder = mkdtempSync(join(tmpdir(), 'tocsin-kill-run-'));
const server = onMongo ? await mongo() : undefined;
const kills = Number(values.kills);
const fresh = Number(values.fresh ?? (onMongo ? 10 : kills));
const within = Number(values.within ?? (onMongo ? 4 : 20));
const reports: KillReport[] = [];
try {
  for (let from = 0; from < kills; from += fresh) {
    const env = {
      TOCSIN_HOME: join(folder, `home-${from}`),
      ...(server && { TOCSIN_STORE: 'mongo', TOCSIN_MONGO_URL: server.url(`tocsin_kills_${process.pid}_${from}`) }),
    };
    reports.push(await killWriters(Math.min(fresh, kills - from), Number(values.seed) + from, env, within));
    process.stderr.write(`${Math.round(performance.now() / 1_000)} s: ${table(together(reports))}\n`);
  }
} finally {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}
const report = together(reports);
process.stdout.write(`${values.driver}: ${table(report)}\n`);
if (report.faults.length > 0 || report.rows.some(({ lost, doubled }) => lost + doubled > 0)) process.exitCode = 1;
