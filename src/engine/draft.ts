import type { Cue } from './cues.js';
import type { Ref } from './ref.js';
import type { LinkKind, Mood, Rule } from './rules.js';
import type { Judged } from './stance.js';

/** A combination of cues that says something hostile of somebody, before it is graded. */
export interface Draft {
  rule: Pick<Rule, 'id' | 'category' | 'reason' | 'severity'>;
  attack: Cue | undefined;
  target: Ref;
  link: LinkKind | 'term';
  moods: ReadonlySet<Mood>;
  /** How many negations govern the attacking words. */
  negations: number;
  judged: Judged;
  /** The text marks itself as a joke or parody. */
  satire: boolean;
  intensity: number;
}
