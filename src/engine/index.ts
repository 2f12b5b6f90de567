import type { Assessment, Detect, Engine, Pack, Rubric, Stem, Taxonomy } from './types.js';

export type * from './types.js';

/** Everything the engine needs, compiled once: plain values and shared typed arrays, so that worker threads take it as it is. */
export interface CompiledLexicon {
  revision: string;
  packs: Omit<Pack, 'entries'>[];
}

/** Compiles packs, taxonomy and rubric into flat tables. The order of the packs does not matter. */
export function compileLexicon(parts: { packs: Pack[]; taxonomy: Taxonomy; rubric: Rubric }): CompiledLexicon {
  return { revision: 'stub', packs: parts.packs.map(({ entries: _, ...rest }) => rest) };
}

/** The engine over compiled tables. Pure and synchronous; `detect` and `stem` must be deterministic. */
export function createEngine(parts: { compiled: CompiledLexicon; detect: Detect; stem: Stem }): Engine {
  const unknown = { grade: 'U' as const, reason: 'not known' };
  return {
    revision: parts.compiled.revision,
    assess: (_text: string): Assessment => ({
      revision: parts.compiled.revision,
      language: { code: 'und', script: 'Zyyy', confidence: 0, alternatives: [] },
      coverage: { covered: false, packs: [] },
      flagged: false, level: 'none', severity: 0, groups: [], grounds: [], functions: [], categories: [], findings: [],
      rabat: { context: unknown, speaker: unknown, intent: unknown, content: unknown, extent: unknown, likelihood: unknown },
      confidence: 0, priority: { score: 0, parts: [] }, explanation: [],
    }),
  };
}
