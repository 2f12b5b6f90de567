import type { LinkKind, Mood } from './rules.js';
import type { RefKind } from './ref.js';
import type { Suspicion } from './normalise.js';
import type {
  Assessment,
  Context,
  CueClass,
  Engine,
  FormFeature,
  LanguageGuess,
  Span,
  Stance,
  TargetVia,
} from './types.js';

/** What one reading of a word says: which entry of which pack. */
export interface TracedReading {
  entry: string;
  class: CueClass;
  sub?: string;
  lang: string;
  features: readonly FormFeature[];
}

/** A word that a pack knows; spans and words are those of the text as given. */
export interface TracedCue extends Span {
  text: string;
  obfuscated: boolean;
  readings: TracedReading[];
  /** Of both the first is 0. */
  sentence: number;
  clause: number;
  quoted: boolean;
}

/** A word that a pack knows and that does not count here: its language is not read, or a longer expression holds it. */
export interface TracedPass extends Span {
  text: string;
  readings: TracedReading[];
  why: 'language' | 'longer';
}

/** Somebody or something spoken of. */
export interface TracedRef extends Span {
  text: string;
  kind: RefKind;
  groups: string[];
  functions: string[];
  via: TargetVia;
  slur: boolean;
  certainty: number;
  /** What a pronoun stands for, and where that was said. */
  antecedent?: { text: string; where: 'text' | 'parent' };
}

/** A rule that fired, before grading. */
export interface TracedDraft {
  rule: string;
  category: string;
  attack?: string;
  target: string;
  groups: string[];
  link: LinkKind | 'term';
  moods: Mood[];
  negations: number;
  stance: Stance;
  cleared: boolean;
  /** The words that decided the stance. */
  because: string[];
  certainty: number;
  intensity: number;
}

/** Every stage of one assessment, as plain values. */
export interface Trace {
  text: string;
  /** The text as the packs' words are looked for in it. */
  canonical: string;
  /** Why the disguise-reading view was built, and what it reads; absent when nothing asked for it. */
  evasion?: { because: (keyof Suspicion)[]; text: string };
  language: {
    code: string;
    script: string;
    confidence: number;
    alternatives: LanguageGuess[];
    /** Languages whose grammar words count. */
    active: string[];
    /** Letters of pack words found, by language, most first. */
    words: { lang: string; letters: number }[];
    /** The detector's guesses; empty when it was not asked: the text is too short, or its words settle the language. */
    detector: LanguageGuess[];
    hint?: string;
  };
  cues: TracedCue[];
  passed: TracedPass[];
  refs: TracedRef[];
  drafts: TracedDraft[];
  assessment: Assessment;
  /** The post that this one answers, traced alike. */
  parent?: Trace;
}

export interface TracingEngine extends Engine {
  /** Assesses the text through the same stages as `assess` and tells what each of them made of it. */
  trace(text: string, context?: Context): Trace;
}
