import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { openAccounts } from '../../src/app.js';
import { verifyChain } from '../../src/audit/verify.js';
import { fixedClock } from '../../src/base/clock.js';
import { openStore } from '../../src/store/open.js';
import { startApp } from '../support/app.js';
import type { TestApp } from '../support/app.js';
import { recordingLog } from '../support/recording-log.js';

const hour = 3_600_000;

describe('a clock that is set back an hour while the service runs', () => {
  const clock = fixedClock(Date.now());
  let app: TestApp;
  let key: string;
  let admin: { cookie: string; origin: string };
  beforeAll(async () => {
    app = await startApp({}, { clock });
    key = await app.key('ingest', 'read', 'review');
    admin = { cookie: await app.signIn('admin'), origin: app.url };
  });
  afterAll(() => app.stop());

  const send = async (text: string, externalId: string) =>
    (await request(app.url).post('/v1/posts').set('x-api-key', key).send({ text, externalId })).body;
  const posts = async () => (await request(app.url).get('/v1/posts').set('x-api-key', key)).body.items;

  it('takes, assesses and decides as before; nothing is lost, doubled or out of order in the log', async () => {
    const before = await send('blorven before', 'a');
    await app.app.idle();
    clock.advance(-hour);
    const after = await send('blorven after', 'b');
    expect(await send('blorven before', 'a')).toEqual({ id: before.id, outcome: 'duplicate' });
    await app.app.idle();
    for (const { id } of [before, after]) {
      const decided = await request(app.url)
        .post(`/v1/posts/${id}/decision`)
        .set('x-api-key', key)
        .send({ decision: 'confirm', level: 'top', expectedVersion: 2 });
      expect([decided.status, decided.body.version]).toEqual([200, 3]);
    }
    const there = (await posts()).map(({ id }: { id: string }) => id) as string[];
    expect([there.length, new Set(there)]).toEqual([2, new Set([before.id, after.id])]);
    // Ids go on growing within the process, whatever the clock says.
    expect(after.id > before.id).toBe(true);

    const path = `${app.config.home}/tocsin.db`;
    const store = await openStore({ driver: 'sqlite', path, clock, log: recordingLog() });
    const events = await store.log.read(0, 99);
    expect(events.map(({ type }) => type)).toEqual([
      'received',
      'assessed',
      'received',
      'assessed',
      'reviewed',
      'reviewed',
    ]);
    const verdict = await verifyChain(store.audit.read);
    expect([verdict.broken, verdict.setBack.length]).toEqual([undefined, 1]);
    await store.close();
  });

  it('forgets no sooner and remembers no longer who may do what', async () => {
    expect((await request(app.url).get('/v1/keys').set(admin)).status).toBe(200);
    const other = await app.key('read');
    const use = () => request(app.url).get('/v1/posts').set('x-api-key', other);
    expect((await use()).status).toBe(200);
    clock.advance(-hour);
    const beside = await openAccounts(app.config, { clock, log: recordingLog() });
    const { id } = (await beside.keys.list())[0]!;
    await beside.keys.revoke(id, 'cli', 'cli');
    await beside.users.remove('admin@example.org');
    await beside.close();
    expect((await use()).status).toBe(401);
    expect((await request(app.url).get('/v1/keys').set(admin)).status).toBe(401);
  });
});
