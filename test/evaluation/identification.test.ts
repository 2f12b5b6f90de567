import { describe, expect, it } from '@jest/globals';
import type { Assessment } from '../../src/engine/index.js';
import { identificationOf, nameRows, printIdentification } from '../../src/evaluation/identification.js';
import type { Named } from '../../src/evaluation/identification.js';

const packs = new Set(['eng', 'hbs', 'swa']);
const named = (text: string, lang: string, takenFor: string, more: Partial<Named['found']> = {}): Named => ({
  text,
  lang,
  label: null,
  found: { lang: takenFor, confidence: 0.9, packs: [takenFor], ...more },
});
const sentence = 'It rained the whole day, and nobody in the village could remember a summer like this one.';

describe('how well languages are named', () => {
  it('is counted by language and length, for languages that a pack reads and for all', () => {
    const { rows, covered, all } = identificationOf(
      [
        named('short', 'eng', 'eng'),
        named('a little longer than that', 'eng', 'und'),
        named(sentence, 'eng', 'eng'),
        named(sentence, 'fin', 'est'),
      ],
      packs,
    );
    expect(rows.map(({ lang, covered: read }) => [lang, read])).toEqual([
      ['eng', true],
      ['fin', false],
    ]);
    expect(covered.cells).toEqual({
      '<20': { rows: 1, right: 1, unnamed: 0 },
      '20–40': { rows: 1, right: 0, unnamed: 1 },
      '40–80': { rows: 0, right: 0, unnamed: 0 },
      sentence: { rows: 1, right: 1, unnamed: 0 },
    });
    expect(all.cells.sentence).toEqual({ rows: 2, right: 1, unnamed: 0 });
  });

  it('takes the languages that one pack reads for one, and what a set calls a sentence for a sentence', () => {
    const { rows } = identificationOf([{ ...named('Dobro.', 'hrv', 'hbs'), label: 'sentences' }], packs);
    expect(rows[0]).toMatchObject({ lang: 'hbs', covered: true, cells: { sentence: { rows: 1, right: 1 } } });
  });

  it('tells where a sure and wrong answer kept the right pack from reading', () => {
    const { misled } = identificationOf(
      [
        named('a', 'swa', 'eng'),
        named('b', 'swa', 'eng'),
        named('unsure', 'swa', 'eng', { confidence: 0.5 }),
        named('read all the same', 'swa', 'eng', { packs: ['eng', 'swa'] }),
        named('unnamed', 'swa', 'und'),
        named('no pack', 'fin', 'est'),
      ],
      packs,
    );
    expect(misled).toEqual([{ lang: 'swa', takenFor: 'eng', rows: 2 }]);
  });

  it('is shown as a table', () => {
    const table = printIdentification(identificationOf([named('short', 'eng', 'eng')], packs));
    expect(table.split('\n')[3]).toMatch(/^eng +pack +100\.0 +1 +– +0 +– +0 +– +0$/);
    expect(table).toContain('not read by the right pack: 0');
  });
});

describe('the rows of a set', () => {
  it('are named by their text alone; those that do not say their language are left out, and bad ones told', async () => {
    const lines = ['{"id": 1, "text": "x", "lang": "eng"}', '{"id": 2, "text": "y"}', 'no row'].join('\n');
    const seen: string[] = [];
    const assess = (text: string) => {
      seen.push(text);
      return { language: { code: 'eng', confidence: 0.7 }, coverage: { packs: [{ lang: 'eng' }] } } as Assessment;
    };
    async function* bytes() {
      yield Buffer.from(lines);
    }
    const read: unknown[] = [];
    for await (const row of nameRows('set', bytes(), assess)) read.push(row);
    expect(seen).toEqual(['x']);
    expect(read).toEqual([
      { named: { text: 'x', lang: 'eng', label: null, found: { lang: 'eng', confidence: 0.7, packs: ['eng'] } } },
      { bad: { file: 'set', line: 3, reason: 'expected one JSON object' } },
    ]);
  });
});
