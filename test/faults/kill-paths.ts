import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { verifyChain } from '../../src/audit/verify.js';
import { withVault } from '../../src/app/vault.js';
import { readConfig } from '../../src/config.js';
import type { AuditEntry } from '../../src/contract/audit.js';
import { postStatuses } from '../../src/contract/post.js';
import type { Post } from '../../src/contract/post.js';
import { testEnv } from '../support/app.js';
import { seededRandom } from '../support/random.js';
import { recordingLog } from '../support/recording-log.js';
import { emptyLedger, enter } from './acknowledged.js';
import type { Acknowledged, Ledger } from './acknowledged.js';

/** One write path: how much was acknowledged, and what became of it. */
export interface PathRow {
  path: string;
  acknowledged: number;
  lost: number;
  doubled: number;
}

export interface KillReport {
  kills: number;
  rows: PathRow[];
  /** What does not fit together in the store as a whole. */
  faults: string[];
}

const kinds = ['posts', 'decided', 'erased', 'key', 'setting', 'audit', 'evidence'];

/**
 * Starts a process that writes everything at once, kills it in the middle, and does so again and again on the same home; at
 * the end everything that was acknowledged is looked for. The moments come from the seed: after fewer than `within`
 * acknowledgements of one path.
 */
export async function killWriters(
  kills: number,
  seed: number,
  env: Record<string, string>,
  within = 20,
): Promise<KillReport> {
  const random = seededRandom(seed);
  const ledger = emptyLedger();
  for (let run = 1; run <= kills; run++) await killOne(run, random.int(within), env, ledger);
  return { kills, ...(await takeStock(env, ledger)) };
}

/** Kills it in the middle of what comes after so many acknowledgements of one path, another path each time. */
async function killOne(run: number, after: number, env: Record<string, string>, ledger: Ledger): Promise<void> {
  const writer = fileURLToPath(new URL('writer.js', import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', writer, String(run)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', ...testEnv, TOCSIN_LOG: 'error', ...env },
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const gone = once(child, 'exit');
  const focus = kinds[run % kinds.length] ?? 'posts';
  let said = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const what = JSON.parse(line) as Acknowledged;
    enter(ledger, what);
    if (!(focus in what)) continue;
    if (said === after) child.kill('SIGKILL');
    said += 1;
  }
  const [code, signal] = (await gone) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`the writer of run ${run} ended by itself with ${code}: ${err}`);
}

/** Looks for everything that was acknowledged, and at whether the store fits together. */
function takeStock(env: Record<string, string>, ledger: Ledger): Promise<Omit<KillReport, 'kills'>> {
  return withVault(
    readConfig({ ...testEnv, ...env }),
    async (vault, { store, trail }) => {
      await trail.follower.catchUp();
      const posts = new Map<string, Post>();
      for (let cursor: string | undefined, more = true; more;) {
        const page = await store.posts.page({ filter: {}, order: 'newest', limit: 1_000, ...(cursor && { cursor }) });
        for (const post of page.items) posts.set(post.id, post);
        cursor = page.next;
        more = cursor !== undefined;
      }
      const events = new Map<string, number>();
      for (let after = 0; ;) {
        const read = await store.log.read(after, 1_000);
        for (const { id } of read) events.set(id, (events.get(id) ?? 0) + 1);
        const last = read.at(-1);
        if (!last) break;
        after = last.seq;
      }
      const entries: AuditEntry[] = [];
      for (let after = 0; ;) {
        const read = await store.audit.read(after, 1_000);
        entries.push(...read);
        const last = read.at(-1);
        if (!last) break;
        after = last.n;
      }
      const keys = new Map((await store.keys.list()).map((key) => [key.id, key]));
      const { faults: damaged } = await vault.verify();
      const custody = new Map((await vault.list()).map(({ id, custody }) => [id, custody]));

      const missing = <T>(those: Iterable<T>, there: (one: T) => boolean) =>
        [...those].filter((one) => !there(one)).length;
      const repeats = (names: string[]) => names.length - new Set(names).size;
      const decisions = entries.filter(({ action }) => action === 'decision');
      const reviewed = [...events.keys()].filter((id) => id.startsWith('reviewed:'));
      const setting = Number((await store.settings.get('counter')) ?? 0);
      const rows: PathRow[] = [
        {
          path: 'posts',
          acknowledged: ledger.posts.size,
          lost: missing(ledger.posts, (id) => posts.has(id) && events.has(`received:${id}`)),
          doubled: repeats([...posts.values()].flatMap(({ externalId }) => externalId ?? [])),
        },
        {
          path: 'decisions',
          acknowledged: ledger.decided.size,
          lost: missing(ledger.decided, ([id, version]) => (posts.get(id)?.version ?? 0) >= version),
          doubled: repeats(decisions.map(({ seq }) => String(seq))),
        },
        {
          path: 'erasures',
          acknowledged: ledger.erased.size,
          lost: missing(ledger.erased, (id) => posts.get(id)?.erased !== undefined && posts.get(id)?.text === ''),
          doubled: repeats(entries.flatMap(({ action, target }) => (action === 'erase' ? [target ?? ''] : []))),
        },
        {
          path: 'keys',
          acknowledged: ledger.keys.size + ledger.revoked.size,
          lost:
            missing(ledger.keys, (id) => keys.has(id)) +
            missing(ledger.revoked, (id) => keys.get(id)?.revokedAt !== undefined),
          doubled: repeats(entries.flatMap(({ action, target }) => (action === 'key.create' ? [target ?? ''] : []))),
        },
        { path: 'settings', acknowledged: ledger.settings, lost: Number(setting < ledger.setting), doubled: 0 },
        {
          path: 'audit chain',
          acknowledged: ledger.audit.size,
          lost: missing(ledger.audit, ([n, hash]) => entries[n - 1]?.hash === hash),
          doubled: repeats(entries.flatMap(({ action, target }) => (action === 'read' ? [target ?? ''] : []))),
        },
        {
          path: 'evidence',
          acknowledged: [...ledger.evidence.values()].reduce((sum, length) => sum + length, 0),
          lost: missing(ledger.evidence, ([id, length]) => (custody.get(id)?.length ?? 0) >= length),
          doubled: [...custody.values()].filter((events) => events.length > 2).length,
        },
      ];

      const { broken } = await verifyChain(trail.chain.read);
      const counts = await store.posts.counts();
      const counted = [...posts.values()].map(({ status }) => status);
      const faults = [
        ...damaged.map(({ id, reason }) => `evidence ${id}: ${reason}`),
        ...(broken ? [`audit chain: broken at ${broken.n}: ${broken.reason}`] : []),
        ...[...events].flatMap(([id, times]) => (times === 1 ? [] : [`the log has ${id} ${times} times`])),
        ...(decisions.length === reviewed.length
          ? []
          : [`${reviewed.length} decisions in the log, ${decisions.length} in the audit chain`]),
        ...postStatuses.flatMap((status) => {
          const found = counted.filter((one) => one === status).length;
          return counts[status] === found ? [] : [`${found} posts are ${status}, but ${counts[status]} are counted`];
        }),
        ...[...posts.values()].flatMap(({ id, version }) => {
          // Every version but the first comes with the event that made it.
          const made = [...Array(version).keys()].slice(1).map((v) => v + 1);
          const without = made.filter(
            (v) => !['assessed', 'reviewed', 'erased'].some((type) => events.has(`${type}:${id}:${v}`)),
          );
          return without.length === 0 ? [] : [`post ${id} has versions without an event: ${without.join(', ')}`];
        }),
      ];
      return { rows, faults };
    },
    { log: recordingLog() },
  );
}

/** Several reports as one. */
export function together(reports: readonly KillReport[]): KillReport {
  const sum = (path: string, of: 'acknowledged' | 'lost' | 'doubled') =>
    reports.flatMap(({ rows }) => rows.filter((row) => row.path === path)).reduce((total, row) => total + row[of], 0);
  const paths = reports[0]?.rows.map(({ path }) => path) ?? [];
  return {
    kills: reports.reduce((total, { kills }) => total + kills, 0),
    rows: paths.map((path) => ({
      path,
      acknowledged: sum(path, 'acknowledged'),
      lost: sum(path, 'lost'),
      doubled: sum(path, 'doubled'),
    })),
    faults: reports.flatMap(({ faults }) => faults),
  };
}

/** The report as a table for people. */
export function table({ kills, rows, faults }: KillReport): string {
  const line = (cells: (string | number)[]) =>
    cells
      .map((cell) => String(cell).padEnd(14))
      .join('')
      .trimEnd();
  return [
    `${kills} kills`,
    line(['write path', 'acknowledged', 'lost', 'doubled']),
    ...rows.map(({ path, acknowledged, lost, doubled }) => line([path, acknowledged, lost, doubled])),
    ...(faults.length === 0 ? ['the store fits together'] : faults),
  ].join('\n');
}
