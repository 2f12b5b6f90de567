import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { ended, serve, start } from '../support/process.js';

describe('the service as a process', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'tocsin-serve-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it.each(['SIGTERM', 'SIGINT'] as const)('tells where it listens, and ends with 0 after %s', async (signal) => {
    const { child, url, signInLink } = await serve({ TOCSIN_HOME: home });
    const end = ended(child);
    expect((await request(url).get('/readyz')).status).toBe(200);
    expect((await request(signInLink!).get('')).status).toBe(302);
    child.kill(signal);
    expect(await end).toMatchObject({ code: 0, signal: null });
    expect((await stat(join(home, 'tocsin.db'))).mode & 0o077).toBe(0);
  });

  it('takes the port from the command line', async () => {
    const child = start('cli', ['serve', '--port', 'x'], { TOCSIN_HOME: home });
    expect(await ended(child)).toMatchObject({
      code: 1,
      err: 'tocsin: TOCSIN_PORT is "x"; expected a whole number from 0 to 65535.\n',
    });
  });

  it('warns of a setting that means nothing', async () => {
    const child = start('cli', ['serve', '--host', '127.0.0.1', '--port=0'], { TOCSIN_HOME: home, TOCSIN_PROT: '1' });
    const end = ended(child);
    child.stdout.once('data', () => child.kill());
    const { code, err, out } = await end;
    expect(code).toBe(0);
    expect(out).toMatch(/^Tocsin listens at http:\/\/127\.0\.0\.1:\d+\n/);
    expect(err).toContain('"variable":"TOCSIN_PROT"');
  });

  it('ends when it is told to before it has begun', async () => {
    const child = start('main', [], { TOCSIN_HOME: home });
    const end = ended(child);
    // The first line of its log: it has a store and is on its way.
    child.stderr.once('data', () => child.kill());
    expect(await end).toMatchObject({ code: 0, signal: null });
  });
});
