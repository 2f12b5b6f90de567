import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { assessment } from '../../src/contract/assessment.js';
import { post as postSchema } from '../../src/contract/post.js';
import type { Post } from '../../src/contract/post.js';
import { startApp, stores } from '../support/app.js';
import type { TestApp } from '../support/app.js';

describe.each(stores)('assessing and deciding, %s store', (store) => {
  let app: TestApp;
  let key: string;
  beforeAll(async () => {
    app = await startApp({ TOCSIN_STORE: store });
    key = await app.key('ingest', 'read', 'classify');
  });
  afterAll(() => app.stop());

  async function flagged(text: string): Promise<Post> {
    const sent = await request(app.url).post('/v1/posts').set({ 'x-api-key': key }).send({ text });
    await app.app.idle();
    return postSchema.parse((await request(app.url).get(`/v1/posts/${sent.body.id}`).set({ 'x-api-key': key })).body);
  }
  const decide = async (id: string, body: object) =>
    request(app.url)
      .post(`/v1/posts/${id}/decision`)
      .set({ cookie: await app.signIn('moderator'), origin: app.url })
      .send(body);

  it('assesses one text and keeps nothing', async () => {
    const before = (await request(app.url).get('/v1/posts/counts').set({ 'x-api-key': key })).body;
    const send = (body: object) => request(app.url).post('/v1/classify').set({ 'x-api-key': key }).send(body);
    const bad = await send({ text: 'All refugees are blorvens.', context: { language: 'eng', country: 'KEN' } });
    expect(bad.status).toBe(200);
    const verdict = assessment.parse(bad.body);
    expect(verdict).toMatchObject({ flagged: true, groups: ['KEN.mig.refugee'] });
    expect(verdict.findings[0]!.evidence.map(({ text }) => text)).toContain('blorvens');
    expect(assessment.parse((await send({ text: 'Good morning.' })).body).flagged).toBe(false);
    const wrong = await send({ text: 'x', context: { language: 'English', speaker: 'king', mood: 'bad' } });
    expect([wrong.status, wrong.body.fields.map(({ field }: { field: string }) => field).sort()]).toEqual([
      422,
      ['context.language', 'context.mood', 'context.speaker'],
    ]);
    expect((await request(app.url).get('/v1/posts/counts').set({ 'x-api-key': key })).body).toEqual(before);
  });

  it('walks a post from received to decided and back, and keeps the history', async () => {
    const post = await flagged('They are blorvens, all of them.');
    expect(post).toMatchObject({ status: 'open', version: 2, assessment: { flagged: true } });
    const confirmed = await decide(post.id, {
      decision: 'confirm',
      level: 'intermediate',
      note: 'seen',
      expectedVersion: 2,
    });
    expect([confirmed.status, confirmed.body]).toMatchObject([
      200,
      {
        status: 'confirmed',
        version: 3,
        review: { level: 'intermediate', history: [{ byName: 'the moderator', note: 'seen' }] },
      },
    ]);
    const reopened = await decide(post.id, { decision: 'reopen', expectedVersion: 3 });
    expect([reopened.status, reopened.body.status, reopened.body.review.history.length]).toEqual([200, 'open', 2]);
    const queue = await request(app.url).get('/v1/posts?status=open&order=priority').set({ 'x-api-key': key });
    expect(queue.body.items.map(({ id }: Post) => id)).toContain(post.id);
  });

  it('gives the slower of two reviewers 409 and the present state', async () => {
    const post = await flagged('blorven');
    const answers = await Promise.all([
      decide(post.id, { decision: 'not_hate', expectedVersion: 2 }),
      decide(post.id, { decision: 'escalate', expectedVersion: 2 }),
    ]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    const won = answers.find(({ status }) => status === 200)!.body;
    const lost = answers.find(({ status }) => status === 409)!;
    expect(lost.headers['content-type']).toContain('application/problem+json');
    expect(lost.body).toMatchObject({ code: 'version_conflict', status: 409, post: won });
  });

  it('refuses steps that are not possible, and inputs that do not fit', async () => {
    const post = await flagged('blorven again');
    const back = await decide(post.id, { decision: 'reopen', expectedVersion: 2 });
    expect([back.status, back.body.code]).toEqual([409, 'transition_not_allowed']);
    const noLevel = await decide(post.id, { decision: 'confirm', expectedVersion: 2 });
    expect([noLevel.status, noLevel.body.fields[0].field]).toEqual([422, 'level']);
    const noVersion = await decide(post.id, { decision: 'not_hate' });
    expect([noVersion.status, noVersion.body.fields[0].field]).toEqual([422, 'expectedVersion']);
    expect((await decide('nothing', { decision: 'not_hate', expectedVersion: 1 })).status).toBe(404);
  });
});
