import { expect, it, jest } from '@jest/globals';
import { createPublisher } from '../../src/audit/publish.js';
import { recordingLog } from '../support/recording-log.js';

it('publishes the head at the start, every hour and at the end', async () => {
  jest.useFakeTimers();
  try {
    const log = recordingLog();
    let n = 0;
    const publisher = createPublisher({ chain: { head: async () => ({ n: ++n, hash: `h${n}` }) }, log });
    await publisher.start();
    await jest.advanceTimersByTimeAsync(2 * 3_600_000);
    await publisher.stop();
    await jest.advanceTimersByTimeAsync(5 * 3_600_000);
    expect(log.lines.map(({ fields }) => fields)).toEqual([1, 2, 3, 4].map((n) => ({ entries: n, head: `h${n}` })));
  } finally {
    jest.useRealTimers();
  }
});
