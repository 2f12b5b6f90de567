import { describe, it } from '@jest/globals';

/**
 * A part of the tests that needs something this machine may lack. `missing` says why it cannot run, `undefined` that it can.
 * What cannot run is skipped, with the reason in its name; where `TOCSIN_TEST_REQUIRE=all` it fails instead, so that a run that
 * must be whole cannot pass by leaving things out.
 */
export function describeNeeding(name: string, missing: string | undefined, tests: () => void): void {
  const { kind, title } = plan(name, missing, process.env['TOCSIN_TEST_REQUIRE']);
  if (kind === 'run') describe(title, tests);
  else if (kind === 'fail')
    it(title, () => {
      throw new Error(`${title}; TOCSIN_TEST_REQUIRE=all forbids to skip it`);
    });
  else it.skip(title, () => undefined);
}

/** What becomes of such a part. */
export function plan(
  name: string,
  missing: string | undefined,
  required: string | undefined,
): { kind: 'run' | 'skip' | 'fail'; title: string } {
  if (missing === undefined) return { kind: 'run', title: name };
  return { kind: required === 'all' ? 'fail' : 'skip', title: `${name}: not run, ${missing}` };
}
