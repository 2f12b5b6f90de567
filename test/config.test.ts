import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fixedClock } from '../src/base/clock.js';
import { randomIds } from '../src/base/ids.js';
import { deploymentSecret, readConfig } from '../src/config.js';

const root = join(import.meta.dirname, '..', '..');

describe('the settings', () => {
  it('need nothing', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      home: join(root, 'var'),
      host: '127.0.0.1',
      port: 8080,
      store: 'sqlite',
      demo: true,
      log: 'info',
      production: false,
      trustedProxies: 0,
      ignored: [],
    });
    expect(config.workers).toBeGreaterThan(0);
    expect(config.publicUrl).toBeUndefined();
  });

  it('take an empty variable for one that is not set', () => {
    expect(readConfig({ TOCSIN_PORT: '', TOCSIN_STORE: '', TOCSIN_HOME: undefined }).port).toBe(8080);
  });

  it('cannot be changed afterwards', () => {
    const config = readConfig({});
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
    expect(() => Object.assign(config.folders, { data: 'x' })).toThrow(TypeError);
  });

  it('make every folder absolute', () => {
    const { home, folders } = readConfig({ TOCSIN_HOME: 'here', TOCSIN_LEXICONS: './words' });
    for (const folder of [home, ...Object.values(folders)])
      expect([folder, isAbsolute(folder)]).toEqual([folder, true]);
  });

  it.each([
    ['auto', {}, true],
    ['auto', { TOCSIN_PRODUCTION: 'on' }, false],
    ['auto', { NODE_ENV: 'production' }, false],
    ['auto', { NODE_ENV: 'production', TOCSIN_PRODUCTION: 'off' }, true],
    ['on', { TOCSIN_PRODUCTION: 'true' }, true],
    ['off', {}, false],
  ])('show the demo: %s with %j: %s', (TOCSIN_DEMO, env, demo) => {
    expect(readConfig({ TOCSIN_DEMO, ...env }).demo).toBe(demo);
  });

  it('keep the origin of the public address', () => {
    expect(readConfig({ TOCSIN_PUBLIC_URL: 'https://Tocsin.example.org/' }).publicUrl).toBe(
      'https://tocsin.example.org',
    );
  });

  it.each([
    ['TOCSIN_PORT', '80a', 'TOCSIN_PORT is "80a"; expected a whole number from 0 to 65535.'],
    ['TOCSIN_PORT', '65536', 'TOCSIN_PORT is "65536"; expected a whole number from 0 to 65535.'],
    ['TOCSIN_PORT', '-1', 'TOCSIN_PORT is "-1"; expected a whole number from 0 to 65535.'],
    ['TOCSIN_WORKERS', '0', 'TOCSIN_WORKERS is "0"; expected a whole number from 1 to 256.'],
    ['TOCSIN_HOST', 'http://x', 'TOCSIN_HOST is "http://x"; expected a host name or IP address, e.g. "0.0.0.0".'],
    ['TOCSIN_STORE', 'mysql', 'TOCSIN_STORE is "mysql"; expected one of sqlite, memory, mongo.'],
    [
      'TOCSIN_MONGO_URL',
      'mongodb://tocsin:geheim@db.example.org',
      'TOCSIN_MONGO_URL is "mongodb://…@db.example.org"; expected an address with a database, e.g. "mongodb://127.0.0.1:27017/tocsin".',
    ],
    ['TOCSIN_DEMO', 'yes', 'TOCSIN_DEMO is "yes"; expected one of auto, on, off.'],
    ['TOCSIN_LOG', 'loud', 'TOCSIN_LOG is "loud"; expected one of debug, info, warn, error, silent.'],
    ['TOCSIN_PRODUCTION', 'maybe', 'TOCSIN_PRODUCTION is "maybe"; expected on or off.'],
    [
      'TOCSIN_PUBLIC_URL',
      'tocsin.example.org',
      'TOCSIN_PUBLIC_URL is "tocsin.example.org"; expected an http or https address, e.g. "https://tocsin.example.org".',
    ],
    [
      'TOCSIN_PUBLIC_URL',
      'https://example.org/tocsin',
      'TOCSIN_PUBLIC_URL is "https://example.org/tocsin"; expected an address without a path: the service lives at the root of its host.',
    ],
  ])('say what is wrong with %s=%s', (name, value, sentence) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'invalid_input', message: sentence }),
    );
  });

  it('say everything that is wrong at once', () => {
    expect(() => readConfig({ TOCSIN_PORT: 'x', TOCSIN_STORE: 'y' })).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^TOCSIN_PORT .*\nTOCSIN_STORE .*$/) }),
    );
  });

  it('notice names that mean nothing', () => {
    const env = { TOCSIN_PROT: '1', TOCSIN_PORT: '1', TOCSIN_TEST_REQUIRE: 'all', PROT: '1' };
    expect(readConfig(env).ignored).toEqual(['TOCSIN_PROT']);
  });

  it('are all explained in .env.example, with their defaults', async () => {
    const text = await readFile(join(root, '.env.example'), 'utf8');
    const shown = [...text.matchAll(/^#(TOCSIN_\w+)=(.*)$/gm)].map(([, name, value]) => [name!, value!] as const);
    const names = shown.map(([name]) => name);
    expect(readConfig(Object.fromEntries(names.map((name) => [name, '']))).ignored).toEqual([]);
    const probe = Object.fromEntries(names.map((name) => [name, undefined]));
    const source = await readFile(join(root, 'src', 'config.ts'), 'utf8');
    expect(names.toSorted()).toEqual(
      [...source.matchAll(/^ {2}(TOCSIN_\w+):/gm)].map(([, name]) => name ?? '').toSorted(),
    );
    // With every default written out, the settings are what they are without.
    const { home: _home, folders: _folders, ...written } = readConfig({ ...probe, ...Object.fromEntries(shown) });
    const { home: __home, folders: __folders, ...bare } = readConfig({});
    expect(written).toEqual(bare);
  });
});

describe('the deployment secret', () => {
  let home: string;
  const ids = randomIds(fixedClock(0));
  beforeEach(async () => {
    home = join(await mkdtemp(join(tmpdir(), 'tocsin-secret-')), 'home');
  });
  afterEach(() => rm(join(home, '..'), { recursive: true, force: true }));

  it('is made once, for its owner only', async () => {
    const secret = deploymentSecret(home, ids);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(deploymentSecret(home, ids)).toBe(secret);
    expect((await stat(join(home, 'secret'))).mode & 0o777).toBe(0o600);
    expect((await stat(home)).mode & 0o777).toBe(0o700);
    expect(await readdir(home)).toEqual(['secret']);
  });

  it('is closed to others when it was left open', async () => {
    const secret = deploymentSecret(home, ids);
    await chmod(join(home, 'secret'), 0o644);
    expect(deploymentSecret(home, ids)).toBe(secret);
    expect((await stat(join(home, 'secret'))).mode & 0o777).toBe(0o600);
  });

  it('is not made up anew when the file is damaged', async () => {
    deploymentSecret(home, ids);
    for (const content of ['', 'short', 'with spaces '.repeat(10)]) {
      await writeFile(join(home, 'secret'), content);
      expect(() => deploymentSecret(home, ids)).toThrow(
        expect.objectContaining({
          code: 'invalid_input',
          message: expect.stringContaining('does not hold a deployment secret'),
        }),
      );
      expect(await readFile(join(home, 'secret'), 'utf8')).toBe(content);
    }
  });
});
