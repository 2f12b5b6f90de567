import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { cookieOf, startApp, testEnv } from '../support/app.js';
import type { TestApp } from '../support/app.js';
import { cli } from '../support/process.js';

describe('people and keys, beside the running service', () => {
  let app: TestApp;
  let env: Record<string, string>;
  beforeAll(async () => {
    app = await startApp();
    env = { TOCSIN_HOME: app.config.home };
  });
  afterAll(() => app.stop());
  const enter = async (link: string) => {
    const answer = await request(link.trim()).get('');
    return (await request(app.url).get('/v1/session').set('cookie', cookieOf(answer))).body.user;
  };

  it('adds a person, whose link leads into the running service, once', async () => {
    const { code, out } = await cli(
      ['user', 'add', '--name', 'Ann Other', '--email', 'Ann@example.org', '--role', 'moderator'],
      { env },
    );
    expect(code).toBe(0);
    expect(out.startsWith(`${app.url}/api/auth/magic-link/verify?token=`)).toBe(true);
    expect(await enter(out)).toMatchObject({ name: 'Ann Other', email: 'ann@example.org', role: 'moderator' });
    expect(await enter(out)).toBeUndefined();

    const again = await cli(['user', 'link', '--email', 'ann@example.org'], { env });
    expect(await enter(again.out)).toMatchObject({ email: 'ann@example.org' });

    const list = await cli(['user', 'list'], { env });
    expect(list.out).toContain('ann@example.org\tmoderator\tAnn Other\n');
    expect((await cli(['user', 'remove', '--email', 'ann@example.org'], { env })).out).toBe(
      'removed ann@example.org\n',
    );
    expect((await cli(['user', 'list'], { env })).out).not.toContain('ann@example.org');
  });

  it('makes a key that works in the running service', async () => {
    const { code, out } = await cli(['key', 'add', '--name', 'Feed', '--scope', 'ingest', '--scope=classify'], { env });
    expect([code, out]).toEqual([0, expect.stringMatching(/^[\w-]{43,}\n$/)]);
    const send = (path: string) => request(app.url).post(path).set('x-api-key', out.trim()).send({ text: 'x' });
    expect((await send('/v1/posts')).status).toBe(202);
    expect((await send('/v1/classify')).status).toBe(200);
    expect((await request(app.url).get('/v1/posts').set('x-api-key', out.trim())).status).toBe(403);
  });

  it.each([
    [['user', 'add', '--name', 'A', '--email', 'nobody', '--role', 'admin'], 'email: expected an e-mail address'],
    [
      ['user', 'add', '--name', 'A', '--email', 'a@example.org', '--role', 'king'],
      'Expected one of: admin, moderator, analyst',
    ],
    [
      ['user', 'add', '--name', 'A', '--email', 'admin@tocsin.local', '--role', 'admin'],
      'Somebody has the address admin@tocsin.local already',
    ],
    [['user', 'add', '--name', 'A', '--role', 'admin'], 'Missing required argument: --email'],
    [['user', 'link', '--email', 'nobody@example.org'], 'Nobody has the address nobody@example.org'],
    [['user', 'remove', '--email', 'nobody@example.org'], 'Nobody has the address nobody@example.org'],
    [['key', 'add', '--name', 'A', '--scope', 'read,rule'], '--scope: expected one of'],
    [['key', 'add', '--name', ' ', '--scope', 'read'], '--name: expected'],
    [['nonsense'], 'Unknown command'],
  ])('says what is wrong with %j', async (args, sentence) => {
    const { code, out, err } = await cli(args, { env });
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/ {4}at /);
  });

  it('refuses a store that lives in another process', async () => {
    const { code, err } = await cli(['user', 'list'], { env: { ...env, TOCSIN_STORE: 'memory' } });
    expect([code, err]).toEqual([
      1,
      'tocsin: TOCSIN_STORE=memory keeps nothing outside the running service; expected sqlite or mongo.\n',
    ]);
  });

  it('says what is wrong with the settings', async () => {
    const { code, err } = await cli(['user', 'list'], { env: { ...env, TOCSIN_PORT: 'x' } });
    expect([code, err]).toEqual([1, 'tocsin: TOCSIN_PORT is "x"; expected a whole number from 0 to 65535.\n']);
  });
});

describe('before the first start', () => {
  it('makes the store, and the person who was added is not joined by another', async () => {
    const home = await mkdtemp(join(tmpdir(), 'tocsin-cli-'));
    try {
      const env = { TOCSIN_HOME: home };
      const { out } = await cli(['user', 'add', '--name', 'Root', '--email', 'root@example.org', '--role', 'admin'], {
        env,
      });
      expect(out).toContain('http://127.0.0.1:0/');
      const app = await startApp({ TOCSIN_HOME: home });
      try {
        expect((await app.accounts.users.list()).map(({ email }) => email)).toEqual(['root@example.org']);
      } finally {
        await app.stop();
      }
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
});

describe('help', () => {
  it.each([
    [[], /serve\s.*classify\s.*packs\s.*user\s.*key\s/s],
    [['--help'], /USAGE tocsin/],
    [['user', '--help'], /add\s.*link\s.*list\s.*remove\s/s],
    [['key', 'add', '-h'], /--scope=<scopes>/],
    [['classify', '--help'], /--brief/],
    [['serve', '--help'], /--port=<number>.*TOCSIN_PORT/s],
  ])('tells about %j', async (args, expected) => {
    const { code, out, err } = await cli(args);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(expected);
    expect(out).not.toContain('\u001B');
  });
});

describe('tocsin packs check', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-packs-'));
    await cp(testEnv.TOCSIN_LEXICONS, join(folder, 'lexicons'), { recursive: true });
    await mkdir(join(folder, 'test', 'conformance'), { recursive: true });
    await writeFile(
      join(folder, 'test', 'conformance', 'eng.jsonl'),
      '{"id": "eng-001", "capability": "slur", "text": "They are blorvens.", "flagged": true}\n',
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const check = () => cli(['packs', 'check'], { env: { TOCSIN_LEXICONS: join(folder, 'lexicons') } });

  it('ends with 0 when nothing is wrong', async () => {
    const { code, out, err } = await check();
    expect([code, out, err]).toEqual([0, expect.stringContaining('"lang":"eng"'), '']);
  });

  it('names file, line, field and what was expected, and ends with 1', async () => {
    await writeFile(
      join(folder, 'lexicons', 'eng', 'groups.jsonl'),
      '{"id": "eng-g-001", "group": "X.mig.nobody", "kind": "nice", "forms": ["x"]}\n',
    );
    const { code, out } = await check();
    expect(code).toBe(1);
    expect(out).toMatch(/^lexicons\/eng\/groups\.jsonl:1: kind: /m);
    const started = await cli(['classify'], {
      env: { TOCSIN_LEXICONS: join(folder, 'lexicons') },
      input: '{"text":"x"}',
    });
    expect([started.code, started.out]).toEqual([1, '']);
    expect(started.err).toMatch(/^tocsin: .*groups\.jsonl:1 kind.*\n"tocsin packs check" lists them all\.\n$/);
  });
});
