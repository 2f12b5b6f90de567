import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TracingEngine } from '../../src/engine/index.js';
import { root, shippedEngine, shippedPacks } from '../support/engine.js';
import { wrongWith } from './check.js';
import { textOf } from './generate.js';
import type { Vocabulary } from './generate.js';

let engine: TracingEngine;
let vocabulary: Vocabulary;

beforeAll(async () => {
  ({ engine } = await shippedEngine());
  const bundle = await shippedPacks();
  const words = bundle.packs.flatMap((pack) =>
    pack.entries.filter((_, i) => i % 9 === 0).map(({ forms }) => forms[0]!.t),
  );
  vocabulary = { words };
});

/** Time is not measured here, where other tests run beside: `run.ts` does that. */
const now = () => 0;

describe('generated texts', () => {
  it('gives the same text for the same seed and number, and others for others', () => {
    expect(textOf(1, 5, vocabulary)).toBe(textOf(1, 5, vocabulary));
    expect(new Set(Array.from({ length: 50 }, (_, i) => textOf(1, i, vocabulary))).size).toBeGreaterThan(40);
  });

  it('are all read: nothing thrown, spans that hold', () => {
    const wrong: string[] = [];
    for (let number = 0; number < 6_000; number++) {
      const found = wrongWith(engine, textOf(20_261_128, number, vocabulary), now);
      if (found !== undefined) wrong.push(`${number}: ${found}`);
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  const failedOnce = JSON.parse(readFileSync(join(root, 'test', 'fuzz', 'seeds.json'), 'utf8')) as {
    text: string;
    wrong: string;
  }[];
  it(`reads again what failed once: ${failedOnce.length} texts`, () => {
    for (const { text } of failedOnce) expect(wrongWith(engine, text, now)).toBeUndefined();
  });

  it('notices what is wrong', () => {
    const verdict = engine.assess('Kill all Muslims.');
    const lying = {
      ...engine,
      assess: () => ({ ...verdict, findings: verdict.findings.map((f) => ({ ...f, start: 9, end: 3 })) }),
    };
    expect(wrongWith(lying, 'Kill all Muslims.', now)).toContain('finding at');
    const throwing = {
      ...engine,
      assess: () => {
        throw new RangeError('no');
      },
    };
    expect(wrongWith(throwing, 'x', now)).toBe('throws RangeError: no');
    let clock = 0;
    expect(wrongWith(engine, 'x', () => (clock += 1000))).toContain('takes');
  });
});
