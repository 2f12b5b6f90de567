import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { upload as uploadSchema } from '../../src/contract/answers.js';
import { startApp, stores } from '../support/app.js';
import type { TestApp } from '../support/app.js';

const file = (content: string, name = 'sample.csv') => ({ content: Buffer.from(content), name });

describe.each(stores)('uploads, %s store', (store) => {
  let app: TestApp;
  let key: string;
  beforeAll(async () => {
    app = await startApp({ TOCSIN_STORE: store }, { uploadLimit: 2_000_000 });
    key = await app.key('ingest', 'read');
  });
  afterAll(() => app.stop());

  const post = () => request(app.url).post('/v1/uploads').set({ 'x-api-key': key });

  it('takes a CSV file in, column by column as mapped, and reports rows that do not fit', async () => {
    const { content, name } = file('Message,Tongue\n"Hello, you",eng\n,eng\nHabari,swahili\nHabari,swa\n');
    const answer = await post()
      .field('mapping', JSON.stringify({ text: 'Message', language: 'Tongue' }))
      .field('defaults', JSON.stringify({ source: { name: 'Radio', kind: 'radio' }, place: { country: 'KEN' } }))
      .attach('file', content, name);
    expect(answer.status).toBe(201);
    const done = uploadSchema.parse(answer.body);
    expect(done).toMatchObject({
      status: 'done',
      fileName: 'sample.csv',
      format: 'csv',
      rows: 4,
      accepted: 2,
      rejected: 2,
    });
    expect(done.errors.map(({ line, errors }) => [line, errors[0]!.field])).toEqual([
      [3, 'text'],
      [4, 'language'],
    ]);
    expect(answer.headers['location']).toBe(`/v1/uploads/${done.id}`);
    const again = await request(app.url).get(answer.headers['location']!).set({ 'x-api-key': key });
    expect(again.body).toEqual(answer.body);
    const posts = await request(app.url).get('/v1/posts?source=Radio').set({ 'x-api-key': key });
    expect(posts.body.items.map(({ text }: { text: string }) => text).sort()).toEqual(['Habari', 'Hello, you']);
    expect(posts.body.items[0]).toMatchObject({ via: 'upload', place: { country: 'KEN' } });
  });

  it('leaves out a column that was named to be left out', async () => {
    const { content, name } = file('text,author,source\nLeft out,Ana,Radio Left\n');
    const done = await post()
      .field('mapping', JSON.stringify({ author: '' }))
      .attach('file', content, name);
    expect(uploadSchema.parse(done.body).mapping).toEqual({ text: 'text', sourceName: 'source' });
    const posts = await request(app.url).get('/v1/posts?source=Radio%20Left').set({ 'x-api-key': key });
    expect(posts.body.items).toHaveLength(1);
    expect(posts.body.items[0]).not.toHaveProperty('author');
  });

  it('takes JSON lines in', async () => {
    const { content, name } = file('{"text":"one"}\n{"text":"two"}\nbroken\n', 'Größe.jsonl');
    const done = uploadSchema.parse((await post().attach('file', content, name)).body);
    expect(done).toMatchObject({ fileName: 'Größe.jsonl', format: 'jsonl', rows: 3, accepted: 2, rejected: 1 });
  });

  it.each([
    ['no file', (r: request.Test) => r.field('mapping', '{}'), 422, 'file'],
    [
      'a mapping that is not JSON',
      (r: request.Test) => r.field('mapping', '{').attach('file', Buffer.from('text\nx'), 'a.csv'),
      422,
      'mapping',
    ],
    [
      'a mapping of a column we have not',
      (r: request.Test) => r.field('mapping', '{"txet":"a"}').attach('file', Buffer.from('text\nx'), 'a.csv'),
      422,
      'mapping.txet',
    ],
    [
      'defaults that do not fit',
      (r: request.Test) =>
        r.field('defaults', '{"language":"english"}').attach('file', Buffer.from('text\nx'), 'a.csv'),
      422,
      'defaults.language',
    ],
    [
      'an unknown field',
      (r: request.Test) => r.field('speed', '1').attach('file', Buffer.from('text\nx'), 'a.csv'),
      422,
      'speed',
    ],
    [
      'a file under another name',
      (r: request.Test) => r.attach('files', Buffer.from('text\nx'), 'a.csv'),
      422,
      'files',
    ],
    [
      'a field after the file',
      (r: request.Test) => r.attach('file', Buffer.from('text\nx'), 'a.csv').field('mapping', '{}'),
      422,
      'mapping',
    ],
    [
      'two files',
      (r: request.Test) =>
        r.attach('file', Buffer.from('text\nx'), 'a.csv').attach('file', Buffer.from('text\ny'), 'b.csv'),
      422,
      'file',
    ],
    ['a file of another kind', (r: request.Test) => r.attach('file', Buffer.from('%PDF'), 'a.pdf'), 415, undefined],
  ])('refuses %s', async (_name, fill, status, field) => {
    const answer = await fill(post());
    expect([answer.status, answer.body.fields?.[0]?.field]).toEqual([status, field]);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('refuses what is no form', async () => {
    expect((await post().send({ text: 'x' })).status).toBe(415);
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x']) {
      const answer = await post().set('content-type', type).send('nonsense');
      expect([answer.status, answer.body.code]).toEqual([400, 'malformed_body']);
    }
  });

  it('breaks off a file over the limit with 413', async () => {
    const rows = `text\n${`${'x'.repeat(999)}\n`.repeat(4_000)}`;
    const answer = await post().attach('file', Buffer.from(rows), 'big.csv');
    expect([answer.status, answer.body.code, answer.body.detail]).toEqual([
      413,
      'body_too_large',
      'A file is at most 2000000 bytes',
    ]);
    const [newest] = (await request(app.url).get('/v1/uploads').set({ 'x-api-key': key })).body;
    expect(newest).toMatchObject({ fileName: 'big.csv', status: 'failed' });
  });

  it('ends an upload whose sender goes away', async () => {
    await new Promise<void>((resolve) => {
      const going = httpRequest(`${app.url}/v1/uploads`, {
        method: 'POST',
        headers: { 'x-api-key': key, 'content-type': 'multipart/form-data; boundary=x' },
      });
      going.on('error', () => resolve());
      going.write('--x\r\nContent-Disposition: form-data; name="file"; filename="half.csv"\r\n\r\ntext\nonly this\n');
      const poll = async (): Promise<void> => {
        const [newest] = (await request(app.url).get('/v1/uploads').set({ 'x-api-key': key })).body;
        if (newest?.fileName === 'half.csv') going.destroy(new Error('gone'));
        else await poll();
      };
      void poll();
    });
    const ended = async (): Promise<unknown> => {
      const [newest] = (await request(app.url).get('/v1/uploads').set({ 'x-api-key': key })).body;
      return newest.status === 'running' ? ended() : newest;
    };
    expect(await ended()).toMatchObject({ fileName: 'half.csv', status: 'failed' });
  });

  it('answers 404 to an id that is none', async () => {
    expect((await request(app.url).get('/v1/uploads/nothing').set({ 'x-api-key': key })).status).toBe(404);
  });
});
