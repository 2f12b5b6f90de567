import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PassThrough, Readable } from 'node:stream';
import { fixedClock } from '../../src/base/clock.js';
import { AppError } from '../../src/base/errors.js';
import { seededIds } from '../../src/base/ids.js';
import { createIntake } from '../../src/intake/submit.js';
import { createUploads } from '../../src/intake/uploads/run.js';
import type { UploadMeta, Uploads } from '../../src/intake/uploads/run.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/port.js';
import { at, noon, reviewed } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';

const meta: UploadMeta = {
  fileName: 'sample.csv',
  format: 'csv',
  mapping: {},
  defaults: {},
  by: 'user-1',
  byName: 'Amina',
};
const never = new AbortController().signal;
const file = (text: string | Buffer) => Readable.from([Buffer.from(text)]);

describe('uploads', () => {
  let store: Store;
  let uploads: Uploads;
  let admit: (rows: number) => void;

  beforeEach(async () => {
    const log = recordingLog();
    const clock = fixedClock(noon);
    const ids = seededIds('uploads');
    admit = () => undefined;
    store = await openStore({ driver: 'memory', path: '', clock, log });
    const intake = createIntake({
      store,
      clock,
      ids,
      log,
      pseudonym: (author) => `~${author}`,
      admit: (rows) => admit(rows),
    });
    // No test waits so long: what wakes an upload is the log.
    uploads = createUploads({ store, intake, clock, ids, log, retryMs: 600_000 });
  });

  const texts = async () =>
    (await store.posts.page({ filter: {}, order: 'newest', limit: 200 })).items.map(({ text }) => text).reverse();

  it('takes the good rows of a CSV file and names the bad ones by line', async () => {
    const upload = await uploads.run(
      file(
        '\ufeffMessage;Date;Lang;Note\r\n"Hello;\r\nworld";2026-03-01;en;x\r\n;2026-03-01;en;\r\n\r\nnext;soon;;\r\na;2026-03-01;;;too;many\r\nمرحبا;;ar;\r\n',
      ),
      meta,
      never,
    );
    expect(upload).toMatchObject({
      status: 'done',
      version: 3,
      by: 'user-1',
      byName: 'Amina',
      startedAt: at(0),
      finishedAt: at(0),
      rows: 5,
      accepted: 2,
      duplicates: 0,
      rejected: 3,
      mapping: { text: 'Message', publishedAt: 'Date', language: 'Lang' },
    });
    expect(upload.bytes).toBeGreaterThan(100);
    expect(upload.errors.map(({ line, errors }) => [line, errors.map(({ field }) => field)])).toEqual([
      [4, ['text']],
      [6, ['publishedAt']],
      [7, ['']],
    ]);
    expect(await store.uploads.get(upload.id)).toEqual(upload);
    expect(await texts()).toEqual(['Hello;\nworld', 'مرحبا']);
    const [post] = (await store.posts.page({ filter: { language: ['eng'] }, order: 'newest', limit: 1 })).items;
    expect(post).toMatchObject({
      via: 'upload',
      by: upload.id,
      publishedAt: '2026-03-01T00:00:00.000Z',
      workspace: 'main',
    });
  });

  it.each([
    ['commas', 'text,author\nhello,u\n'],
    ['semicolons', 'text;author\nhello;u\n'],
    ['tabs', 'text\tauthor\nhello\tu\n'],
    ['semicolons, with commas in a heading', 'text;author;"a, b, c, d"\nhello;u;\n'],
    ['nothing but the text', 'text\nhello\n'],
    ['blank lines before the heading', '\n\ntext,author\nhello,u'],
  ])('finds out the delimiter: %s', async (_, text) => {
    expect(await uploads.run(file(text), meta, never)).toMatchObject({ status: 'done', accepted: 1, rejected: 0 });
    expect(await texts()).toEqual(['hello']);
  });

  it('takes the columns that the person chose', async () => {
    const upload = await uploads.run(
      file('text,quote,who\nnot this,this,u\n'),
      { ...meta, mapping: { text: 'quote', author: 'who' }, defaults: { source: { name: 'Radio', kind: 'radio' } } },
      never,
    );
    expect(upload.mapping).toEqual({ text: 'quote', author: 'who' });
    const { items } = await store.posts.page({ filter: {}, order: 'newest', limit: 9 });
    expect(items).toMatchObject([{ text: 'this', author: '~u', source: { name: 'Radio', kind: 'radio' } }]);
  });

  it('takes JSON lines', async () => {
    const upload = await uploads.run(
      file('{"text":"a"}\nnot json\n\n{"message":"b","place":{"country":"Kenya"}}\n{"body":"c","externalId":"1"}'),
      { ...meta, format: 'jsonl', fileName: 'sample.jsonl' },
      never,
    );
    expect(upload).toMatchObject({ status: 'done', rows: 4, accepted: 2, rejected: 2 });
    expect(upload.errors).toEqual([
      { line: 2, errors: [{ field: '', expected: 'a JSON object on one line' }] },
      { line: 4, errors: [{ field: 'place.country', expected: expect.stringContaining('ISO 3166-1') }] },
    ]);
    expect(await texts()).toEqual(['a', 'c']);
  });

  it('reports a row of another encoding and takes the others', async () => {
    const upload = await uploads.run(file(Buffer.from('text\nplain\ncaf\xe9\nmore\n', 'latin1')), meta, never);
    expect(upload).toMatchObject({
      status: 'done',
      accepted: 2,
      errors: [{ line: 3, errors: [{ expected: expect.stringContaining('UTF-8') }] }],
    });
  });

  it.each([
    ['an empty file', '', /empty/],
    ['a heading alone', 'text,author\n', /no rows/],
    ['no column for the text', 'a,b\n1,2\n', /choose one for text among "a", "b"/],
    ['a heading in another encoding', Buffer.from('texte \xe9;b\nx;y\n', 'latin1'), /UTF-8/],
    ['UTF-16', Buffer.from('\ufefftext\nx\n', 'utf16le'), /UTF-16/],
    ['a workbook', Buffer.from('PK\u0003\u0004'), /workbook/],
  ])('fails with a sentence for %s', async (_, text, problem) => {
    const upload = await uploads.run(file(text), meta, never);
    expect(upload).toMatchObject({
      status: 'failed',
      accepted: 0,
      finishedAt: at(0),
      problem: expect.stringMatching(problem),
    });
    expect(await store.uploads.get(upload.id)).toEqual(upload);
  });

  it('fails when a chosen column is not there', async () => {
    const upload = await uploads.run(file('text\nx\n'), { ...meta, mapping: { author: 'who' } }, never);
    expect(upload).toMatchObject({
      status: 'failed',
      problem: 'There is no column "who" for author; the columns are "text"',
    });
  });

  it.each<[string, object, string]>([
    ['a column of no name of ours', { mapping: { txet: 'a' } }, 'mapping.txet'],
    ['defaults that do not fit', { defaults: { place: { country: 'Kenya' } } }, 'defaults.place.country'],
  ])('refuses %s before anything is kept', async (_, parts, field) => {
    await expect(uploads.run(file('text\nx\n'), { ...meta, ...parts }, never)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ field, expected: expect.any(String) }],
    });
    expect(await store.uploads.list()).toEqual([]);
  });

  it('takes a mended file again without doubling what was taken', async () => {
    const first = await uploads.run(file('text,url\na,\nb,example\nc,\n'), meta, never);
    expect(first).toMatchObject({ accepted: 2, rejected: 1 });
    const again = await uploads.run(file('text,url\na,\nb,https://example.org\nc,\n'), meta, never);
    expect(again).toMatchObject({ accepted: 1, duplicates: 2, rejected: 0 });
    expect(await uploads.run(file('text,url\na,\n'), { ...meta, fileName: 'other.csv' }, never)).toMatchObject({
      accepted: 1,
    });
  });

  it('saves its progress with every batch and reads on only when the batch is taken', async () => {
    const body = new PassThrough({ highWaterMark: 64 });
    const rows = Array.from({ length: 1200 }, (_, n) => `text of row ${n}`);
    const seen: [string, number][] = [];
    const put = jest.spyOn(store.uploads, 'put').mockImplementation(async (doc) => {
      seen.push([doc.status, doc.rows]);
    });
    const running = uploads.run(body, meta, never);
    body.end(`text\n${rows.join('\n')}\n`);
    const upload = await running;
    put.mockRestore();
    expect(upload).toMatchObject({ status: 'done', rows: 1200, accepted: 1200 });
    expect(seen).toEqual([
      ['running', 0],
      ['running', 500],
      ['running', 1000],
      ['running', 1200],
      ['done', 1200],
    ]);
    expect(new Set((await texts()).slice(0, 3))).toEqual(new Set(rows.slice(-200, -197)));
  });

  it('keeps the first thousand errors and counts all', async () => {
    const upload = await uploads.run(file(`text,url\n${'a,b\n'.repeat(1500)}`), meta, never);
    expect(upload).toMatchObject({ rejected: 1500, rows: 1500 });
    expect(upload.errors).toHaveLength(1000);
    expect(upload.errors.at(-1)?.line).toBe(1001);
  });

  it('waits for room when too much is waiting, and then goes on', async () => {
    let full = true;
    const turnedAway = new Promise<void>((resolve) => {
      admit = () => {
        if (!full) return;
        resolve();
        throw new AppError('overloaded');
      };
    });
    const running = uploads.run(file('text\na\n'), meta, never);
    await turnedAway;
    // The rejection reaches the upload before another turn of the event loop.
    await new Promise(setImmediate);
    full = false;
    await store.posts.save([
      {
        doc: { id: 'x', version: 1, text: 'x', workspace: 'main', receivedAt: at(0), via: 'api', status: 'received' },
        expectedVersion: 0,
        events: [reviewed('e')],
      },
    ]);
    expect(await running).toMatchObject({ status: 'done', accepted: 1 });
  });

  it('stops when told to, and says so', async () => {
    const stop = new AbortController();
    const body = new PassThrough();
    const running = uploads.run(body, meta, stop.signal);
    body.write(`text\n${'a\n'.repeat(500)}`);
    await new Promise<void>((resolve) => {
      const off = store.log.onAppend(() => {
        off();
        resolve();
      });
    });
    stop.abort();
    expect(await running).toMatchObject({
      status: 'failed',
      accepted: 500,
      problem: expect.stringContaining('stopped'),
    });
  });

  it('stops while it waits for room', async () => {
    const stop = new AbortController();
    admit = () => {
      queueMicrotask(() => stop.abort());
      throw new AppError('overloaded');
    };
    expect(await uploads.run(file('text\na\n'), meta, stop.signal)).toMatchObject({ status: 'failed', accepted: 0 });
  });

  it('says when the connection broke', async () => {
    const body = new PassThrough();
    const running = uploads.run(body, meta, never);
    body.write('text\na\n');
    body.destroy(new Error('reset'));
    expect(await running).toMatchObject({ status: 'failed', problem: expect.stringContaining('connection') });
  });

  it('says when the store failed, without its words', async () => {
    admit = () => {
      throw new Error('secret path');
    };
    const upload = await uploads.run(file('text\na\n'), meta, never);
    expect(upload.problem).toBe('Something failed on our side; the log of the service says what');
  });

  it('marks what a killed process left running', async () => {
    const body = new PassThrough();
    const stop = new AbortController();
    const running = uploads.run(body, meta, stop.signal);
    await new Promise(setImmediate);
    expect(await uploads.recover()).toBe(1);
    expect(await store.uploads.list()).toMatchObject([
      { status: 'failed', version: 2, problem: expect.stringContaining('send it again') },
    ]);
    stop.abort();
    await running;
  });
});
