import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileLexicon, createEngine } from '../../src/engine/index.js';
import type { TracingEngine } from '../../src/engine/index.js';
import { loadDetect } from '../../src/lexicon/fasttext.js';
import type { LexiconBundle } from '../../src/lexicon/load.js';
import { naturalStem } from '../../src/lexicon/natural.js';
import { shippedEngine } from '../support/engine.js';

let engine: TracingEngine;
let bundle: LexiconBundle;
let words: string[];

beforeAll(async () => {
  ({ engine, bundle } = await shippedEngine());
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
    const lazy = createEngine({ compiled: compileLexicon(bundle), detect: await loadDetect(), stem: naturalStem });
    fc.assert(
      fc.property(texts(), (text) => {
        const { findings, level, priority } = engine.assess(text);
        expect(lazy.assess(text)).toMatchObject({ findings, level, priority });
      }),
      { numRuns: 1000, seed: 7 },
    );
  });

  it('gives the same verdict whatever the order of the packs', async () => {
    const reversed = createEngine({
      compiled: compileLexicon({
        ...bundle,
        packs: [...bundle.packs].reverse().map((pack) => ({ ...pack, entries: [...pack.entries].reverse() })),
      }),
      detect: await loadDetect(),
      stem: naturalStem,
      identify: true,
    });
    fc.assert(
      fc.property(texts(), (text) => expect(reversed.assess(text)).toEqual(engine.assess(text))),
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
