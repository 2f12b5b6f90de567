import type { AggregatedResult } from '@jest/reporters';

/** A Jest reporter whose last line is the sum: `N passed, N failed, N skipped`. A file that could not run counts as failed. */
export default class SummaryReporter {
  onRunComplete(_contexts: unknown, results: Pick<AggregatedResult, SummedUp>): void {
    // At the very end: Jest's own summary comes after the reporters, whatever their order.
    process.once('exit', () => process.stdout.write(`${summaryLine(results)}\n`));
  }
}

type SummedUp = 'numPassedTests' | 'numFailedTests' | 'numRuntimeErrorTestSuites' | 'numPendingTests' | 'numTodoTests';

export function summaryLine(results: Pick<AggregatedResult, SummedUp>): string {
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const skipped = results.numPendingTests + results.numTodoTests;
  return `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`;
}
