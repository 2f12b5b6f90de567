import { beforeAll, describe, expect, it } from '@jest/globals';
import { coverageOf, statsOf } from '../../src/lexicon/coverage.js';
import type { LexiconBundle } from '../../src/lexicon/load.js';
import { shippedPacks } from '../support/engine.js';

let bundle: LexiconBundle;

beforeAll(async () => {
  bundle = await shippedPacks();
});

describe('what is in the packs', () => {
  it('counts every entry once', () => {
    const stats = statsOf(bundle);
    expect(stats.map(({ lang }) => lang)).toEqual(bundle.packs.map(({ lang }) => lang).sort());
    for (const one of stats)
      expect([one.lang, one.groups + one.terms + one.predicates + one.cues]).toEqual([one.lang, one.entries]);
  });
});

describe('signs', () => {
  const sign = (form: string) => /\p{Extended_Pictographic}/u.test(form) && !/\p{L}/u.test(form);
  const signsOf = ({ entries }: LexiconBundle['packs'][number]) =>
    entries.flatMap(({ id, forms }) => forms.filter(({ t }) => sign(t)).map(({ t }) => [id, t] as const));

  it('are listed once, in the English pack, which all languages read: a copy has the grammar of its own', () => {
    const english = new Set(signsOf(bundle.packs.find(({ lang }) => lang === 'eng')!).map(([, form]) => form));
    expect(english.size).toBeGreaterThan(300);
    const copies = bundle.packs
      .filter(({ lang }) => lang !== 'eng')
      .flatMap(signsOf)
      .filter(([, form]) => english.has(form));
    expect(copies).toEqual([]);
  });
});

describe('the coverage of a country', () => {
  it('names its own groups and their cross-border parents, once each', () => {
    const ids = coverageOf(bundle, 'RWA')!.map(({ group }) => group.id);
    expect(ids).toEqual(expect.arrayContaining(['RWA.eth.tutsi', 'RWA.eth.hutu', 'X.eth.tutsi']));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('shows a group without a term beside one with many', () => {
    const [pack] = bundle.packs.filter(({ lang }) => lang === 'kin');
    const without = {
      ...bundle,
      packs: [
        { ...pack!, entries: pack!.entries.filter(({ targets }) => !targets?.some((id) => id.endsWith('.hutu'))) },
      ],
    };
    const rows = coverageOf(without, 'RWA')!;
    const row = (id: string) => rows.find(({ group }) => group.id === id)!;
    expect(row('RWA.eth.tutsi')).toMatchObject({ gap: false });
    expect(row('RWA.eth.tutsi').terms).toBeGreaterThanOrEqual(5);
    expect(row('RWA.eth.hutu')).toMatchObject({ terms: 0, gap: true });
  });

  it('is undefined where no pack is for the country', () => expect(coverageOf(bundle, 'ATA')).toBeUndefined());
});
