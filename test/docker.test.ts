import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readConfig } from '../src/config.js';
import { readYaml } from './support/yaml.js';

const root = join(import.meta.dirname, '..', '..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const manifest = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };

interface Service {
  image: string;
  user?: string;
  build?: { context: string; dockerfile: string };
  environment: Record<string, string>;
  volumes: string[];
  networks: string[];
  ports?: string[];
  read_only: string;
  tmpfs: string[];
  cap_drop: string[];
  security_opt: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
}
interface Compose {
  services: { app: Service; mongo: Service };
  volumes: Record<string, null>;
  networks: Record<string, { internal?: string } | null>;
}

/** The instructions of the Dockerfile's last stage and those before it, continued lines joined. */
function stages(): { build: string[]; image: string[] } {
  const lines = read('docker', 'Dockerfile')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const last = lines.findLastIndex((line) => line.startsWith('FROM '));
  return { build: lines.slice(0, last), image: lines.slice(last) };
}

const allowed = read('docker', 'Dockerfile.dockerignore')
  .split('\n')
  .filter((line) => line.startsWith('!'))
  .map((line) => line.slice(1));

describe('the compose file', () => {
  const compose = readYaml(read('docker', 'compose.yaml')) as unknown as Compose;
  const { app, mongo } = compose.services;

  it('runs the service beside MongoDB 8, started in order of health', () => {
    expect(Object.keys(compose.services)).toEqual(['app', 'mongo']);
    expect(mongo.image).toBe('mongo:8');
    expect(app.build).toEqual({ context: '..', dockerfile: 'docker/Dockerfile' });
    expect(app.depends_on).toEqual({ mongo: { condition: 'service_healthy' } });
    expect(mongo.healthcheck?.test.slice(0, 2)).toEqual(['CMD', 'mongosh']);
  });

  it.each(['app', 'mongo'] as const)('gives %s no rights and nothing to write but its volumes', (name) => {
    const service = compose.services[name];
    expect(service).toMatchObject({
      read_only: 'true',
      tmpfs: ['/tmp'],
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    for (const volume of service.volumes) expect(compose.volumes).toHaveProperty(volume.split(':')[0] ?? '');
    for (const network of service.networks) expect(compose.networks).toHaveProperty(network);
    expect(Object.keys(service)).not.toContain('privileged');
  });

  it('lets nobody but the service reach the database, and it only from this machine', () => {
    expect(mongo.user).toBe('mongodb');
    expect(mongo.networks).toEqual(['inside']);
    expect(compose.networks['inside']).toEqual({ internal: 'true' });
    expect(mongo.ports).toBeUndefined();
    expect(app.ports).toEqual(['127.0.0.1:8080:8080']);
  });

  it('has no password in it, and sets only what the service knows', () => {
    for (const value of [app.environment['TOCSIN_MONGO_URL'], mongo.environment['MONGO_INITDB_ROOT_PASSWORD']])
      expect(value).toContain('${TOCSIN_MONGO_PASSWORD:?');
    // As the shell fills it in.
    const filled = Object.fromEntries(
      Object.entries(app.environment).map(([name, value]) => [
        name,
        value.replace(/\$\{TOCSIN_MONGO_PASSWORD:\?[^}]*\}/, 'x1').replace(/\$\{\w+:-([^}]*)\}/, '$1'),
      ]),
    );
    expect(readConfig(filled)).toMatchObject({
      store: 'mongo',
      mongoUrl: 'mongodb://tocsin:x1@mongo:27017/tocsin?authSource=admin',
      publicUrl: 'http://localhost:8080',
      ignored: [],
    });
  });
});

describe('the image', () => {
  const { build, image } = stages();

  it('runs the Node of the tests, as a user without rights', () => {
    const base = `FROM node:${manifest.devDependencies['node']}-bookworm-slim`;
    expect([build[0], image[0]]).toEqual([`${base} AS build`, base]);
    const user = image.indexOf('USER node');
    expect(user).toBeGreaterThan(0);
    expect(image.slice(user).filter((line) => /^(RUN|COPY|ADD|USER root)/.test(line))).toEqual([]);
    expect(image.some((line) => line.startsWith('HEALTHCHECK ') && line.includes('/readyz'))).toBe(true);
  });

  it('takes in only what is let through, and that is there', () => {
    const copied = [...build, ...image]
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1));
    expect(copied.toSorted()).toEqual([...new Set([...allowed, 'package.json'])].concat('package.json').toSorted());
    expect(readdirSync(root)).toEqual(expect.arrayContaining(copied));
  });

  describe('put together by its own instructions', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'tocsin-image-'));
      for (const line of image.filter((one) => one.startsWith('COPY '))) {
        const parts = line.split(' ').filter((part) => part !== 'COPY' && !part.startsWith('--from='));
        const to = parts.at(-1) ?? '';
        for (const from of parts.slice(0, -1)) {
          const source = from.replace(/^\/app\//, '');
          const target = join(folder, 'app', to === './' ? source : to);
          mkdirSync(join(target, '..'), { recursive: true });
          if (source === 'node_modules') symlinkSync(join(root, source), target);
          else cpSync(join(root, source), target, { recursive: true });
        }
      }
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('starts, is ready, serves the console, and writes nothing but its home', async () => {
      const app = join(folder, 'app');
      const files = () => readdirSync(app, { recursive: true, encoding: 'utf8' }).toSorted();
      const before = files();
      const command = JSON.parse(image.at(-1)?.replace(/^CMD /, '') ?? '') as string[];
      const child = spawn(process.execPath, command.slice(1), {
        cwd: app,
        env: { NODE_ENV: 'production', TOCSIN_HOME: join(folder, 'home'), TOCSIN_PORT: '0', TOCSIN_WORKERS: '1' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        let url: string | undefined;
        for await (const line of createInterface({ input: child.stdout })) {
          url = /^Tocsin listens at (\S+)$/.exec(line)?.[1];
          if (url) break;
        }
        expect((await fetch(`${url}/readyz`)).status).toBe(200);
        const page = await fetch(`${url}/`, { headers: { accept: 'text/html' } });
        expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<div id="root">')]);
      } finally {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        expect(await gone).toEqual([0, null]);
      }
      expect(files()).toEqual(before);
      expect(readdirSync(join(folder, 'home'))).toEqual(expect.arrayContaining(['secret', 'tocsin.db']));
    });
  });
});

describe('the reader of YAML', () => {
  it.each([
    ['a tab', 'a:\n\tb: c', 'line 2: a tab'],
    ['a key twice', 'a: b\na: c', 'line 2: a a second time'],
    ['a step to the side', 'a:\n    b: c\n  d: e', 'line 3: expected "key:" at column 0'],
    ['a colon in bare text', 'a: b: c', 'line 1: this has to be in double quotes'],
    ['a quote that does not end', 'a: "b', 'line 1: a quote that does not end'],
    ['an anchor', 'a: &b c', 'line 1: this has to be in double quotes'],
  ])('refuses %s', (_, text, message) => {
    expect(() => readYaml(text)).toThrow(message);
  });

  it('reads maps, lists and empty values', () => {
    expect(readYaml('# head\na:\n  b: "c: d"\n  e:\n    - f\n    - "g"\nh:\n')).toEqual({
      a: { b: 'c: d', e: ['f', 'g'] },
      h: null,
    });
  });
});
