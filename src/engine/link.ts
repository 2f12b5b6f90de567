import { attributed } from './attribute.js';
import { has, is, isAny } from './cues.js';
import type { Cue } from './cues.js';
import { besideSign, nearest, praiseBySign } from './near.js';
import { holding } from './overlaps.js';
import type { Ref } from './ref.js';
import { deedClasses } from './rules.js';
import type { LinkKind, Mood } from './rules.js';
import { actsOn, feltFor, slain } from './said-of.js';
import { between, eligible, grammarOf, opensClause, unknownBetween } from './scene.js';
import type { Scene } from './scene.js';
import { barrier, leftOf, rightOf } from './sides.js';
import { clauseOf, sentenceOf } from './structure.js';
import type { CueClass } from './types.js';
import { feltBefore, judgesWhatWasTold, metBefore, wishedBefore } from './unsaid.js';

/** Finds whom the cue is about, by the way the two are linked. */
export function linkTarget(
  link: LinkKind,
  cue: Cue,
  of: CueClass,
  scene: Scene,
  moods: ReadonlySet<Mood>,
): Ref | undefined {
  if (of === 'hostile_emotion' && (doneToSayers(cue, scene) || feltForWay(cue, scene))) return undefined;
  if (of === 'hostile_emotion' && feltForAnimals(cue, scene)) return undefined;
  if (of === 'exclusion_predicate' && doneToSayers(cue, scene)) return undefined;
  if (evaluating.has(of) && slain(cue, scene)) return undefined;
  if (deedBehind(cue, scene)) return undefined;
  switch (link) {
    case 'object':
      return held(cue, of, objectOf(cue, of, scene, moods));
    case 'subject':
      return subjectOf(cue, of, scene) ?? wishedBefore(cue, of, moods, scene) ?? feltBefore(cue, of, scene);
    case 'attribute': {
      const ref = attributed(cue, scene);
      return ref?.held ? undefined : ref;
    }
    case 'self':
      return scene.refs.find((ref) => ref.cue === cue && ref.kind === 'protected');
    case 'event':
      return victims(cue, scene);
    case 'no_entry': {
      const ref = leftOf(cue, scene, 0);
      const no = ref && scene.cues[scene.cues.findIndex((other) => other.from >= ref.from) - 1];
      return no && no.to === ref.from && is(no, 'negation', 'quantifier') && opensClause(no, scene) ? ref : undefined;
    }
    case 'slogan':
      return shouted(cue, scene);
    case 'near':
      return nearest(cue, of, scene);
    case 'agent': {
      const left = leftOf(cue, scene, 6, (ref) => is(ref.cue, 'pronoun', 'us'));
      return left &&
        clauseOf(scene.s, left) === clauseOf(scene.s, cue) &&
        unknownBetween(scene, left.to, cue.from) <= 2 &&
        !has(cue, 'participle', of)
        ? left
        : undefined;
    }
  }
}

const evaluating: ReadonlySet<CueClass> = new Set(['dehumanising_noun', 'derogatory_attribute']);

/** "Burn the mosque" as one expression: unless other people are named, those are meant whom it holds. */
const held = (cue: Cue, of: CueClass, named: Ref | undefined): Ref | undefined =>
  cue.inner && holding.has(of) && named?.kind !== 'protected' ? implied(cue, cue.inner) : named;

/** "My G aunt hates rats": the animals, unless people are likened to them. */
function feltForAnimals(cue: Cue, scene: Scene): boolean {
  const animal = scene.cues.find(
    (other) =>
      Math.abs(other.from - cue.from) <= 4 &&
      (is(other, 'dehumanising_noun', 'animal') || is(other, 'dehumanising_noun', 'vermin')) &&
      feltFor(other, cue, scene),
  );
  return animal !== undefined && !scene.cues.some((other) => other.from === animal.to && is(other, 'comparison'));
}

/** "I despise people who insult G", "I would not rent to those who …": those who do it, unless the relative only says who they are ("people who are G"). */
function doneToSayers(cue: Cue, scene: Scene): boolean {
  const at = scene.cues.indexOf(cue);
  const [who, next] = [scene.cues[at + 1], scene.cues[at + 2]];
  if (!who || !is(who, 'hypothetical', 'whoever') || who.from - cue.to > 1) return false;
  return !(next && is(next, 'copula') && next.from === who.to);
}

/**
 * "I hate how they treat G", "ich hasse es, wie schlecht G behandelt werden": the way in which something is done to them. "I hate how G talk" is said of
 * them.
 */
function feltForWay(cue: Cue, scene: Scene): boolean {
  let at = scene.cues.indexOf(cue) + 1;
  const it = scene.cues[at];
  const that = it !== undefined && is(it, 'pronoun', 'it') && it.from === cue.to;
  if (that) at++;
  const way = scene.cues[at];
  if (!way || way.from > (that ? it.to : cue.to)) return false;
  if (!is(way, 'conjunction', 'way') && !(that && is(way, 'comparison'))) return false;
  const clause = scene.s.clause[way.to];
  const people = scene.refs.find(
    (ref) => ref.from >= way.to && ref.kind !== 'self' && clauseOf(scene.s, ref) === clause,
  );
  if (!people || unknownBetween(scene, way.to, people.from) > 0) return true;
  if (
    between(scene, way.to, people.from).some((other) => !is(other, 'quantifier') && !is(other, 'conjunction', 'case'))
  )
    return true;
  return scene.cues.some(
    (other) => other.from >= people.to && clauseOf(scene.s, other) === clause && is(other, 'copula'),
  );
}

/** "G out!", "G out of the valley", "out G!", "out with G": nothing but the people and the word, and perhaps a place. */
function shouted(cue: Cue, scene: Scene): Ref | undefined {
  const ref = leftOf(cue, scene, 0);
  const right = ref ? undefined : rightOf(cue, scene, 0);
  if (right && right.kind === 'protected' && opensClause(cue, scene) && endsClause(right.cue, scene)) return right;
  if (!ref || ref.kind !== 'protected') return undefined;
  const { clause } = scene.s;
  const first = ref.from === 0 || clause[ref.from - 1] !== clause[ref.from];
  const before = scene.cues.findLast((other) => other.to <= ref.from && other.to > ref.from - 2);
  // "ordered the G out of the hotel": a verb stands before them.
  if (!first && !(before && is(before, 'quantifier') && startsWith(before, scene))) return undefined;
  if (endsClause(cue, scene)) return ref;
  let end = cue.to;
  while (end < clause.length && clause[end] === clause[cue.from]) end++;
  const rest = between(scene, cue.to, end);
  if (rest[0] && rest[0].from === cue.to && is(rest[0], 'group_noun', 'community')) return ref;
  return end - cue.to <= 3 && cue.to - cue.from === 2 && rest.every((other) => !is(other, 'copula')) ? ref : undefined;
}

/** "No more G killed in our streets": what is not wanted is what is done to those inside. */
function deedBehind({ to, tail }: Cue, scene: Scene): boolean {
  if (!tail || tail.from <= to) return false;
  const inside = scene.refs.find((ref) => ref.from >= to && ref.to < tail.from);
  return (
    inside !== undefined &&
    between(scene, inside.to, tail.to).some(
      (other) => other.from === inside.to && isAny(other, deedClasses) && has(other, 'participle'),
    )
  );
}

/** Nothing but small words of the same kind stand before it in its clause. */
function startsWith(cue: Cue, scene: Scene): boolean {
  if (opensClause(cue, scene)) return true;
  const before = scene.cues[scene.cues.indexOf(cue) - 1];
  return before !== undefined && before.to === cue.from && is(before, 'quantifier') && startsWith(before, scene);
}

/** "rid the hill of G": the people stand right behind the second part. */
function afterTail(cue: Cue, scene: Scene): Ref | undefined {
  const { to } = cue.tail!;
  const ref = scene.refs.find((r) => r.from >= to);
  return ref && ref.from - to <= 1 && sentenceOf(scene.s, ref) === sentenceOf(scene.s, cue) && eligible(ref)
    ? ref
    : undefined;
}

/** "Nothing good comes from G", "there is no truth in G": the word before denies the quality whole. */
function nothingOf(cue: Cue, scene: Scene): boolean {
  const before = scene.cues[scene.cues.indexOf(cue) - 1];
  return before !== undefined && is(before, 'negation', 'quantifier') && cue.from - before.to <= 1;
}

function objectOf(cue: Cue, of: CueClass, scene: Scene, moods: ReadonlySet<Mood>): Ref | undefined {
  if (has(cue, 'obj3pl', of) || has(cue, 'obj3sg', of) || has(cue, 'obj2', of)) return antecedent(cue, scene);
  if (is(cue, 'hostile_emotion', 'object')) return undefined;
  // Kindness has an object where it is a verb; a quality is somebody's own.
  if (of === 'praise' && !is(cue, 'praise', 'verb') && !nothingOf(cue, scene)) return undefined;
  const own = cue.readings.find((r) => r.entry.class === of && (r.entry.targets?.length ?? 0) > 0);
  if (own) return implied(cue, own.entry.targets!);
  if (of === 'hostile_emotion' && cue.sign) return besideSign(cue, scene);
  // A weapon among the signs: see `near.ts`.
  if (of === 'violence_predicate' && cue.sign && !scene.cues.some((c) => c.from === cue.to && is(c, 'pronoun')))
    return undefined;
  const grammar = grammarOf(cue, scene);
  // "Soldiers invaded our country and drove out the G": a threat is told of whoever stands right before it.
  if (
    of === 'threat_claim' &&
    grammar.order === 'SVO' &&
    scene.refs.some((ref) => ref.to === cue.from && (ref.kind === 'nonprotected' || ref.kind === 'individual'))
  )
    return undefined;
  if (grammar.order === 'SOV')
    return leftOf(cue, scene, 6) ?? rightOf(cue, scene, 3) ?? metBefore(cue, of, moods, scene);
  const right = rightOf(cue, scene, 7);
  // "throw … back": whoever is thrown stands between the two parts.
  if (cue.tail && cue.tail.from > cue.to) {
    const { tail } = cue;
    if (right && right.from < tail.from && (right.kind !== 'object' || right.groups.length > 0)) return right;
    // "burn … mosques": whose they are everybody knows.
    return afterTail(cue, scene) ?? scene.refs.find((ref) => ref.groups.length > 0 && ref.from === tail.from);
  }
  if (right) {
    if (of === 'hostile_emotion' && right.kind === 'you') return undefined;
    if (actsOn(cue, right, scene)) return undefined;
    return unknownBetween(scene, cue.to, right.from) <= 3 ? right : undefined;
  }
  // "Kill" at the head of a clause with the people named before: "Muslims, leave our country".
  if (moods.has('call') && of === 'expulsion_predicate') return leftOf(cue, scene, 3);
  return metBefore(cue, of, moods, scene);
}

/** Whom the atrocity struck that is spoken of: the people the event's name implies, or those named beside it. */
function victims(cue: Cue, scene: Scene): Ref | undefined {
  const sentence = sentenceOf(scene.s, cue);
  const event =
    scene.cues.findLast(
      (other) =>
        is(other, 'atrocity_event') &&
        other.from <= cue.from &&
        sentence - sentenceOf(scene.s, other) >= 0 &&
        sentence - sentenceOf(scene.s, other) <= 1,
    ) ??
    // "the so-called genocide": the event right after its denial.
    scene.cues.find(
      (other) => is(other, 'atrocity_event') && sentenceOf(scene.s, other) === sentence && other.from - cue.to <= 3,
    );
  if (!event && (cue.inner?.length ?? 0) === 0) return undefined;
  if (!event) return implied(cue, cue.inner!);
  return struck(event, scene);
}

/** Those named beside the event, or whom its name implies; of a longer expression, those whom the event in it struck. */
function struck(event: Cue, scene: Scene): Ref | undefined {
  const groups = event.inner ?? event.readings.flatMap((r) => r.entry.targets ?? []);
  const named = scene.refs.find(
    (ref) =>
      ref.kind === 'protected' && sentenceOf(scene.s, ref) === sentenceOf(scene.s, event) && ref.certainty >= 0.5,
  );
  if (named) return named;
  return groups.length === 0 ? undefined : implied(event, groups);
}

/** Those whom an expression itself names. */
export const implied = (cue: Cue, groups: string[]): Ref => ({
  kind: 'protected',
  groups,
  functions: [],
  via: 'term',
  cue,
  parts: [],
  from: cue.from,
  to: cue.to,
  slur: false,
  singular: false,
  certainty: 1,
});

/** "waue": the object is inside the verb; it is the nearest people named before. */
function antecedent(cue: Cue, scene: Scene): Ref | undefined {
  const sentence = sentenceOf(scene.s, cue);
  const right = rightOf(cue, scene, 2);
  if (right && right.kind !== 'pronoun') return right;
  const left = scene.refs.findLast(
    (r) =>
      r.to <= cue.from &&
      sentence - sentenceOf(scene.s, r) <= 2 &&
      eligible(r) &&
      r.kind !== 'you' &&
      (r.kind !== 'object' || r.number === 'many'),
  );
  const named =
    left ??
    scene.refs.find(
      (r) => r.from >= cue.to && sentenceOf(scene.s, r) === sentence && r.kind === 'protected' && eligible(r),
    );
  return named && { ...named, via: 'pronoun' };
}

function subjectOf(cue: Cue, of: CueClass, scene: Scene): Ref | undefined {
  if (is(cue, 'hostile_emotion', 'subject') && of === 'hostile_emotion') return undefined;
  if (praiseBySign(cue, scene)) return undefined;
  // An emoji has no endings: it stands for any form of its verb.
  const passive =
    cue.sign ||
    has(cue, 'participle', of) ||
    is(cue, 'violence_predicate', 'wish_death') ||
    is(cue, 'hostile_emotion', 'object') ||
    of === 'praise' ||
    of === 'justification';
  const attack =
    of === 'violence_predicate' || of === 'sexual_violence_predicate' || of === 'property_destruction_predicate';
  const left = leftOf(cue, scene, attack ? 7 : 9);
  if (!left || (left.kind === 'you' && left.groups.length === 0)) return undefined;
  if (clauseOf(scene.s, left) !== clauseOf(scene.s, cue) && judgesWhatWasTold(cue, scene)) return undefined;
  // "Their food is 💣".
  if (cue.sign && left.held) return undefined;
  const gap = between(scene, left.to, cue.from);
  if (gap.some(barrier)) return undefined;
  const limit = attack || of === 'expulsion_predicate' || of === 'exclusion_predicate' ? 3 : 2;
  if (unknownBetween(scene, left.to, cue.from) > limit) return undefined;
  // A predicate that takes an object needs the passive to be said of its subject; the mirror rule asks for the other side itself.
  if (attack && !passive && !has(cue, 'noun', of) && !(gap.some((c) => is(c, 'modality')) && endsClause(cue, scene)))
    return undefined;
  return left;
}

/** "must burn", "should hang": nothing follows in the clause that could be an object. */
function endsClause(cue: Cue, scene: Scene): boolean {
  const clause = clauseOf(scene.s, cue);
  let token = cue.to;
  for (; token < scene.s.clause.length && scene.s.clause[token] === clause; token++)
    if (scene.s.ends[token]! - scene.s.starts[token]! > 3) return false;
  return true;
}

/** A copula, or a negation right beside one of them, stands between what is said and of whom. */
export function copulaBetween(cue: Cue, target: Ref, scene: Scene): boolean {
  const [from, to] = target.to <= cue.from ? [target.to, cue.from] : [cue.to, target.from];
  return scene.cues.some(
    (other) =>
      (is(other, 'copula') || is(other, 'negation')) &&
      other.from >= from &&
      other.to <= to &&
      (is(other, 'copula') || other.to === to || other.from === from),
  );
}
