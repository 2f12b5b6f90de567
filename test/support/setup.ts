import { afterEach, beforeEach, expect, jest } from '@jest/globals';

// What is written to the console during a test is either part of what it checks, and then it spies itself, or a fault.
let spies: { mock: { calls: unknown[][] }; mockRestore(): void }[] = [];

beforeEach(() => {
  spies = (['error', 'warn'] as const).map((method) => jest.spyOn(console, method).mockImplementation(() => undefined));
});

afterEach(() => {
  const said = spies.flatMap((spy) => spy.mock.calls);
  for (const spy of spies) spy.mockRestore();
  expect(said).toEqual([]);
});
