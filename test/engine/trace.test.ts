import { beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Trace, TracingEngine } from '../../src/engine/index.js';
import { shippedEngine, shippedPacks } from '../support/engine.js';

let engine: TracingEngine;
let words: string[];

beforeAll(async () => {
  ({ engine } = await shippedEngine());
  const bundle = await shippedPacks();
  words = bundle.packs.flatMap((pack) => pack.entries.filter((_, i) => i % 7 === 0).map((entry) => entry.forms[0]!.t));
});

const texts = () =>
  fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: fc.nat().map((n) => words[n % words.length]!) },
        fc.constantFrom('.', '?', ',', '"', '\n', 'they', 'not', 'we must', 'k i l l', '\u200b', '👩🏿‍🦱', '\ud800'),
        fc.string({ unit: 'grapheme', maxLength: 6 }),
      ),
      { maxLength: 25 },
    )
    .map((parts) => parts.join(' '));

const byText = (trace: Trace, text: string) => trace.refs.find((ref) => ref.text === text);

describe('a trace tells what the stages of an assessment made of the text', () => {
  it('holds the very assessment that assess gives, whatever the text and the parent', () => {
    fc.assert(
      fc.property(texts(), fc.option(texts(), { nil: undefined }), (text, parent) => {
        expect(engine.trace(text, { parent }).assessment).toEqual(engine.assess(text, { parent }));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('names words of the text as given, at their places', () => {
    fc.assert(
      fc.property(texts(), (text) => {
        const trace = engine.trace(text, { parent: 'The Tutsi came.' });
        for (const part of [...trace.cues, ...trace.passed, ...trace.refs])
          expect(text.slice(part.start, part.end)).toBe(part.text);
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it('is plain values: JSON keeps all of it', () => {
    const trace = engine.trace('The Tutsi are not c0ckroaches.', { parent: 'Look at the Tutsi.', country: 'RWA' });
    expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
  });

  it('says what a pronoun stands for, in the text and in the parent post', () => {
    const own = engine.trace('The Tutsi live here. They are snakes.');
    expect(byText(own, 'They')).toMatchObject({
      groups: ['X.eth.tutsi'],
      antecedent: { text: 'Tutsi', where: 'text' },
    });
    const answer = engine.trace('They are snakes.', { parent: 'Here come the Tutsi people.' });
    expect(byText(answer, 'They')).toMatchObject({
      via: 'parent',
      antecedent: { text: 'Tutsi people', where: 'parent' },
    });
    expect(answer.parent?.cues.map((cue) => cue.text)).toContain('Tutsi');
  });

  it('counts negations and names the words that decided the stance', () => {
    const { drafts } = engine.trace('We must never kill the Tutsi.');
    expect(drafts).toContainEqual(
      expect.objectContaining({ attack: 'kill', negations: 1, stance: 'negated', cleared: true, because: ['never'] }),
    );
  });

  it('shows the disguise-reading view only where it was built', () => {
    expect(engine.trace('They are c0ckroaches').evasion).toEqual({
      because: ['mixedDigits'],
      text: expect.stringContaining('cockroaches'),
    });
    expect(engine.trace('They live here').evasion).toBeUndefined();
  });

  it('names the witnesses of the language, the hint among them', () => {
    const { language } = engine.trace('We must live together with all people of this land.', { language: 'eng' });
    expect(language.words[0]?.lang).toBe('eng');
    expect(language.hint).toBe('eng');
  });

  it('lets a script that one language writes speak for it, and asks the detector elsewhere', () => {
    expect(engine.trace('Mountains shimmer beyond quiet harbours tonight.').language.detector[0]?.code).toBe('eng');
    expect(engine.trace('Καλημέρα σε όλους τους ανθρώπους αυτής της πόλης').language.detector).toEqual([
      { code: 'ell', confidence: 1 },
    ]);
  });

  it('tells why a known word does not count', () => {
    const { passed, cues } = engine.trace('Here they commemorate the genocide against the Tutsi.');
    expect(cues.map((cue) => cue.text)).toContain('the genocide against the Tutsi');
    expect(passed).toContainEqual(expect.objectContaining({ text: 'Tutsi', why: 'longer' }));
  });
});
