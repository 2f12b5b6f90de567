import { createRequire } from 'node:module';
import type jestRunner from 'jest-runner';

// Its types know it as a CommonJS module.
const { default: TestRunner } = createRequire(import.meta.url)('jest-runner') as typeof jestRunner;

/**
 * Runs its suites one after another in Jest's own process, when no other suite runs: browsers that must show a post within a second and processes that are
 * killed while they write must not wait for two workers that compile lexicons.
 */
export default class AloneRunner extends TestRunner {
  override readonly isSerial = true;
}
