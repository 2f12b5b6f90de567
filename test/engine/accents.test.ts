import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TracingEngine } from '../../src/engine/index.js';
import { shippedEngine } from '../support/engine.js';

let engine: TracingEngine;

beforeAll(async () => {
  ({ engine } = await shippedEngine());
});

const named = (text: string) =>
  engine
    .trace(text)
    .cues.filter(({ readings }) => readings.some((reading) => reading.class === 'group_term'))
    .map((cue) => cue.text);

describe('a harmless word that differs from a name by its accents', () => {
  it('is not the name', () => {
    expect(named('Ich hasse schwüle Tage.')).toEqual([]);
    expect(named('Ich hasse schwule Männer.')).toEqual(['schwule Männer']);
  });
});

describe('Vietnamese accents', () => {
  it('say which word it is where they are typed', () => {
    expect(named('Tôi ghét những người đã đến trễ.')).toEqual([]);
    expect(named('Tôi ghét những người da đen.')).toEqual(['những người da đen']);
    expect(engine.assess('Ghế này phải dành cho người khuyết tật.').flagged).toBe(false);
  });

  it('may be left out, all or some of them, or be set on another letter', () => {
    for (const text of ['toi ghet nguoi da den', 'Tôi ghet nguơi da đen', 'Tôi ghét ngừơi da đen'])
      expect([text, engine.assess(text).groups]).toEqual([text, ['X.race.black']]);
  });
});
