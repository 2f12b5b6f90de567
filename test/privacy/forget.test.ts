import { beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixedClock } from '../../src/base/clock.js';
import type { AuditInput } from '../../src/contract/audit.js';
import { post as postShape } from '../../src/contract/post.js';
import type { Post } from '../../src/contract/post.js';
import { retentionRules } from '../../src/contract/retention.js';
import type { RetentionRule } from '../../src/contract/retention.js';
import { bare } from '../../src/privacy/bare.js';
import { createKeyring } from '../../src/privacy/keyring.js';
import { createPrivacyRoom } from '../../src/privacy/privacy.js';
import type { Privacy } from '../../src/privacy/privacy.js';
import { describeRule, ruleFor } from '../../src/privacy/retention.js';
import { sealedStore } from '../../src/privacy/seal.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/port.js';
import { assessed, assessment, at, noon, received, row } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';

const day = 86_400_000;
const actor = { kind: 'cli', id: 'ann' } as const;
const defaults = retentionRules.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '..', 'data', 'retention', 'rules.json'), 'utf8')),
);
const clock = fixedClock(noon);
let raw: Store;
let store: Store;
let held: Set<string>;
let told: AuditInput[];
let privacy: Privacy;
beforeEach(async () => {
  raw = await openStore({ driver: 'memory', path: '', clock, log: recordingLog() });
  store = sealedStore(raw, createKeyring('s'.repeat(43)));
  held = new Set();
  told = [];
  privacy = createPrivacyRoom({
    store,
    raw,
    settings: store.settings,
    clock,
    held: async () => held,
    digest: ({ version }) => `digest of ${version}`,
    record: async (input) => told.push(input),
    defaults: async () => defaults,
  });
});

/** A post with the secret word in every place where there may be words. */
function wordy(id: string, days = 0, parts: Partial<Post> = {}): Post {
  const reason = 'because of blorven';
  const grade = { grade: 2 as const, reason };
  const verdict = assessment({
    score: 0.7,
    groups: ['X.mig'],
    categories: ['T05'],
    rabat: { context: grade, speaker: grade, intent: grade, content: grade, extent: grade, likelihood: grade },
    explanation: [{ code: 'c', params: { word: 'blorven' }, text: 'it says blorven' }],
  });
  return {
    ...received(id, -days * day, {
      text: 'all blorven',
      author: 'blorven-pseudonym',
      url: 'https://example.org/blorven',
      externalId: 'blorven-1',
      parent: { text: 'blorven asked' },
      place: { country: 'KEN', admin1: 'KE-30', name: 'blorven street' },
      source: { name: 'Radio', kind: 'radio' },
    }),
    version: 2,
    status: 'open',
    assessment: {
      ...verdict,
      priority: { score: 0.7, parts: [{ part: 'severity', value: 1, weight: 1, reason }] },
      findings: [
        {
          start: 0,
          end: 3,
          rule: 'r',
          category: 'T05',
          groups: [],
          grounds: [],
          functions: [],
          via: 'term',
          stance: 'endorse',
          cleared: false,
          severity: 3,
          level: 'intermediate',
          confidence: 1,
          obfuscated: false,
          reason,
          evidence: [],
        } as unknown as (typeof verdict.findings)[number],
      ],
    },
    review: { history: [{ decision: 'escalate', note: 'blorven!', by: 'u', byName: 'U', at: at(-days * day) }] },
    ...parts,
  };
}

const put = async (...posts: Post[]) => {
  for (const post of posts) {
    await store.posts.insertMany([row({ ...post, version: 1, status: 'received' })]);
    if (post.status !== 'received')
      await store.posts.save([{ doc: { ...post, version: 2 }, expectedVersion: 1, events: [] }]);
  }
};
const says = async (id: string) => JSON.stringify(await raw.posts.get(id)).includes('blorven');

describe('a post without words', () => {
  it('has none left anywhere, and still counts and filters as before', () => {
    const left = bare(wordy('A'));
    expect(JSON.stringify(left)).not.toContain('blorven');
    expect(postShape.parse(JSON.parse(JSON.stringify(left)))).toMatchObject({
      status: 'open',
      source: { name: 'Radio' },
      place: { country: 'KEN', admin1: 'KE-30' },
      assessment: {
        level: 'intermediate',
        groups: ['X.mig'],
        categories: ['T05'],
        severity: 3,
        priority: { score: 0.7 },
      },
      review: { history: [{ decision: 'escalate' }] },
    });
  });
});

describe('restricted posts', () => {
  it('are in the store without a word in the clear, and come out whole', async () => {
    for (const [id, parts] of [
      ['E', { status: 'escalated' }],
      ['T', { status: 'confirmed', review: { history: [], level: 'top' } }],
    ] as const) {
      const post = wordy(id, 0, parts as Partial<Post>);
      await put(post);
      expect([id, await says(id)]).toEqual([id, false]);
      expect(await store.posts.get(id)).toEqual(post);
      expect(await store.posts.getMany([id])).toEqual([post]);
      const page = await store.posts.page({ filter: { status: [post.status] }, order: 'priority', limit: 9 });
      expect(page.items).toEqual([post]);
    }
  });

  it('stand in the clear again once they are restricted no more, as all others do', async () => {
    await put(wordy('E', 0, { status: 'escalated' }), wordy('O'));
    const doc: Post = { ...wordy('E'), status: 'not_hate', version: 3 };
    await store.posts.save([{ doc, expectedVersion: 2, events: [] }]);
    expect([await says('E'), await says('O'), await store.posts.get('E')]).toEqual([true, true, doc]);
  });

  it('are moved as they are encrypted', async () => {
    await put(wordy('E', 0, { status: 'escalated' }));
    expect(JSON.stringify(await store.transfer.posts('', 9))).not.toContain('blorven');
  });
});

describe('the rules', () => {
  const rule = (parts: Partial<RetentionRule>): RetentionRule => ({ days: 7, ...parts });
  const of = (post: Post, own: RetentionRule[] = []) => describeRule(ruleFor(post, own, defaults)!);

  it.each([
    ['nothing found', assessed(received('A')), 'level none: 0 days'],
    ['found not to be hate', wordy('A', 0, { status: 'not_hate' }), 'status not_hate: 30 days'],
    ['intermediate', wordy('A'), 'level intermediate: 730 days'],
    [
      'decided as bottom',
      wordy('A', 0, { status: 'confirmed', review: { history: [], level: 'bottom' } }),
      'level bottom: 90 days',
    ],
    [
      'decided as top',
      wordy('A', 0, { status: 'confirmed', review: { history: [], level: 'top' } }),
      'level top: kept',
    ],
    ['passed up', wordy('A', 0, { status: 'escalated' }), 'status escalated: kept'],
  ])('give by default: %s', (_, post, expected) => {
    expect(of(post)).toBe(expected);
  });

  it('the narrower one wins, then the own one, then the shorter one', () => {
    const post = wordy('A');
    expect(of(post, [rule({ level: 'intermediate' })])).toBe('level intermediate: 7 days');
    expect(of(post, [rule({ country: 'KEN', days: 9 }), rule({ source: 'Radio', days: null })])).toBe(
      'country KEN: 9 days',
    );
    expect(of(post, [rule({ country: 'KEN' }), rule({ country: 'KEN', source: 'Radio', days: null })])).toBe(
      'source Radio, country KEN: kept',
    );
    expect(of(post, [rule({ country: 'SOM' }), rule({ level: 'intermediate', source: 'TV' })])).toBe(
      'level intermediate: 730 days',
    );
    expect(of(received('A'), [rule({})])).toBe('every post: 7 days');
  });

  it('of the deployment are set, replaced and taken away', async () => {
    await privacy.setRule({ country: 'KEN', days: 30 });
    await privacy.setRule({ country: 'KEN', days: 60 });
    expect((await privacy.rules()).own).toEqual([{ country: 'KEN', days: 60 }]);
    await expect(privacy.setRule({ country: 'Kenya', days: -1 })).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ field: 'country' }, { field: 'days' }],
    });
    await expect(privacy.unsetRule({ country: 'SOM' })).rejects.toMatchObject({ code: 'not_found' });
    await privacy.unsetRule({ country: 'KEN' });
    expect((await privacy.rules()).own).toEqual([]);
  });
});

describe('a run', () => {
  const plain = (id: string, days: number) => ({ ...assessed(received(id, -days * day)), text: 'fine blorven' });

  beforeEach(async () => {
    await put(
      plain('none', 1),
      wordy('old', 731),
      wordy('young', 729),
      wordy('held', 800),
      wordy('top', 9_000, { status: 'confirmed', review: { history: [], level: 'top' } }),
      wordy('up', 9_000, { status: 'escalated' }),
      wordy('no', 31, { status: 'not_hate' }),
      wordy('decided', 9_000, {
        status: 'confirmed',
        review: { level: 'bottom', history: [{ decision: 'confirm', by: 'u', byName: 'U', at: at(-10 * day) }] },
      }),
      received('waiting', -9_000 * day, { text: 'blorven' }),
    );
    held.add('held');
  });
  const kept = ['young', 'held', 'top', 'up', 'decided', 'waiting'];

  it('says first what it would do, and does nothing', async () => {
    const before = await raw.transfer.posts('', 99);
    const report = await privacy.run(true, actor);
    expect(report).toMatchObject({ dryRun: true, seen: 8 });
    expect(report.lines.map(({ rule, due, held }) => [describeRule(rule), due, held])).toEqual([
      ['level none: 0 days', 1, 0],
      ['status not_hate: 30 days', 1, 0],
      ['level intermediate: 730 days', 1, 1],
    ]);
    expect([await raw.transfer.posts('', 99), told]).toEqual([before, []]);
  });

  it('erases just that: content goes, counts stay, legal holds are not touched', async () => {
    const dry = await privacy.run(true, actor);
    const filter = { group: ['X.mig'], minSeverity: 3 };
    const counted = async () => (await store.posts.page({ filter, order: 'priority', limit: 99 })).items.length;
    const before = await counted();
    const report = await privacy.run(false, actor);
    expect(report).toEqual({ ...dry, dryRun: false });
    for (const id of ['none', 'old', 'no']) {
      expect([id, await says(id)]).toEqual([id, false]);
      expect((await store.posts.get(id))?.erased).toMatchObject({ cause: 'retention', by: 'ann', at: at(0) });
    }
    for (const id of kept)
      expect([id, (await store.posts.get(id))?.text]).toEqual([id, expect.stringContaining('blorven')]);
    expect(await counted()).toBe(before);
    const counts = await store.posts.counts();
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(9);
    expect(told).toEqual([
      { action: 'retention', actor, detail: { posts: 3 }, after: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
  });

  it('finds nothing more to do the second time, and what was released the third', async () => {
    await privacy.run(false, actor);
    expect((await privacy.run(false, actor)).lines).toMatchObject([{ due: 0, held: 1 }]);
    held.clear();
    expect((await privacy.run(false, actor)).lines).toMatchObject([{ due: 1, held: 0 }]);
    expect(await says('held')).toBe(false);
  });

  it('goes through more posts than fit on a page, and leaves the demo alone', async () => {
    await put(...Array.from({ length: 450 }, (_, i) => plain(`x${i}`, 2)), { ...plain('demo', 9), workspace: 'demo' });
    expect((await privacy.run(false, actor)).lines[0]).toMatchObject({ due: 451 });
    expect((await store.posts.get('demo'))?.text).toBe('fine blorven');
    expect(told.map(({ detail }) => Number(detail?.['posts'])).reduce((a, b) => a + b)).toBe(453);
  });

  it('leaves to the next run what somebody decides on at that moment, and what is put on hold', async () => {
    held.clear();
    const save = raw.posts.save;
    const racing = {
      ...raw,
      posts: {
        ...raw.posts,
        save: async (...args: Parameters<typeof save>) => {
          const doc: Post = { ...wordy('old', 731), version: 3, status: 'escalated' };
          if (args[0][0]?.doc.id === 'old') await save([{ doc, expectedVersion: 2, events: [] }]);
          held.add('held');
          return save(...args);
        },
      },
    };
    const room = createPrivacyRoom({
      store,
      raw: racing,
      settings: store.settings,
      clock,
      digest: () => '',
      record: async () => undefined,
      held: async () => new Set(held),
      defaults: async () => defaults,
    });
    const report = await room.run(false, actor);
    expect(report.lines.map(({ due }) => due).reduce((a, b) => a + b)).toBeLessThan(4);
    expect((await raw.posts.get('old'))?.status).toBe('escalated');
  });
});

describe('erasure of one post', () => {
  it('leaves a tombstone, an event that says who, and nothing else', async () => {
    await put(wordy('A'));
    const left = await privacy.erase('A', 'right to erasure', actor);
    expect(left).toMatchObject({
      version: 3,
      text: '',
      status: 'unflagged',
      erased: { cause: 'request', reason: 'right to erasure', by: 'ann', at: at(0) },
    });
    expect(await says('A')).toBe(false);
    const [event] = (await raw.log.read(0, 99, ['erased'])).slice(-1);
    expect(event).toMatchObject({
      postId: 'A',
      data: {
        status: 'unflagged',
        by: 'ann',
        byKind: 'cli',
        cause: 'request',
        before: 'digest of 2',
        after: 'digest of 3',
      },
    });
    expect(JSON.stringify(await raw.log.read(0, 99))).not.toContain('blorven');
  });

  it('is refused under legal hold, twice, and where there is nothing', async () => {
    await put(wordy('A'));
    held.add('A');
    const refused = { code: 'transition_not_allowed' };
    await expect(privacy.erase('A', 'r', actor)).rejects.toMatchObject(refused);
    held.clear();
    await privacy.erase('A', 'r', actor);
    await expect(privacy.erase('A', 'r', actor)).rejects.toMatchObject(refused);
    await expect(privacy.erase('B', 'r', actor)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('takes restricted posts too, and keeps the decision in the counts', async () => {
    await put(wordy('T', 0, { status: 'confirmed', review: { history: [], level: 'top' } }));
    expect(await privacy.erase('T', 'r', actor)).toMatchObject({ status: 'confirmed', review: { level: 'top' } });
    const stored = await raw.posts.get('T');
    expect([stored?.erased?.cause, 'sealed' in stored!]).toEqual(['request', false]);
  });

  it('keeps the key by which the same post would come in again', async () => {
    await store.posts.insertMany([row(received('A'), ['ext:1'])]);
    await privacy.erase('A', 'r', actor);
    expect(await store.posts.insertMany([row(received('B'), ['ext:1'])])).toEqual([{ id: 'A', duplicate: true }]);
  });
});
