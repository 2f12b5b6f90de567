import type { Cue } from './cues.js';
import type { TargetVia } from './types.js';

export type RefKind = 'protected' | 'function' | 'nonprotected' | 'individual' | 'object' | 'self' | 'pronoun' | 'you';

/** Somebody or something that is spoken of. */
export interface Ref {
  kind: RefKind;
  /** Group ids; for a pronoun those of its antecedent, for a thing those whose it is as everybody knows: a mosque. */
  groups: string[];
  functions: string[];
  via: TargetVia;
  cue: Cue;
  /** Cues that belong to the name: "people" in "black people". */
  parts: Cue[];
  from: number;
  to: number;
  /** A slur, which attacks by itself. */
  slur: boolean;
  singular: boolean;
  /** Grammatical number, where the words show it. */
  number?: 'one' | 'many';
  /** Something of theirs is spoken of ("their villages"), which can be attacked but not insulted. */
  held?: boolean;
  /** One particular person, told by whom they belong to or by pointing: "my Muslim neighbour", "that Jewish man". Insults at them are not at the group. */
  person?: boolean;
  /** How sure we are that these people are meant, 0–1. */
  certainty: number;
  /** What a pronoun stands for. */
  antecedent?: Ref;
}
