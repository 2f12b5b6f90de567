// Run as a process of its own by kill-paths.ts, which kills it: does everything at once that the service writes, and names
// each thing on stdout once it was acknowledged. Arguments: a number that no other run has, and how many posts a batch has.
import { writeSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createPrivacy } from '../../src/app/privacy.js';
import { withVault } from '../../src/app/vault.js';
import { readConfig } from '../../src/config.js';
import type { Principal } from '../../src/contract/account.js';
import { assessedEvent } from '../../src/contract/event.js';
import { createIntake } from '../../src/intake/submit.js';
import { createKeys } from '../../src/partners/keys.js';
import { createReview } from '../../src/review/decide.js';
import { assessed } from '../support/posts.js';
import type { Acknowledged } from './acknowledged.js';

const run = Number(process.argv[2]);
const say = (what: Acknowledged) => writeSync(1, `${JSON.stringify(what)}\n`);
const person: Principal = { kind: 'user', id: 'u', name: 'U', roles: ['moderator'], scopes: [] };

await withVault(readConfig(process.env), async (vault, home) => {
  const { store, trail, clock, ids, log, keyring } = home;
  const { record } = trail;
  const intake = createIntake({ store, clock, ids, log, pseudonym: keyring.pseudonym, admit: () => undefined });
  const review = createReview({ store, clock, digest: trail.digest });
  const keys = createKeys({ store, clock, ids, record, used: async () => undefined });
  const privacy = createPrivacy(readConfig(process.env), home, vault);
  trail.follower.start();

  const paths: ((n: number) => Promise<void>)[] = [
    async function posts(n) {
      const rows = Array.from({ length: 5 }, (_, i) => ({
        text: `words ${n} ${i}`,
        externalId: `${run}-${n}-${i}`,
        source: { name: 'kill' },
      }));
      const { results } = await intake.submit(rows, { via: 'api', by: 'k', workspace: 'main' });
      say({ posts: results.map(({ id }) => id ?? '') });
      // Sent again, as somebody does who had no answer: nothing may come of it.
      const again = await intake.submit(rows, { via: 'api', by: 'k', workspace: 'main' });
      if (again.duplicates !== rows.length) throw new Error('a post was taken twice');
    },
    async function decisions(n) {
      const { results } = await intake.submit([{ text: `decide ${n}`, externalId: `${run}-d-${n}` }], {
        via: 'api',
        by: 'k',
        workspace: 'main',
      });
      const id = results[0]?.id ?? '';
      const doc = assessed((await store.posts.get(id))!, { score: 0.5, groups: ['G'] });
      await store.posts.save([{ doc, expectedVersion: 1, events: [assessedEvent(doc, doc.receivedAt)] }]);
      for (const [version, decision] of [
        [2, { decision: 'escalate' as const }],
        [3, { decision: 'confirm' as const, level: 'top' as const }],
      ] as const) {
        await review.decide(id, { ...decision, expectedVersion: version }, person);
        say({ decided: id, version: version + 1 });
      }
      if (n % 2 === 0) return;
      await privacy.erase(id, 'asked for', { kind: 'user', id: 'u' });
      say({ erased: id });
    },
    async function apiKeys() {
      const { key } = await keys.add({ name: 'k', scopes: ['read'] }, 'u');
      say({ key: key.id });
      await keys.revoke(key.id, 'u');
      say({ revoked: key.id });
    },
    async function settings(n) {
      await store.settings.set('counter', run * 1_000_000 + n);
      say({ setting: run * 1_000_000 + n });
    },
    async function audit(n) {
      const { n: at, hash } = await trail.chain.record({
        action: 'read',
        actor: { kind: 'user', id: 'u' },
        target: `${run}-${n}`,
      });
      say({ audit: at, hash });
    },
    async function evidence(n) {
      const { id } = await vault.capture(Readable.from([Buffer.from(`original ${n % 7}`)]), { method: 'test' }, person);
      say({ evidence: id, custody: 1 });
      await vault.hold(id, 'order', person);
      say({ evidence: id, custody: 2 });
    },
  ];
  await Promise.all(
    paths.map(async (path) => {
      for (let n = 0; ; n++) await path(n);
    }),
  );
});
