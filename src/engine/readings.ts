import type { Entry, FormFeature } from './types.js';

export interface CompiledAffix {
  prefixes: Set<string>;
  suffixes: Set<string>;
}

export interface CompiledEntry extends Omit<Entry, 'forms' | 'exclude' | 'context'> {
  lang: string;
  affixClass?: CompiledAffix;
  /** Folded harmless expressions that contain a form. */
  excluded: string[];
  /** Folded words near which it is harmless. */
  harmlessNear?: string[];
  /** Accented words of its forms, where accents tell words of the language apart (see `accents.ts`). */
  spelt?: string[];
  /** Harmless words that differ from one of its forms by their accents alone ("schwül" from "schwul"), by their spelling. */
  unlike?: string[];
}

/** One reading of a found word. */
export interface Reading {
  entry: CompiledEntry;
  features: readonly FormFeature[];
}
