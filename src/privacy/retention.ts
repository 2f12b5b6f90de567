import { setImmediate as breathe } from 'node:timers/promises';
import { instant } from '../base/clock.js';
import type { Clock } from '../base/clock.js';
import { VersionConflict } from '../base/errors.js';
import { sha256 } from '../base/ids.js';
import type { Actor, RecordAct } from '../contract/audit.js';
import type { Post } from '../contract/post.js';
import type { RetentionReport, RetentionRule } from '../contract/retention.js';
import type { Store } from '../store/port.js';
import { erasure } from './erase.js';
import type { EraseDeps } from './erase.js';

const day = 86_400_000;
const page = 200;
const conditions = ['level', 'status', 'source', 'country'] as const;

/** The level in force. */
function levelOf({ status, review, assessment }: Post): string | undefined {
  return status === 'not_hate' ? 'none' : (review?.level ?? assessment?.level);
}

/**
 * The rule for a post: the one with the most conditions among those that it meets; of as many, one that names its status,
 * then one of the deployment's own, then the one that keeps it for the shortest time. A post that a person passed up waits
 * for another person: only a rule that names that status applies to it.
 */
export function ruleFor(post: Post, own: readonly RetentionRule[], defaults: readonly RetentionRule[]) {
  const facts = {
    level: levelOf(post),
    status: post.status,
    source: post.source?.name,
    country: post.place?.country,
  };
  const fits = (rule: RetentionRule) =>
    conditions.every((name) => rule[name] === undefined || rule[name] === facts[name]);
  const narrow = (rule: RetentionRule) => conditions.filter((name) => rule[name] !== undefined).length;
  const ranked = [...own.map((rule) => ({ rule, own: 1 })), ...defaults.map((rule) => ({ rule, own: 0 }))]
    .filter(({ rule }) => fits(rule) && (post.status !== 'escalated' || rule.status === 'escalated'))
    .sort(
      (a, b) =>
        narrow(b.rule) - narrow(a.rule) ||
        Number(b.rule.status !== undefined) - Number(a.rule.status !== undefined) ||
        b.own - a.own ||
        (a.rule.days ?? Number.MAX_SAFE_INTEGER) - (b.rule.days ?? Number.MAX_SAFE_INTEGER),
    );
  return ranked[0]?.rule;
}

/** When the time of a post begins: with the last word on it. */
const sinceOf = (post: Post): number => Date.parse(post.review?.history.at(-1)?.at ?? post.receivedAt);

export interface RetentionDeps extends EraseDeps {
  store: Store;
  clock: Clock;
  rules: { own: readonly RetentionRule[]; defaults: readonly RetentionRule[] };
  record: RecordAct;
  actor: Actor;
  /** Ends the run after the page it is at. */
  signal?: AbortSignal | undefined;
}

/**
 * Erases the content of every post whose time is over, batch by batch; counts, filters and tombstones stay. Posts that wait
 * for their assessment and those under legal hold are not touched. With `dryRun` nothing is written at all.
 */
export async function runRetention(deps: RetentionDeps, dryRun: boolean): Promise<RetentionReport> {
  const { store, clock, rules, held } = deps;
  const lines = new Map<RetentionRule, { due: number; held: number }>();
  const holding = await held();
  let seen = 0;
  let cursor: string | undefined;
  do {
    const { items, next } = await store.posts.page({
      filter: { workspace: 'main' },
      order: 'newest',
      limit: page,
      ...(cursor !== undefined && { cursor }),
    });
    const due: { post: Post; rule: RetentionRule }[] = [];
    for (const post of items) {
      if (post.erased || post.status === 'received') continue;
      seen += 1;
      const rule = ruleFor(post, rules.own, rules.defaults);
      if (!rule || rule.days === null || sinceOf(post) + rule.days * day > clock.now()) continue;
      const line = lines.get(rule) ?? { due: 0, held: 0 };
      lines.set(rule, line);
      if (holding.has(post.id)) line.held += 1;
      else due.push({ post, rule });
    }
    const gone = dryRun ? due : await eraseBatch(deps, due);
    for (const { rule } of gone) lines.get(rule)!.due += 1;
    cursor = next;
    // A store in this process answers at once: whoever asks the service something meanwhile must not wait for the last page.
    await breathe();
  } while (cursor !== undefined && !deps.signal?.aborted);
  if (!dryRun) await store.scrub();
  return { dryRun, seen, lines: [...lines].map(([rule, counts]) => ({ rule, ...counts })) };
}

/** One entry in the audit chain a batch, before it: with how many, and the digest of their ids. */
async function eraseBatch(
  { store, clock, held, digest, record, actor }: RetentionDeps,
  batch: { post: Post; rule: RetentionRule }[],
): Promise<{ post: Post; rule: RetentionRule }[]> {
  if (batch.length === 0) return [];
  const ids = batch.map(({ post }) => post.id).sort((a, b) => (a < b ? -1 : 1));
  await record({ action: 'retention', actor, detail: { posts: ids.length }, after: sha256(ids.join('\n')) });
  const gone: typeof batch = [];
  const at = instant(clock);
  // Asked again: somebody may have put a hold on one while we went.
  const holding = await held();
  for (const one of batch) {
    if (holding.has(one.post.id)) continue;
    const reason = describeRule(one.rule);
    try {
      await store.posts.save([erasure(one.post, actor, at, { cause: 'retention', reason }, digest)]);
      gone.push(one);
    } catch (error) {
      // Somebody decided meanwhile: its time begins anew, and the next run looks again.
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
  return gone;
}

/** "level bottom, country KEN: 90 days" */
export function describeRule(rule: RetentionRule): string {
  const met = conditions.flatMap((name) => (rule[name] === undefined ? [] : [`${name} ${rule[name]}`]));
  return `${met.join(', ') || 'every post'}: ${rule.days === null ? 'kept' : `${rule.days} days`}`;
}
