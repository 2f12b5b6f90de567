import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { batchResult, postCounts, postPage } from '../../src/contract/answers.js';
import { post as postSchema } from '../../src/contract/post.js';
import { startApp, stores } from '../support/app.js';
import type { TestApp } from '../support/app.js';

describe.each(stores)('posts, %s store', (store) => {
  let app: TestApp;
  let key: string;
  beforeAll(async () => {
    app = await startApp({ TOCSIN_STORE: store });
    key = await app.key('ingest', 'read', 'review');
  });
  afterAll(() => app.stop());

  const api = (method: 'get' | 'post', path: string) =>
    request(app.url)[method](path).set('authorization', `Bearer ${key}`);
  const send = (body: object, headers: Record<string, string> = {}) => api('post', '/v1/posts').set(headers).send(body);
  const get = async (id: string) => postSchema.parse((await api('get', `/v1/posts/${id}`)).body);

  it('takes one, and shows it with its assessment', async () => {
    const answer = await send({
      text: 'The weather is fine today.',
      source: { name: 'Radio One', kind: 'radio' },
      author: 'somebody@example.org',
      place: { country: 'KEN' },
      publishedAt: '2026-03-01T15:00:00+03:00',
    });
    expect([answer.status, answer.body]).toEqual([202, { id: expect.any(String), outcome: 'accepted' }]);
    await app.app.idle();
    const found = await get(answer.body.id);
    expect(found).toMatchObject({
      text: 'The weather is fine today.',
      via: 'api',
      workspace: 'main',
      status: 'unflagged',
    });
    expect(found.assessment?.flagged).toBe(false);
    expect(found.author).toMatch(/^[\w-]{22}$/);
    expect(JSON.stringify(found)).not.toContain('somebody');
  });

  it('gives the same author the same pseudonym', async () => {
    const ids = await Promise.all(
      ['a', 'a', 'b'].map(async (author) => (await send({ text: 'x', author })).body.id as string),
    );
    const [one, two, other] = await Promise.all(ids.map(get));
    expect(one!.author).toBe(two!.author);
    expect(one!.author).not.toBe(other!.author);
  });

  it.each([
    ['the text', {}, 'text', 'string'],
    ['an empty text', { text: ' ' }, 'text', 'text that is not empty'],
    [
      'a language',
      { text: 'x', language: 'english' },
      'language',
      'an ISO 639-3 code of three lower-case letters, e.g. "swa"',
    ],
    ['a country', { text: 'x', place: { country: 'ke' } }, 'place.country', 'an ISO 3166-1 alpha-3 code, e.g. "KEN"'],
    ['a time', { text: 'x', publishedAt: 'today' }, 'publishedAt', 'an ISO 8601 instant, e.g. "2026-03-01T12:00:00Z"'],
    ['an unknown field', { text: 'x', txet: 'y' }, 'txet', 'no field of this name'],
    ['a string', 'hello', '', 'object'],
    ['a number', 7, '', 'object'],
  ])('answers 422 naming %s', async (_name, body, field, expected) => {
    const answer = await api('post', '/v1/posts').set('content-type', 'application/json').send(JSON.stringify(body));
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_input']);
    expect(answer.body.fields).toEqual([{ field, expected: expect.stringContaining(expected) }]);
    expect(answer.body.detail).toContain(expected);
    expect(answer.body.instance).toBe(`urn:tocsin:request:${answer.headers['x-request-id']}`);
  });

  it.each(['array', 'posts'])('takes the good rows of a batch (%s) and reports the bad ones by index', async (form) => {
    const rows = [{ text: 'one' }, { text: '' }, { text: 'three' }, { txet: 'four' }, 5];
    const answer = await send(form === 'array' ? rows : { posts: rows });
    expect(answer.status).toBe(202);
    const result = batchResult.parse(answer.body);
    expect(result).toMatchObject({ accepted: 2, duplicates: 0, rejected: 3 });
    expect(result.results.map(({ index, outcome }) => [index, outcome])).toEqual([
      [0, 'accepted'],
      [1, 'rejected'],
      [2, 'accepted'],
      [3, 'rejected'],
      [4, 'rejected'],
    ]);
    expect(result.results[1]!.errors).toEqual([{ field: 'text', expected: 'text that is not empty' }]);
    expect(result.results[3]!.errors!.map(({ field }) => field).sort()).toEqual(['text', 'txet']);
    for (const at of [0, 2]) expect((await get(result.results[at]!.id!)).text).toBe(rows[at]![`text` as never]);
  });

  it('refuses an empty batch and one of too many', async () => {
    for (const count of [0, 1001]) {
      const rows = Array.from({ length: count }, () => ({ text: 'x' }));
      const [bare, wrapped] = [await send(rows), await send({ posts: rows })];
      expect([bare.status, bare.body.fields]).toEqual([422, [{ field: '', expected: '1 to 1000 posts' }]]);
      expect([wrapped.status, wrapped.body.fields]).toEqual([422, [{ field: 'posts', expected: '1 to 1000 posts' }]]);
    }
  });

  it('takes the same external id of a source once', async () => {
    const row = { text: 'from outside', externalId: 'n1', source: { name: 'Feed', kind: 'web' } };
    const [first, second] = [await send(row), await send(row)];
    expect(first.body.outcome).toBe('accepted');
    expect(second.body).toEqual({ id: first.body.id, outcome: 'duplicate' });
    expect((await send({ ...row, source: { name: 'Other feed' } })).body.outcome).toBe('accepted');
  });

  it('gives the same ids to the same body under one Idempotency-Key, and 422 to another body', async () => {
    const rows = [{ text: 'once' }, { text: 'only' }];
    const headers = { 'idempotency-key': `key-${store}` };
    const [first, second] = await Promise.all([send(rows, headers), send(rows, headers)]);
    const ids = (answer: typeof first) => batchResult.parse(answer.body).results.map(({ id }) => id);
    expect(ids(first)).toEqual(ids(second));
    expect(ids(await send(rows, headers))).toEqual(ids(first));
    const other = await send([{ text: 'another' }], headers);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_mismatch']);
    const bad = await send(rows, { 'idempotency-key': 'a b' });
    expect([bad.status, bad.body.fields[0].field]).toEqual([422, 'Idempotency-Key']);
    // Another key's Idempotency-Key is its own.
    const stranger = await app.key('ingest');
    const theirs = await request(app.url)
      .post('/v1/posts')
      .set({ 'x-api-key': stranger, ...headers })
      .send(rows);
    expect(ids(theirs)).not.toEqual(ids(first));
  });

  const lines = (body: string, headers: Record<string, string> = {}) =>
    api('post', '/v1/posts')
      .set({ 'content-type': 'application/x-ndjson', ...headers })
      .send(body);

  it('takes lines in, as many as come, and goes on after broken ones', async () => {
    const rows = Array.from({ length: 1_203 }, (_, n) => JSON.stringify({ text: `line ${n}` }));
    rows[7] = '{"text":';
    rows[700] = '';
    rows[1_100] = '[]';
    const result = batchResult.parse((await lines(rows.join('\n'))).body);
    // The blank line is no row.
    expect(result).toMatchObject({ accepted: 1_200, rejected: 2 });
    expect(result.results.map(({ index }) => index)).toEqual(Array.from({ length: 1_202 }, (_, n) => n));
    expect(result.results[7]!.errors).toEqual([{ field: '', expected: 'a JSON object on the line' }]);
    expect(result.results[1_099]!.errors).toEqual([{ field: '', expected: expect.stringContaining('object') }]);
    expect((await get(result.results[1_201]!.id!)).text).toBe('line 1202');
  });

  it('gives the same ids to the same lines under one Idempotency-Key', async () => {
    const body = Array.from({ length: 1_002 }, (_, n) => JSON.stringify({ text: `again ${n}` })).join('\n');
    const headers = { 'idempotency-key': `lines-${store}` };
    const ids = async () => batchResult.parse((await lines(body, headers)).body).results.map(({ id }) => id);
    const first = await ids();
    expect(new Set(first).size).toBe(1_002);
    expect(await ids()).toEqual(first);
    expect((await lines('{"text":"else"}', headers)).body.code).toBe('idempotency_mismatch');
  });

  it('refuses lines that are none', async () => {
    for (const body of ['', '\n\n']) expect((await lines(body)).status).toBe(422);
  });

  it('answers 400 to broken JSON', async () => {
    for (const body of ['{"text":', '', '{"text":"x"}}']) {
      const answer = await api('post', '/v1/posts').set('content-type', 'application/json').send(body);
      expect([body, answer.status, answer.body.code]).toEqual([
        body,
        body === '' ? 422 : 400,
        body === '' ? 'invalid_input' : 'malformed_body',
      ]);
    }
  });

  it('answers 415 to other content types, naming those it takes', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await api('post', '/v1/posts').set('content-type', type).send('text=x');
      expect([type, answer.status]).toEqual([type, 415]);
      expect(answer.body.detail).toContain('send application/json or application/x-ndjson');
    }
  });

  it('answers 413 to a post over 1 MB and to a batch over 10 MB, and takes a batch between', async () => {
    const long = 'x'.repeat(90_000);
    const single = await send({ text: 'x', url: `https://example.org/${'y'.repeat(1_100_000)}` });
    expect([single.status, single.body.code]).toEqual([413, 'body_too_large']);
    const between = await send(Array.from({ length: 20 }, () => ({ text: long })));
    expect([between.status, between.body.accepted]).toEqual([202, 20]);
    const batch = await send(Array.from({ length: 120 }, () => ({ text: long })));
    expect([batch.status, batch.body.code]).toEqual([413, 'body_too_large']);
    expect(batch.body.detail).toContain('10485760');
  });

  it('pages without gaps, filters, and refuses what can match nothing', async () => {
    await app.app.idle();
    const all: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = await api('get', '/v1/posts').query({
        limit: 200,
        source: 'Feed,Radio One,Other feed',
        ...(cursor ? { cursor } : {}),
      });
      const page = postPage.parse(answer.body);
      all.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(3);
    const kenya = postPage.parse((await api('get', '/v1/posts').query({ country: 'KEN,UGA', order: 'priority' })).body);
    expect(kenya.items.map(({ place }) => place?.country)).toEqual(['KEN']);
    const never = postPage.parse((await api('get', '/v1/posts').query({ until: '2020-01-01T00:00:00+03:00' })).body);
    expect(never).toEqual({ items: [] });
  });

  it.each([
    ['status', 'opne', 'status'],
    ['level', 'highest', 'level'],
    ['language', 'english', 'language'],
    ['country', 'ke', 'country'],
    ['limit', '0', 'limit'],
    ['limit', 'ten', 'limit'],
    ['minSeverity', '9', 'minSeverity'],
    ['since', 'yesterday', 'since'],
    ['order', 'oldest', 'order'],
    ['cursor', 'made-up', 'cursor'],
    ['sttaus', 'open', 'sttaus'],
    ['group', 'a,,b', 'group'],
  ])('answers 422 to ?%s=%s', async (name, value, field) => {
    const answer = await api('get', '/v1/posts').query({ [name]: value });
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_input']);
    expect(answer.body.fields[0].field).toBe(field);
  });

  it('counts by status', async () => {
    await app.app.idle();
    const counts = postCounts.parse((await api('get', '/v1/posts/counts')).body);
    expect(counts.received).toBe(0);
    expect(counts.unflagged).toBeGreaterThan(1_000);
    expect((await api('get', '/v1/posts/counts?workspace=demo')).body.unflagged).toBe(0);
    expect((await api('get', '/v1/posts/counts?workspace=other')).status).toBe(422);
  });

  it('answers 404 to an id that is none', async () => {
    const answer = await api('get', '/v1/posts/nothing');
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
  });
});
