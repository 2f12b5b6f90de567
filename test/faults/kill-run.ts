// The long run of the kill harness: node dist/test/faults/kill-run.js --kills 300 [--seed N]. Settings come from the
// environment, so that TOCSIN_STORE and its neighbours say which store is tried; the home is made and removed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killWriters, table } from './kill-paths.js';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '300' }, seed: { type: 'string', default: '1' } },
});
const folder = mkdtempSync(join(tmpdir(), 'tocsin-kill-run-'));
const settings = Object.entries(process.env).filter(([name]) => name.startsWith('TOCSIN_'));
try {
  const report = await killWriters(Number(values.kills), Number(values.seed), {
    ...(Object.fromEntries(settings) as Record<string, string>),
    TOCSIN_HOME: join(folder, 'home'),
  });
  process.stdout.write(`${table(report)}\n`);
  if (report.faults.length > 0 || report.rows.some(({ lost, doubled }) => lost + doubled > 0)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
