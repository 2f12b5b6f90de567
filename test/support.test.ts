import { describe, expect, it } from '@jest/globals';
import { plan } from './support/require.js';
import { summaryLine } from './support/summary-reporter.js';

describe('the sum of a run', () => {
  const none = {
    numPassedTests: 0,
    numFailedTests: 0,
    numRuntimeErrorTestSuites: 0,
    numPendingTests: 0,
    numTodoTests: 0,
  };

  it.each([
    [{ numPassedTests: 3 }, '3 passed, 0 failed, 0 skipped'],
    [{ numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }, '3 passed, 1 failed, 3 skipped'],
    [{ numPassedTests: 3, numRuntimeErrorTestSuites: 2 }, '3 passed, 2 failed, 0 skipped'],
  ])('of %j is "%s"', (results, line) => {
    expect(summaryLine({ ...none, ...results })).toBe(line);
  });
});

describe('a part that needs something', () => {
  it('runs where it is there', () => {
    expect(plan('pages', undefined, undefined)).toEqual({ kind: 'run', title: 'pages' });
    expect(plan('pages', undefined, 'all')).toEqual({ kind: 'run', title: 'pages' });
  });

  it('is skipped with the reason, or fails where nothing may be left out', () => {
    const title = 'pages: not run, there is no Chromium';
    expect(plan('pages', 'there is no Chromium', undefined)).toEqual({ kind: 'skip', title });
    expect(plan('pages', 'there is no Chromium', 'all')).toEqual({ kind: 'fail', title });
  });
});
