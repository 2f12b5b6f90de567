import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileLexicon, createEngine } from '../../src/engine/index.js';
import type { CompiledLexicon, TracingEngine } from '../../src/engine/index.js';
import { openZawgyi } from '../../src/lexicon/burmese.js';
import { loadDetect } from '../../src/lexicon/fasttext.js';
import type { LexiconBundle } from '../../src/lexicon/load.js';
import { naturalStem } from '../../src/lexicon/natural.js';
import { shippedEngine, shippedPacks } from '../support/engine.js';

let engine: TracingEngine;
let compiled: CompiledLexicon;
let bundle: LexiconBundle;
let words: string[];

beforeAll(async () => {
  ({ engine, compiled } = await shippedEngine());
  bundle = await shippedPacks();
  // A fixed sample over all classes, so that random texts are full of cues.
  words = bundle.packs.flatMap((pack) => pack.entries.filter((_, i) => i % 7 === 0).map((entry) => entry.forms[0]!.t));
});

/** Sentences made of cues, noise, quotes and marks: far more alive than random letters. */
const texts = () =>
  fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: fc.nat().map((n) => words[n % words.length]!) },
        fc.constantFrom(
          '.',
          '?',
          '!',
          ',',
          '"',
          "'",
          '\n',
          'but',
          'not',
          'all',
          'the',
          '\u200b',
          'e\u0301',
          '👩🏿‍🦱',
          '\ud800',
          '7',
          '@',
          '*',
        ),
        fc.string({ unit: 'grapheme', maxLength: 6 }),
      ),
      { maxLength: 25 },
    )
    .map((parts) => parts.join(' '));

const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' });

describe('the engine keeps its laws on any text', () => {
  it('never throws on arbitrary UTF-16, lone surrogates included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void engine.assess(text)),
      { numRuns: 1500, seed: 1 },
    );
  });

  it('gives spans that hold the evidence and split no grapheme cluster', () => {
    fc.assert(
      fc.property(texts(), (text) => {
        const boundaries = new Set([...clusters.segment(text)].map((part) => part.index).concat(text.length));
        for (const finding of engine.assess(text).findings) {
          for (const evidence of finding.evidence) {
            expect(text.slice(evidence.start, evidence.end)).toBe(evidence.text);
            expect(evidence.end).toBeGreaterThan(evidence.start);
            expect(boundaries.has(evidence.start) && boundaries.has(evidence.end)).toBe(true);
            expect(evidence.start >= finding.start && evidence.end <= finding.end).toBe(true);
          }
        }
      }),
      { numRuns: 1500, seed: 2 },
    );
  });

  it('answers the same bytes for the same text', () => {
    fc.assert(
      fc.property(texts(), (text) =>
        expect(JSON.stringify(engine.assess(text))).toBe(JSON.stringify(engine.assess(text))),
      ),
      { numRuns: 200, seed: 3 },
    );
  });

  it('takes no shortcut that changes a verdict: whether every stage runs or only those a text needs', () => {
    fc.assert(
      fc.property(texts(), (text) => expect(engine.assess(text)).toEqual(engine.trace(text).assessment)),
      { numRuns: 3000, seed: 6 },
    );
  });

  it('finds the same whether or not it is asked for the language of every text', async () => {
    const lazy = createEngine({ compiled, detect: await loadDetect(), stem: naturalStem });
    fc.assert(
      fc.property(texts(), (text) => {
        const { findings, level, priority } = engine.assess(text);
        expect(lazy.assess(text)).toMatchObject({ findings, level, priority });
      }),
      { numRuns: 1000, seed: 7 },
    );
  });

  it('gives the same verdict whatever the order of the packs', async () => {
    // Languages with words in common: all packs would be compiled for a minute, twice.
    const some = new Set(['deu', 'eng', 'fra', 'hat', 'kin', 'nld', 'pcm', 'run', 'som', 'swa']);
    const packs = bundle.packs.filter(({ lang }) => some.has(lang));
    const inOrder = async (ordered: typeof packs) =>
      createEngine({
        compiled: compileLexicon({ ...bundle, packs: ordered }),
        detect: await loadDetect(),
        stem: naturalStem,
        identify: true,
        zawgyi: openZawgyi(),
      });
    const forwards = await inOrder(packs);
    const backwards = await inOrder(
      packs.toReversed().map((pack) => ({ ...pack, entries: pack.entries.toReversed() })),
    );
    fc.assert(
      fc.property(texts(), (text) => expect(backwards.assess(text)).toEqual(forwards.assess(text))),
      { numRuns: 300, seed: 4 },
    );
  });

  it('never proposes the level that only people decide', () => {
    fc.assert(
      fc.property(texts(), (text) => {
        const verdict = engine.assess(text);
        expect(['none', 'bottom', 'intermediate', 'top-candidate']).toContain(verdict.level);
        expect(verdict.rabat.intent.grade).toBe('U');
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('finds a word with zero-width noise inside just as without', () => {
    for (const text of ['Kill all Muslims.', 'Immigrants are rats.']) {
      const noisy = text.replace(/(\p{L})(?=\p{L})/gu, '$1\u200b');
      expect(engine.assess(noisy).findings.map((f) => f.category)).toEqual(
        engine.assess(text).findings.map((f) => f.category),
      );
      expect(engine.assess(noisy).flagged).toBe(true);
    }
  });

  it('finds any attack with noise that nobody sees inside every word', () => {
    const plain = [
      'Kill all Muslims.',
      'Immigrants are rats.',
      'Refugees are cockroaches, drive them all out.',
      'I hate Jews.',
      'Wakimbizi ni mende.',
      'Les immigrés sont des rats.',
    ];
    const unseen = fc.constantFrom(
      '\u200b',
      '\u200d',
      '\u200c',
      '\u2060',
      '\ufeff',
      '\u00ad',
      '\u034f',
      '\u202e',
      '\ufe0f',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...plain),
        fc.array(unseen, { minLength: 1, maxLength: 4 }),
        fc.nat(3),
        (text, noise, every) => {
          const noisy = text.replaceAll(/(\p{L})(?=\p{L})/gu, (letter, _, at: number) =>
            at % (every + 1) === 0 ? letter + noise.join('') : letter,
          );
          const read = (one: string) =>
            engine.assess(one).findings.map(({ category, severity }) => [category, severity]);
          expect(read(text)).not.toEqual([]);
          expect(read(noisy)).toEqual(read(text));
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });

  it('keeps a finding whatever neutral sentence follows', () => {
    const plain = ['Kill all Muslims.', 'Immigrants are vermin.', 'We must drive out all refugees.', 'I hate Jews.'];
    const neutral = [
      'The train leaves at nine.',
      'It rained in Nairobi on Tuesday.',
      'My sister bought three lemons.',
      'Nous mangeons à midi.',
      'Mvua ilinyesha jana usiku.',
      'The library opens at ten, and the shop next to it sells bread.',
      '今天天气很好。',
      'القطار يصل في التاسعة.',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...plain),
        fc.array(fc.constantFrom(...neutral), { minLength: 1, maxLength: 6 }),
        (text, more) => {
          const alone = engine
            .assess(text)
            .findings.filter(({ cleared }) => !cleared)
            .map(({ category }) => category);
          const longer = engine.assess(`${text} ${more.join(' ')}`).findings.filter(({ cleared }) => !cleared);
          expect(alone).not.toEqual([]);
          for (const category of alone) expect(longer.map((finding) => finding.category)).toContain(category);
        },
      ),
      { numRuns: 300, seed: 8 },
    );
  });

  it('does no more than twice the work for twice the text: looks at its tables are counted, not time', async () => {
    let looks = 0;
    const counted = <T extends object>(table: T): T =>
      new Proxy(table, {
        get(target, key) {
          looks++;
          const value: unknown = Reflect.get(target, key, target);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
    const counting = createEngine({
      compiled: {
        ...compiled,
        automaton: { ...compiled.automaton, cells: counted(compiled.automaton.cells) },
        tables: { ...compiled.tables, kinds: counted(compiled.tables.kinds) },
      },
      detect: await loadDetect(),
      stem: naturalStem,
    });
    const work = (text: string) => {
      looks = 0;
      counting.assess(text);
      return looks;
    };
    const pieces = [
      'a**b ',
      'k*l* m**l ',
      'a.b.c.',
      'k i l l ',
      'sl aug hter ',
      'x-y',
      '"',
      "'a ",
      '(',
      'killallmuslims',
      'kill all ',
      'not ',
      'they ',
      'Muslims ',
      '\u0301',
      '🇰',
      '|<',
      '/\\',
      'mslms ',
      'immigratns ',
      'a',
      'ab',
      '漢',
      'ከ',
      'က',
      'Muslims are not ',
      '\ud800',
      '&amp;',
      '@a ',
      '1a',
      '*',
      '#a',
    ];
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(...pieces),
            fc.nat().map((n) => `${words[n % words.length]!} `),
          ),
          { minLength: 1, maxLength: 6 },
        ),
        (parts) => {
          const piece = parts.join('');
          const times = Math.ceil(1_500 / piece.length);
          const readIn = (text: string) => engine.trace(text).language.active.join();
          fc.pre(readIn(piece.repeat(times)) === readIn(piece.repeat(times * 2)));
          // What was met once is remembered: both are read before they are measured.
          work(piece.repeat(times * 2));
          work(piece.repeat(times));
          const once = work(piece.repeat(times));
          expect(work(piece.repeat(times * 2))).toBeLessThanOrEqual(2.3 * once + 20_000);
        },
      ),
      { numRuns: 60, seed: 9 },
    );
  }, 300_000);

  it('survives a megabyte of one combining mark and a megabyte of one letter', () => {
    expect(engine.assess('\u0301'.repeat(1_000_000)).flagged).toBe(false);
    expect(engine.assess('a'.repeat(1_000_000)).flagged).toBe(false);
  });

  it('says "not covered" of a language no pack reads, never "clean"', () => {
    const verdict = engine.assess('კაცობრიობა ყველასთვის თავისუფლებას და თანასწორობას ითხოვს დღეს');
    expect(verdict.coverage).toEqual({ covered: false, packs: [] });
    expect(verdict.explanation.map((step) => step.code)).toContain('not-covered');
  });
});
