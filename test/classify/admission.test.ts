import { describe, expect, it } from '@jest/globals';
import { createAdmission } from '../../src/classify/admission.js';
import { recordingLog } from '../support/recording-log.js';

/** A door whose house is filled and emptied by hand; `looked` resolves when the number was read. */
function door(max: number, waiting = 0) {
  const house = { waiting, asked: 0 };
  const listeners = new Set<() => void>();
  let fail: Error | undefined;
  const log = recordingLog();
  const admission = createAdmission({
    waiting: async () => {
      house.asked += 1;
      if (fail) throw fail;
      return house.waiting;
    },
    onAppend(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    max,
    log,
  });
  return {
    ...admission,
    house,
    log,
    listeners,
    append: () => listeners.forEach((listener) => listener()),
    break: (error: Error) => {
      fail = error;
    },
    /** The next turn of the event loop: whatever was asked is answered. */
    looked: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

describe('admission', () => {
  it('lets in up to the limit, by what was let in since the last look', async () => {
    const { admit, looked } = door(10);
    await looked();
    admit(6);
    admit(6);
    expect(() => admit(1)).toThrow(expect.objectContaining({ code: 'overloaded' }));
  });

  it('lets a batch larger than the limit into an empty house', async () => {
    const { admit, looked } = door(10);
    await looked();
    expect(() => admit(1_000)).not.toThrow();
  });

  it('starts with what waited before', async () => {
    const { admit, looked } = door(10, 10);
    await looked();
    expect(() => admit(1)).toThrow(expect.objectContaining({ code: 'overloaded' }));
  });

  it('opens again as soon as an assessment says so', async () => {
    const { admit, looked, house, append } = door(10);
    await looked();
    admit(10);
    house.waiting = 3;
    expect(() => admit(1)).toThrow();
    append();
    await looked();
    expect(() => admit(1)).not.toThrow();
  });

  it('counts what was let in while it looked', async () => {
    const { admit, looked, house, append } = door(10);
    await looked();
    admit(6);
    house.waiting = 6;
    append();
    admit(4);
    await looked();
    expect(() => admit(1)).toThrow(expect.objectContaining({ code: 'overloaded' }));
  });

  it('does not look while at ease, nor after it was closed', async () => {
    const { admit, looked, house, append, close, listeners } = door(10);
    await looked();
    admit(5);
    append();
    await looked();
    expect(house.asked).toBe(1);
    close();
    expect(listeners.size).toBe(0);
  });

  it('says when it cannot look, and looks again', async () => {
    const one = door(10);
    await one.looked();
    one.admit(10);
    one.break(new Error('no store'));
    one.append();
    await one.looked();
    expect(one.log.lines).toMatchObject([{ level: 'warn' }]);
    expect(() => one.admit(1)).toThrow();
  });
});
