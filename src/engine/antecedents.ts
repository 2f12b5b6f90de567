import { has, is } from './cues.js';
import type { Ref } from './ref.js';
import { clauseOf, sameSentence, sentenceOf } from './structure.js';
import type { Structure } from './structure.js';

// Whom a pronoun stands for.

/** Neither shows a number that the other has not. */
const agree = (a: Ref, b: Ref) => a.number === undefined || b.number === undefined || a.number === b.number;

/** "G complain about the police, yet they …": a subject pronoun goes on with the subject rather than with what was said of it. */
function subjectBefore(at: number, refs: readonly Ref[], s: Structure, pronoun: Ref): Ref | undefined {
  const sentence = sentenceOf(s, refs[at]!);
  for (let i = at - 1; i >= 0 && at - i <= farthest && sentenceOf(s, refs[i]!) === sentence; i--) {
    const other = refs[i]!;
    const first =
      i === 0 || sentenceOf(s, refs[i - 1]!) !== sentence || clauseOf(s, refs[i - 1]!) !== clauseOf(s, other);
    if (first && other.kind === 'protected' && other.certainty >= 0.5 && agree(other, pronoun)) return other;
  }
  return undefined;
}

/** "Send them all back, every refugee": the people are named behind the pronoun, alone in a clause of their own. */
function namedBehind(at: number, refs: readonly Ref[], s: Structure): Ref | undefined {
  const next = refs[at + 1];
  if (!next || next.kind !== 'protected' || next.certainty < 0.5 || !sameSentence(s, refs[at]!, next)) return undefined;
  const clause = clauseOf(s, next);
  if (clause === clauseOf(s, refs[at]!)) return undefined;
  const alone = s.clause[next.to] !== clause && (next.from < 3 || s.clause[next.from - 3] !== clause);
  return alone ? next : undefined;
}

/** "G, you are …", "you will pay for it, G": right before, or alone in a clause. */
function addressedBy(you: Ref, named: Ref, s: Structure): boolean {
  if (is(named.cue, 'pronoun') || named.kind === 'pronoun' || you.from - named.to <= 1) return true;
  const clause = clauseOf(s, named);
  return clause !== clauseOf(s, you) && (named.from < 2 || s.clause[named.from - 2] !== clause);
}

/** How many of those spoken of are looked through for the one that a pronoun means. */
const farthest = 100;

/** Pronouns take the nearest person-like reference before them, in this or the two previous sentences, or in the parent post. */
export function resolve(refs: Ref[], s: Structure, parentRefs: readonly Ref[]): void {
  /** The first that is a group, pronouns before the one at hand included. */
  let named = refs.findIndex((ref) => ref.kind === 'protected');
  if (named < 0) named = refs.length;
  for (let i = 0; i < refs.length; i++) {
    const ref = refs[i]!;
    if (ref.kind !== 'pronoun' && ref.kind !== 'you') continue;
    const sentence = sentenceOf(s, ref);
    let found: Ref | undefined;
    let foundAt = -1;
    /** One of a group was met, and "they" are spoken of: all of the group. */
    let oneOf: Ref | undefined;
    for (let k = i - 1; k >= 0 && i - k <= farthest && sentence - sentenceOf(s, refs[k]!) <= 2; k--) {
      const other = refs[k]!;
      if (
        other.kind === 'self' ||
        (other.kind === 'you' && other.groups.length === 0) ||
        (other.kind === 'pronoun' && other.groups.length === 0)
      )
        continue;
      if (other.kind === 'object' && s.sentence[other.from] === sentence && named < k) continue;
      if (other.certainty < 0.5) continue;
      if (!agree(ref, other)) {
        if (ref.number === 'many' && other.kind === 'protected') oneOf ??= other;
        continue;
      }
      // Nobody speaks to things; and some languages have a pronoun for them.
      if (other.kind === 'object' && (ref.kind === 'you' || has(ref.cue, 'person', 'pronoun'))) continue;
      // "If you think G are dirty you are …", "mocking G makes you …": who is spoken of in the same breath is not spoken to.
      if (ref.kind === 'you' && sameSentence(s, ref, other) && !addressedBy(ref, other, s)) continue;
      found = other;
      foundAt = k;
      break;
    }
    // "The owner is a G. These people …": one man is not spoken of as many, all of his people are.
    if (found?.kind === 'individual' && ref.number === 'many' && oneOf) found = oneOf;
    if (found && found.kind !== 'protected' && is(ref.cue, 'pronoun', 'they'))
      found = subjectBefore(foundAt, refs, s, ref) ?? found;
    const addressed = ref.kind === 'you' ? refs[i + 1] : undefined;
    if (addressed && addressed.kind === 'protected' && addressed.from - ref.to <= 1 && sameSentence(s, ref, addressed))
      found = addressed;
    if (!found && ref.kind === 'pronoun')
      found = oneOf ?? parentRefs.findLast((other) => other.kind === 'protected') ?? namedBehind(i, refs, s);
    if (!found) continue;
    ref.antecedent = found;
    ref.groups = found.kind === 'object' ? [] : found.groups;
    ref.functions = found.functions;
    if (found.person && ref.number !== 'many') ref.person = true;
    ref.certainty = found.certainty * (ref.kind === 'you' ? 0.8 : 0.9);
    if (found.kind !== 'protected')
      ref.kind =
        found.kind === 'pronoun' || found.kind === 'you'
          ? found.groups.length > 0
            ? 'protected'
            : ref.kind
          : found.kind;
    else ref.kind = 'protected';
    if (ref.kind === 'protected') named = Math.min(named, i);
    ref.via = parentRefs.includes(found) ? 'parent' : 'pronoun';
  }
}
