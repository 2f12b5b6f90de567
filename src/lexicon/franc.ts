import type { Detect } from '../engine/index.js';
/** franc behind the engine's port. */
export const francDetect: Detect = () => [];
