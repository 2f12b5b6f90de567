import type { CompiledLexicon } from './compile.js';
import type { Cue } from './cues.js';
import type { Ref } from './refs.js';
import type { Structure } from './structure.js';
import type { Context, Grammar } from './types.js';

/** Everything the composing stages look at. */
export interface Scene {
  /** The folded words a cue stands on. */
  wordsOf(cue: Cue): string;
  cues: readonly Cue[];
  refs: readonly Ref[];
  s: Structure;
  compiled: CompiledLexicon;
  context: Context;
}

/** The grammar of the pack a cue comes from. */
export function grammarOf(cue: Cue, scene: Scene): Grammar {
  const lang = cue.readings[0]!.entry.lang;
  return scene.compiled.packs.find((pack) => pack.lang === lang)!.grammar;
}

/** Cues wholly between two token positions. */
export const between = (scene: Scene, from: number, to: number): Cue[] =>
  scene.cues.filter((cue) => cue.from >= from && cue.to <= to && cue.to > cue.from);

/** Words between two positions that no cue covers. Short ones (articles, prepositions) do not count: they part nothing. */
export function unknownBetween(scene: Scene, from: number, to: number): number {
  const covered = between(scene, from, to);
  let unknown = 0;
  for (let token = from; token < to; token++) {
    if (scene.s.ends[token]! - scene.s.starts[token]! <= 3) continue;
    if (!covered.some((cue) => token >= cue.from && token < cue.to)) unknown++;
  }
  return unknown;
}

export const eligible = (ref: Ref) => ref.kind !== 'self' && ref.certainty >= 0.5;
