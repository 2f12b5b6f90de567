import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { auditPage, auditState } from '../../src/contract/audit.js';
import type { AuditEntry } from '../../src/contract/audit.js';
import { verifyChain } from '../../src/audit/verify.js';
import { startApp, stores } from '../support/app.js';
import type { TestApp } from '../support/app.js';

describe.each(stores)('the audit chain over HTTP, %s store', (store) => {
  let app: TestApp;
  let admin: { cookie: string; origin: string };
  beforeAll(async () => {
    app = await startApp({ TOCSIN_STORE: store });
    admin = { cookie: await app.signIn('admin'), origin: app.url };
  });
  afterAll(() => app.stop());

  const page = async (after = 0, limit = 1_000) =>
    auditPage.parse((await request(app.url).get('/v1/audit').query({ after, limit }).set(admin)).body);
  const since = async (n: number) => (await page(n)).items;
  const short = ({ action, actor, target }: AuditEntry) => [action, actor.kind, actor.id, target];
  const me = async () => (await request(app.url).get('/v1/session').set(admin)).body.user.id as string;

  it('begins with the words in force, the first administrator and the sign-in of the person who asks', async () => {
    const { items } = await page();
    const actions = items.map(({ action }) => action);
    expect(actions.slice(0, 3)).toEqual(['lexicon.change', 'setting.change', 'person.add']);
    expect(items.findLast(({ action }) => action === 'sign-in')).toMatchObject({
      actor: { kind: 'user', id: await me() },
    });
    expect(actions.filter((action) => action === 'sign-in')).toHaveLength(1);
  });

  it('tells what was done to keys, by whom, and their first use of the day', async () => {
    const { head } = await page();
    const made = await request(app.url)
      .post('/v1/keys')
      .set(admin)
      .send({ name: 'K', scopes: ['read'] });
    for (let i = 0; i < 3; i++) await request(app.url).get('/v1/posts').set('x-api-key', made.body.secret);
    await request(app.url).delete(`/v1/keys/${made.body.key.id}`).set(admin);
    await request(app.url).delete(`/v1/keys/${made.body.key.id}`).set(admin);
    const { id } = made.body.key;
    expect((await since(head.n)).map(short)).toEqual([
      ['key.create', 'user', await me(), id],
      ['key.use', 'key', id, id],
      ['key.revoke', 'user', await me(), id],
    ]);
  });

  it('tells of a decision with digests of before and after, and of every reader of a restricted post', async () => {
    const { head } = await page();
    const key = await app.key('ingest');
    const { id } = (await request(app.url).post('/v1/posts').set('x-api-key', key).send({ text: 'blorven' })).body;
    await app.app.idle();
    const moderator = { cookie: await app.signIn('moderator'), origin: app.url };
    const decide = (body: object) => request(app.url).post(`/v1/posts/${id}/decision`).set(moderator).send(body);
    await request(app.url).get(`/v1/posts/${id}`).set(moderator);
    expect((await decide({ decision: 'escalate', expectedVersion: 2 })).status).toBe(200);
    for (let i = 0; i < 2; i++) {
      await request(app.url).get(`/v1/posts/${id}`).set(moderator);
      await request(app.url).get('/v1/posts').set(admin);
    }
    await decide({ decision: 'confirm', level: 'top', expectedVersion: 3 });
    await app.app.idle();

    const entries = (await since(head.n)).filter(({ target }) => target === id);
    const readers = entries.filter(({ action }) => action === 'read').map(({ actor }) => actor.id);
    const reviewer = (await request(app.url).get('/v1/session').set(moderator)).body.user.id;
    expect(readers).toHaveLength(2);
    expect(new Set(readers)).toEqual(new Set([reviewer, await me()]));
    const decisions = entries.filter(({ action }) => action === 'decision');
    expect(decisions.map(({ detail }) => detail)).toEqual([{ decision: 'escalate' }, { decision: 'confirm' }]);
    expect(decisions[0]?.before).toMatch(/^[0-9a-f]{64}$/);
    expect(decisions[1]?.before).toBe(decisions[0]?.after);
  });

  it('gives pages, each entry linked to the one before', async () => {
    const { items, head } = await page();
    expect((await page(2, 2)).items).toEqual(items.slice(2, 4));
    const verdict = await verifyChain(async (after, limit) => (await page(after, limit)).items, items[3]!.hash);
    expect(verdict).toMatchObject({ entries: items.length, head, setBack: [] });
    expect(verdict.broken).toBeUndefined();
  });

  const ask = async (query: object) =>
    auditPage.parse((await request(app.url).get('/v1/audit').query(query).set(admin)).body);

  it('gives pages from the end as well, with the names of those who acted', async () => {
    const { items } = await page();
    const newest = await ask({ order: 'newest', limit: 3 });
    expect(newest.items).toEqual(items.slice(-3).toReversed());
    const older = await ask({ before: newest.next, limit: 3 });
    expect(older.items).toEqual(items.slice(-6, -3).toReversed());
    expect((await ask({ before: 4, limit: 3 })).next).toBeUndefined();
    expect((await ask({ order: 'newest', limit: 1_000 })).names).toMatchObject({ [await me()]: 'the admin' });
  });

  it('gives only what one action or one actor did', async () => {
    const { items } = await page();
    const keys = items.filter(({ action }) => action === 'key.create');
    expect((await ask({ action: 'key.create' })).items).toEqual(keys);
    const id = await me();
    const own = items.filter(({ actor }) => actor.id === id).toReversed();
    expect(own.length).toBeGreaterThan(2);
    const first = await ask({ order: 'newest', actor: id, limit: 2 });
    const rest = await ask({ before: first.next, actor: id });
    expect([...first.items, ...rest.items]).toEqual(own);
    const wrong = await request(app.url).get('/v1/audit').query({ action: 'anything' }).set(admin);
    expect([wrong.status, wrong.type]).toEqual([422, 'application/problem+json']);
  });

  it('says whether the chain holds', async () => {
    const { items, head } = await page();
    const state = auditState.parse((await request(app.url).get('/v1/audit/state').set(admin)).body);
    expect(state).toEqual({ entries: items.length, head, setBack: [], checkedAt: expect.any(String) });
  });

  it('is for administrators', async () => {
    const analyst = await app.signIn('analyst');
    for (const path of ['/v1/audit', '/v1/audit/state'])
      expect((await request(app.url).get(path).set('cookie', analyst)).status).toBe(403);
  });

  it('has its head in the log from the start', () => {
    const published = app.log.lines.filter(({ message }) => message === 'head of the audit chain');
    expect(published[0]).toMatchObject({ level: 'info', fields: { head: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  });
});
