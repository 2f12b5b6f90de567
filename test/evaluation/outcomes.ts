import type { Outcome } from '../../src/evaluation/outcome.js';

/** An outcome of which a test says only what matters to it. */
export function outcome(
  id: string,
  said: Partial<Omit<Outcome, 'found' | 'id'>>,
  found: Partial<Outcome['found']> = {},
): Outcome {
  return {
    file: 'set.jsonl',
    line: 1,
    id,
    text: `text ${id}`,
    expected: null,
    lang: null,
    label: null,
    target: null,
    functionality: null,
    template: null,
    ...said,
    found: {
      flagged: false,
      lang: 'eng',
      covered: true,
      groups: [],
      level: 'none',
      severity: 0,
      confidence: 0,
      findings: [],
      ...found,
    },
  };
}

/** `count` outcomes with the same label and verdict. */
export function many(count: number, expected: boolean, flagged: boolean, said: Partial<Outcome> = {}): Outcome[] {
  return Array.from({ length: count }, (_, i) =>
    outcome(
      `${said.functionality ?? ''}${String(expected)}-${String(flagged)}-${i}`,
      { ...said, expected },
      { flagged, confidence: flagged ? 0.8 : 0 },
    ),
  );
}
