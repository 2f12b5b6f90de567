import { describe, expect, it } from '@jest/globals';
import { createPool } from '../../src/classify/pool.js';
import type { CompiledLexicon } from '../../src/engine/index.js';
import { shippedEngine } from '../support/engine.js';
import { recordingLog } from '../support/recording-log.js';

const script = new URL('crashing-worker.js', import.meta.url);
const nothing = {} as CompiledLexicon;
const texts = (n: number) => Array.from({ length: n }, (_, i) => ({ text: `text ${i}` }));

describe('the pool', () => {
  it('answers in order across workers and batches', async () => {
    const pool = createPool({ compiled: nothing, size: 2, log: recordingLog(), script });
    const answers = await pool.assess(texts(500));
    expect(answers.map((answer) => answer.revision)).toEqual(texts(500).map(({ text }) => text));
    expect(pool.waiting).toBe(0);
    await pool.close();
  });

  it('rejects the batch that killed two workers and goes on with the rest', async () => {
    const log = recordingLog();
    const pool = createPool({ compiled: nothing, size: 1, log, script });
    await expect(pool.assess([{ text: 'die' }])).rejects.toMatchObject({ code: 'internal' });
    expect((await pool.assess([{ text: 'live' }]))[0]?.revision).toBe('live');
    expect(log.lines.filter((line) => line.message === 'a classification worker died')).toHaveLength(2);
    await pool.close();
  });

  it('refuses work after it was closed', async () => {
    const pool = createPool({ compiled: nothing, size: 1, log: recordingLog(), script });
    await pool.close();
    await expect(pool.assess(texts(1))).rejects.toMatchObject({ code: 'shutting_down' });
  });

  it('gives the verdicts of the engine it shares tables with', async () => {
    const { engine, compiled } = await shippedEngine();
    const pool = createPool({ compiled, size: 2, log: recordingLog() });
    const items = ['Kill all Muslims.', 'Good morning to all of you.', 'Tuwaue Wakikuyu wote.'].map((text) => ({
      text,
    }));
    expect(await pool.assess(items)).toEqual(items.map(({ text }) => engine.assess(text)));
    await pool.close();
  });
});
