import type { CompiledLexicon } from './compile.js';
import { has, is } from './cues.js';
import type { Cue } from './cues.js';
import { clauseOf, sentenceOf } from './refs.js';
import type { Ref } from './refs.js';
import type { LinkKind, Mood } from './rules.js';
import type { Structure } from './structure.js';
import type { Context, CueClass, Grammar } from './types.js';

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
export const between = (scene: Scene, from: number, to: number): Cue[] => scene.cues.filter((cue) => cue.from >= from && cue.to <= to && cue.to > cue.from);

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

const eligible = (ref: Ref) => ref.kind !== 'self' && ref.certainty >= 0.5;
const barrier = (cue: Cue) => is(cue, 'conjunction', 'contrast');

/** The nearest reference after the cue in its sentence, when nothing but harmless words stands between. */
function rightOf(cue: Cue, scene: Scene, reach: number): Ref | undefined {
  const sentence = sentenceOf(scene.s, cue);
  const ref = scene.refs.find((r) => r.from >= cue.to && r.cue !== cue && r.kind !== 'self');
  if (!ref || sentenceOf(scene.s, ref) !== sentence || ref.from - cue.to > reach || !eligible(ref)) return undefined;
  if (clauseOf(scene.s, ref) - clauseOf(scene.s, cue) > 0) return undefined;
  if (between(scene, cue.to, ref.from).some(barrier)) return undefined;
  return ref;
}

/** The nearest reference before the cue in its sentence. */
function leftOf(cue: Cue, scene: Scene, reach: number): Ref | undefined {
  const sentence = sentenceOf(scene.s, cue);
  const ref = scene.refs.findLast((r) => r.to <= cue.from && r.cue !== cue);
  // "a sermon against G was cruel": the people are the object of something else, which is spoken of.
  if (ref && scene.cues.some((other) => is(other, 'conjunction', 'against') && other.to <= ref.from && ref.from - other.to <= 1)) return undefined;
  if (!ref || sentenceOf(scene.s, ref) !== sentence || cue.from - ref.to > reach || !eligible(ref)) return undefined;
  return ref;
}

/** Words that may stand between a subject and what is said of it. */
const bridging = (cue: Cue) =>
  is(cue, 'copula') || is(cue, 'comparison') || is(cue, 'negation') || is(cue, 'quantifier') || is(cue, 'profanity') || is(cue, 'derogatory_attribute')
  || is(cue, 'dehumanising_noun') || is(cue, 'modality') || is(cue, 'opinion') || is(cue, 'conjunction', 'join') || is(cue, 'group_noun') || is(cue, 'question') || is(cue, 'praise', 'adjective');

/** Finds whom the cue is about, by the way the two are linked. */
export function linkTarget(link: LinkKind, cue: Cue, of: CueClass, scene: Scene, moods: ReadonlySet<Mood>): Ref | undefined {
  switch (link) {
    case 'object':
      return objectOf(cue, of, scene, moods);
    case 'subject':
      return subjectOf(cue, of, scene);
    case 'attribute':
      return attributed(cue, scene);
    case 'self':
      return scene.refs.find((ref) => ref.cue === cue && ref.kind === 'protected');
    case 'event':
      return victims(cue, scene);
    case 'agent': {
      const left = leftOf(cue, scene, 6);
      return left && clauseOf(scene.s, left) === clauseOf(scene.s, cue) && unknownBetween(scene, left.to, cue.from) <= 2 && !has(cue, 'participle', of) ? left : undefined;
    }
  }
}

function objectOf(cue: Cue, of: CueClass, scene: Scene, moods: ReadonlySet<Mood>): Ref | undefined {
  if (has(cue, 'obj3pl', of) || has(cue, 'obj3sg', of) || has(cue, 'obj2', of)) return antecedent(cue, scene);
  if (is(cue, 'hostile_emotion', 'object')) return undefined;
  const own = cue.readings.find((r) => r.entry.class === of && (r.entry.targets?.length ?? 0) > 0);
  if (own) return { kind: 'protected', groups: own.entry.targets!, functions: [], via: 'term', cue, parts: [], from: cue.from, to: cue.to, slur: false, singular: false, certainty: 1 };
  if (of === 'hostile_emotion' && cue.sign) return besideSign(cue, scene);
  const grammar = grammarOf(cue, scene);
  if (grammar.order === 'SOV') return leftOf(cue, scene, 6) ?? rightOf(cue, scene, 3);
  const right = rightOf(cue, scene, 7);
  if (right) {
    if (of === 'hostile_emotion' && right.kind === 'you') return undefined;
    return unknownBetween(scene, cue.to, right.from) <= 3 ? right : undefined;
  }
  // "Kill" at the head of a clause with the people named before: "Muslims, leave our country".
  return moods.has('call') && of === 'expulsion_predicate' ? leftOf(cue, scene, 3) : undefined;
}

/** Whom the atrocity struck that is spoken of: the people the event's name implies, or those named beside it. */
function victims(cue: Cue, scene: Scene): Ref | undefined {
  const sentence = sentenceOf(scene.s, cue);
  const event = scene.cues.findLast((other) => is(other, 'atrocity_event') && other.from <= cue.from && sentence - sentenceOf(scene.s, other) >= 0 && sentence - sentenceOf(scene.s, other) <= 1)
    // "the so-called genocide": the event right after its denial.
    ?? scene.cues.find((other) => is(other, 'atrocity_event') && sentenceOf(scene.s, other) === sentence && other.from - cue.to <= 3);
  if (!event) return undefined;
  const groups = event.inner ?? event.readings.flatMap((r) => r.entry.targets ?? []);
  const named = scene.refs.find((ref) => ref.kind === 'protected' && sentenceOf(scene.s, ref) === sentenceOf(scene.s, event) && ref.certainty >= 0.5);
  if (named) return named;
  return groups.length === 0 ? undefined : { kind: 'protected', groups, functions: [], via: 'term', cue: event, parts: [], from: event.from, to: event.to, slur: false, singular: false, certainty: 1 };
}

/** "waue": the object is inside the verb; it is the nearest people named before. */
function antecedent(cue: Cue, scene: Scene): Ref | undefined {
  const sentence = sentenceOf(scene.s, cue);
  const right = rightOf(cue, scene, 2);
  if (right && right.kind !== 'pronoun') return right;
  const left = scene.refs.findLast((r) => r.to <= cue.from && sentence - sentenceOf(scene.s, r) <= 2 && eligible(r) && r.kind !== 'you');
  const named = left ?? scene.refs.find((r) => r.from >= cue.to && sentenceOf(scene.s, r) === sentence && r.kind === 'protected' && eligible(r));
  return named && { ...named, via: 'pronoun' };
}

function subjectOf(cue: Cue, of: CueClass, scene: Scene): Ref | undefined {
  if (is(cue, 'hostile_emotion', 'subject') && of === 'hostile_emotion') return undefined;
  // An emoji has no endings: it stands for any form of its verb.
  const passive = cue.sign || has(cue, 'participle', of) || is(cue, 'violence_predicate', 'wish_death') || is(cue, 'hostile_emotion', 'object') || of === 'praise' || of === 'justification';
  const attack = of === 'violence_predicate' || of === 'sexual_violence_predicate' || of === 'property_destruction_predicate';
  const left = leftOf(cue, scene, attack ? 7 : 9);
  if (!left || left.kind === 'you' && left.groups.length === 0) return undefined;
  const gap = between(scene, left.to, cue.from);
  if (gap.some(barrier)) return undefined;
  const limit = attack || of === 'expulsion_predicate' || of === 'exclusion_predicate' ? 3 : 2;
  if (unknownBetween(scene, left.to, cue.from) > limit) return undefined;
  // A predicate that takes an object needs the passive to be said of its subject; the mirror rule asks for the other side itself.
  if (attack && !passive && !has(cue, 'noun', of) && !(gap.some((c) => is(c, 'modality')) && endsClause(cue, scene))) return undefined;
  return left;
}

const nominal = (cue: Cue) =>
  is(cue, 'dehumanising_noun') || is(cue, 'derogatory_attribute', 'noun') || is(cue, 'derogatory_attribute', 'adjective') || is(cue, 'profanity', 'insult');

/**
 * An insult that names nobody, right after or before those it is meant for: "What do you expect of the G? Thieves, all of them", "filthy
 * animals, these G". Nobody else may be spoken of in its clause.
 */
function understood(cue: Cue, scene: Scene): Ref | undefined {
  if (!nominal(cue)) return undefined;
  const { s } = scene;
  const clause = clauseOf(s, cue);
  let first = cue.from;
  while (first > 0 && s.clause[first - 1] === clause) first--;
  if (scene.refs.some((ref) => clauseOf(s, ref) === clause)) return undefined;
  if (unknownBetween(scene, first, cue.from) > 1) return undefined;
  const before = scene.refs.findLast((ref) => ref.to <= cue.from);
  if (before && before.kind === 'protected' && eligible(before) && clause - clauseOf(s, before) === 1 && sentenceOf(s, cue) - sentenceOf(s, before) <= 1) {
    return { ...before, via: 'pronoun', certainty: before.certainty * 0.75 };
  }
  const after = scene.refs.find((ref) => ref.from >= cue.to);
  if (!after || after.kind !== 'protected' || !eligible(after) || sentenceOf(s, after) !== sentenceOf(s, cue) || clauseOf(s, after) - clause !== 1) return undefined;
  let start = after.from;
  while (start > 0 && s.clause[start - 1] === s.clause[after.from]) start--;
  return unknownBetween(scene, start, after.from) <= 1 ? { ...after, certainty: after.certainty * 0.75 } : undefined;
}

/** Somebody named beside an emoji that stands for a feeling or an act: signs have no syntax but nearness. */
function besideSign(cue: Cue, scene: Scene): Ref | undefined {
  const sentence = sentenceOf(scene.s, cue);
  const calm = scene.cues.some((other) => sentenceOf(scene.s, other) === sentence && (is(other, 'praise') || is(other, 'counter_speech') || is(other, 'reporting') || is(other, 'condemnation')));
  if (calm) return undefined;
  const near = scene.refs.filter((ref) => eligible(ref) && Math.abs(sentenceOf(scene.s, ref) - sentence) <= 1 && (ref.to <= cue.from ? cue.from - ref.to <= 5 : ref.from - cue.to <= 3));
  const left = near.findLast((ref) => ref.to <= cue.from);
  return left ?? near.find((ref) => ref.from >= cue.to);
}

/** "must burn", "should hang": nothing follows in the clause that could be an object. */
function endsClause(cue: Cue, scene: Scene): boolean {
  const clause = clauseOf(scene.s, cue);
  let token = cue.to;
  for (; token < scene.s.clause.length && scene.s.clause[token] === clause; token++) if (scene.s.ends[token]! - scene.s.starts[token]! > 3) return false;
  return true;
}

function attributed(cue: Cue, scene: Scene): Ref | undefined {
  const grammar = grammarOf(cue, scene);
  const inside = scene.refs.find((ref) => ref.parts.includes(cue));
  if (inside) return undefined;
  const stands = scene.refs.find((ref) => ref.cue === cue);
  if (stands && (stands.kind === 'pronoun' || stands.via === 'pronoun' || stands.via === 'parent')) return stands.kind === 'protected' ? stands : undefined;
  const left = leftOf(cue, scene, 9);
  if (left && left.kind !== 'you') {
    const gap = between(scene, left.to, cue.from);
    const unknown = unknownBetween(scene, left.to, cue.from);
    // "are they rats?": in a question the copula stands before its subject. "aren't" is negation and copula in one.
    const inverted = scene.cues.some((c) => is(c, 'copula') && left.from - c.to <= 1 && left.from >= c.to && sentenceOf(scene.s, c) === sentenceOf(scene.s, left));
    const copula = inverted || is(left.cue, 'copula') || gap.some((c) => is(c, 'copula') || is(c, 'comparison') || (is(c, 'negation') && c.from - left.to <= 1));
    const bridged = gap.every((c) => bridging(c));
    const predicate = is(cue, 'derogatory_attribute', 'predicate') || is(cue, 'conspiracy_trope') || is(cue, 'threat_claim') || is(cue, 'supremacy_claim') || is(cue, 'exclusion_predicate') || is(cue, 'expulsion_predicate');
    if (bridged && (copula ? unknown <= 4 : predicate ? unknown <= 2 : unknown === 0 && (grammar.copula === 'optional' || cue.from - left.to === 0))) {
      if (copula || predicate || grammar.copula === 'optional' || grammar.attributive !== 'before' || is(cue, 'dehumanising_noun') || is(cue, 'profanity', 'insult') || is(cue, 'derogatory_attribute', 'noun')) return left;
    }
  }
  if (left && left.kind === 'you' && left.groups.length > 0) return left;
  const right = rightOf(cue, scene, 4);
  if (!right) return left ? undefined : understood(cue, scene);
  const gap = between(scene, cue.to, right.from);
  const unknown = unknownBetween(scene, cue.to, right.from);
  if (grammar.attributive !== 'after' && unknown === 0 && gap.every((c) => is(c, 'profanity') || is(c, 'derogatory_attribute') || is(c, 'dehumanising_noun') || is(c, 'quantifier'))) return right;
  // "scum like them", "the real cancer are the G".
  if (gap.some((c) => is(c, 'comparison') || is(c, 'copula')) && unknown <= 2 && !left) return right;
  return undefined;
}
