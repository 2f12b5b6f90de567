import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { openAccounts } from '../../src/app.js';
import { migrateStore } from '../../src/app/transfer.js';
import { readConfig } from '../../src/config.js';
import { cookieOf, startApp, testEnv } from '../support/app.js';
import { missingMongo, mongo } from '../support/mongo.js';
import { recordingLog } from '../support/recording-log.js';
import { describeNeeding } from '../support/require.js';

const password = 'a long pass phrase';
const log = recordingLog();
const quiet = () => undefined;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-people-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A store with three people: one signs in with a password, one was invited and did not come yet. Returns the invitation. */
async function peopled(): Promise<string> {
  const app = await startApp({ TOCSIN_HOME: join(folder, 'first') });
  try {
    const cookie = await app.signIn('moderator');
    const set = await request(app.url)
      .put('/v1/session/password')
      .set({ cookie, origin: app.url })
      .send({ next: password });
    expect(set.status).toBe(204);
    await app.accounts.users.add({ name: 'Désirée ኢትዮጵያ', email: 'new@example.org', role: 'analyst' });
    return await app.accounts.users.link('new@example.org');
  } finally {
    await app.app.stop();
  }
}

const move = (from: string, to: string) => migrateStore(readConfig(testEnv), from, to, quiet, { log });

/** Whether everybody comes in where the store was moved to. */
async function welcomed(env: Record<string, string>, invitation: string): Promise<void> {
  const app = await startApp(env);
  try {
    const { pathname, search } = new URL(invitation);
    const invited = await request(app.url).get(`${pathname}${search}`);
    const session = await request(app.url).get('/v1/session').set('cookie', cookieOf(invited));
    expect(session.body.user).toMatchObject({ name: 'Désirée ኢትዮጵያ', role: 'analyst' });
    const signIn = (secret: string) =>
      request(app.url)
        .post('/api/auth/sign-in/email')
        .set('origin', app.url)
        .send({ email: 'moderator@example.org', password: secret });
    expect([(await signIn(password)).status, (await signIn(`${password}!`)).status]).toEqual([200, 401]);
  } finally {
    await app.app.stop();
  }
}

const exported = async (from: string, name: string) => {
  const path = join(folder, name);
  await move(from, path);
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"kind":"person"'));
};

describe('people', () => {
  it('go along to another file, with passwords and invitations, and without sessions', async () => {
    const invitation = await peopled();
    const [first, second] = [`sqlite:${join(folder, 'first')}`, `sqlite:${join(folder, 'second')}`];
    const { person } = await move(first, second);
    const rows = await exported(first, 'first.jsonl');
    expect(rows).toHaveLength(person);
    expect(await exported(second, 'second.jsonl')).toEqual(rows);
    expect(rows.join('')).not.toContain(password);
    await welcomed({ TOCSIN_HOME: join(folder, 'second') }, invitation);
  });

  it('keep a store from being filled that has nothing else', async () => {
    await peopled();
    const home = join(folder, 'other');
    const accounts = await openAccounts(readConfig({ ...testEnv, TOCSIN_HOME: home }), { log });
    await accounts.users.add({ name: 'A', email: 'a@example.org', role: 'admin' });
    await accounts.close();
    await expect(move(`sqlite:${join(folder, 'first')}`, `sqlite:${home}`)).rejects.toMatchObject({
      code: 'duplicate',
    });
  });
});

describeNeeding('people by way of MongoDB', missingMongo(), () => {
  it('are the same after sqlite → mongo → sqlite, and come in there and here', async () => {
    const server = await mongo();
    try {
      const invitation = await peopled();
      const url = server.url(`tocsin_people_${process.pid}`);
      const [first, last] = [`sqlite:${join(folder, 'first')}`, `sqlite:${join(folder, 'last')}`];
      await move(first, url);
      await move(url, last);
      const rows = await exported(first, 'first.jsonl');
      expect(rows.length).toBeGreaterThan(4);
      expect(await exported(last, 'last.jsonl')).toEqual(rows);
      await welcomed({ TOCSIN_HOME: join(folder, 'app'), TOCSIN_STORE: 'mongo', TOCSIN_MONGO_URL: url }, invitation);
    } finally {
      await server.stop();
    }
  });
});
