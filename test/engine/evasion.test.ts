import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TracingEngine } from '../../src/engine/index.js';
import { shippedEngine } from '../support/engine.js';
import { disguised, harmless } from './disguises.js';

let engine: TracingEngine;

beforeAll(async () => {
  ({ engine } = await shippedEngine());
});

describe.each(Object.entries(disguised))('hate in disguise: %s', (_, sentences) => {
  it.each(sentences)('%s', (text) => {
    const { findings, flagged } = engine.assess(text);
    expect(findings.map(({ category }) => category)).not.toEqual([]);
    expect(flagged).toBe(true);
    for (const { evidence } of findings)
      for (const { start, end, text: words } of evidence) expect(text.slice(start, end)).toBe(words);
  });
});

describe('what looks like a disguise and is none', () => {
  it.each(harmless)('%s', (text) => {
    const { findings, flagged } = engine.assess(text);
    expect(
      findings.filter(({ cleared }) => !cleared).map(({ reason, evidence }) => [reason, evidence.map((e) => e.text)]),
    ).toEqual([]);
    expect(flagged).toBe(false);
  });
});

it('says of a hit that only the disguise hid that it was obfuscated', () => {
  for (const text of [
    'Kill all Mu$l1ms.',
    'k i l l all Muslims',
    'Kill all M#slims.',
    'Kill all Mus lims.',
    'Kill all Mulsims.',
  ]) {
    const { findings } = engine.assess(text);
    expect([text, findings.some(({ obfuscated }) => obfuscated)]).toEqual([text, true]);
  }
  expect(engine.assess('Kill all Muslims.').findings.some(({ obfuscated }) => obfuscated)).toBe(false);
});
