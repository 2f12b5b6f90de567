import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { coverageView, packsView } from '../../src/contract/packs.js';
import { startApp, testEnv } from '../support/app.js';
import type { TestApp } from '../support/app.js';

let app: TestApp;
let folder: string;
let key: string;
const get = (path: string) => request(app.url).get(path).set({ 'x-api-key': key });

/** The invented pack, said to be for Rwanda, with five terms against one people, and a reason for another. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-holdings-'));
  await cp(testEnv.TOCSIN_LEXICONS, folder, { recursive: true });
  const own = (file: string) => join(folder, 'eng', file);
  const manifest = await readFile(own('pack.json'), 'utf8');
  await writeFile(own('pack.json'), manifest.replace('"countries": []', '"countries": ["RWA"]'));
  const [line] = (await readFile(own('terms.jsonl'), 'utf8')).split('\n');
  const term = JSON.parse(line!) as object;
  const terms = ['bala', 'dobo', 'fege', 'guku', 'hihi'].map((word, i) => ({
    ...term,
    id: `eng-t-00${i + 2}`,
    forms: [`${word}ven`],
    targets: ['X.eth.tutsi'],
  }));
  await writeFile(own('terms.jsonl'), [line, ...terms.map((one) => JSON.stringify(one)), ''].join('\n'));
  const reason = {
    country: 'RWA',
    groups: ['RWA.eth.hutu'],
    status: 'open',
    reason: 'It is still to be sought.',
    on: '2026-11-28',
  };
  await writeFile(join(folder, '_shared', 'coverage.jsonl'), `${JSON.stringify(reason)}\n`);
  app = await startApp({ TOCSIN_STORE: 'memory', TOCSIN_LEXICONS: folder });
  key = await app.key('read');
});
afterAll(async () => {
  await app.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('what the packs hold', () => {
  it('is told by pack, with status and countries', async () => {
    const { packs, countries } = packsView.parse((await get('/v1/packs')).body);
    expect(packs).toEqual([
      expect.objectContaining({ lang: 'eng', status: 'draft', countries: ['RWA'], terms: 6, groups: 1, sources: 2 }),
    ]);
    expect(countries).toEqual(['RWA']);
  });

  it('is told by group of a country, with gaps and their reasons', async () => {
    const { groups } = coverageView.parse((await get('/v1/packs/coverage?country=RWA')).body);
    const row = (id: string) => groups.find(({ group }) => group === id);
    expect(row('RWA.eth.tutsi')).toEqual({
      group: 'RWA.eth.tutsi',
      ground: 'pc.ethnicity',
      names: 0,
      terms: 5,
      gap: false,
    });
    expect(row('RWA.eth.hutu')).toMatchObject({
      terms: 0,
      gap: true,
      reason: { status: 'open', text: 'It is still to be sought.' },
    });
    expect(row('RWA.eth.twa')).toEqual({ group: 'RWA.eth.twa', ground: 'pc.ethnicity', names: 0, terms: 0, gap: true });
  });

  it.each([
    ['a country that no pack is for', 'country=KEN', 404],
    ['a name that is every object’s', 'country=__proto__', 422],
    ['no country', '', 422],
  ])('refuses %s', async (_what, query, status) => {
    expect((await get(`/v1/packs/coverage?${query}`)).status).toBe(status);
  });

  it('is told to nobody unknown', async () => {
    expect((await request(app.url).get('/v1/packs')).status).toBe(401);
  });
});
