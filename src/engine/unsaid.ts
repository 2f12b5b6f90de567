import { has, is, isAny } from './cues.js';
import type { Cue } from './cues.js';
import { modifiesOther, nominal, toldOf } from './said-of.js';
import type { Ref } from './ref.js';
import { deedClasses } from './rules.js';
import type { Mood } from './rules.js';
import { between, clauseStart, eligible, strangerBetween, unknownBetween } from './scene.js';
import type { Scene } from './scene.js';
import { clauseOf, sentenceOf } from './structure.js';
import type { CueClass } from './types.js';

/** Links to people who go without saying: they were named in the clause before, and what follows says no more whom it means. */

/**
 * An insult that names nobody, right after or before those it is meant for: "What do you expect of the G? Thieves, all of them", "filthy
 * animals, these G". Nobody else may be spoken of in its clause.
 */
export function understood(cue: Cue, scene: Scene): Ref | undefined {
  if (!nominal(cue)) return unsaidSubject(cue, scene);
  const { s } = scene;
  const clause = clauseOf(s, cue);
  const first = clauseStart(cue, scene);
  if (scene.refs.some((ref) => ref.cue !== cue && clauseOf(s, ref) === clause)) return undefined;
  if (unknownBetween(scene, first, cue.from) > 2 || modifiesOther(cue, scene)) return undefined;
  if (subjectOfItsOwn(cue, scene)) return undefined;
  if (judgesWhatWasTold(cue, scene) || judgesWhatComes(cue, scene)) return undefined;
  const before = spokenOfBefore(cue, scene);
  // "G? Thieves.": of whom crime is told somebody else may be the thief, of whom nothing is told nobody.
  const somebody = scene.refs.some((ref) => ref.cue === cue);
  if (before) return !somebody || nothingTold(before, scene) ? before : undefined;
  if (somebody) return undefined;
  const after = scene.refs.find((ref) => ref.from >= cue.to);
  if (
    !after ||
    after.kind !== 'protected' ||
    !eligible(after) ||
    sentenceOf(s, after) !== sentenceOf(s, cue) ||
    clauseOf(s, after) - clause !== 1 ||
    toldOf(cue, after, scene)
  )
    return undefined;
  return unknownBetween(scene, clauseStart(after, scene), after.from) <= 1
    ? { ...after, certainty: after.certainty * 0.75 }
    : undefined;
}

/** "…, the present ones are rubbish": a word stands between an article and a copula, and is what the sentence is about. */
export function subjectOfItsOwn(cue: Cue, scene: Scene): boolean {
  const first = clauseStart(cue, scene);
  const copula = between(scene, first, cue.from).find((other) => is(other, 'copula'));
  if (!copula || copula.from === first || unknownBetween(scene, copula.from - 1, copula.from) === 0) return false;
  return between(scene, first, copula.from).some((other) => is(other, 'quantifier', 'article'));
}

/** "… Disgraceful.", "…，真恶心": one word judges what was told before, when that is a wrong done to somebody or what somebody said. */
export function judgesWhatWasTold(cue: Cue, scene: Scene): boolean {
  if (
    !is(cue, 'derogatory_attribute', 'adjective') &&
    !is(cue, 'hostile_emotion', 'object') &&
    !is(cue, 'condemnation')
  )
    return false;
  const clause = clauseOf(scene.s, cue);
  const wrong = (other: Cue) =>
    (isAny(other, deedClasses) && !has(other, 'call') && !is(other, 'exclusion_predicate', 'no_entry')) ||
    is(other, 'condemnation') ||
    is(other, 'conjunction', 'cause') ||
    // "Attacks on G again."
    is(other, 'conjunction', 'against') ||
    (is(other, 'negation') &&
      !is(other, 'negation', 'stop') &&
      sentenceOf(scene.s, other) !== sentenceOf(scene.s, cue));
  return (
    afterTelling(cue, scene) ||
    scene.cues.some((other) => clause - clauseOf(scene.s, other) === 1 && wrong(other) && !nominal(other))
  );
}

/** "Disgusting, this weather": what is judged is named right behind. */
const judgesWhatComes = (cue: Cue, scene: Scene): boolean => {
  const next = scene.refs.find((ref) => ref.from >= cue.to);
  return (
    next?.kind === 'object' &&
    sentenceOf(scene.s, next) === sentenceOf(scene.s, cue) &&
    clauseOf(scene.s, next) - clauseOf(scene.s, cue) === 1 &&
    unknownBetween(scene, cue.to, next.from) === 0
  );
};

/**
 * Who is spoken of in the clause before, or in an earlier one when those between name nobody and hold no word but hostile ones: "…, vile, just
 * vile". The place where they are does not count: "G on the bus again. Disgusting."
 */
function spokenOfBefore(cue: Cue, scene: Scene): Ref | undefined {
  const { s } = scene;
  const at = scene.refs.findLastIndex((ref) => ref.to <= cue.from && ref.kind !== 'self' && !isPlace(ref, scene));
  const before = scene.refs[at];
  if (!before || before.kind !== 'protected' || !eligible(before)) return undefined;
  if (s.quoted[before.from] !== s.quoted[cue.from]) return undefined;
  const apart = clauseOf(s, cue) - clauseOf(s, before);
  if (apart < 1 || apart > 4 || sentenceOf(s, cue) - sentenceOf(s, before) > 1) return undefined;
  if (apart > 1) {
    let next = before.to;
    while (clauseOf(s, { from: next }) === clauseOf(s, before)) next++;
    if (strangers(scene, next, clauseStart(cue, scene)) > 0) return undefined;
  }
  return { ...before, via: 'pronoun', certainty: before.certainty * 0.75 };
}

/** "on the bus", "at the mall". */
const isPlace = (ref: Ref, scene: Scene): boolean =>
  ref.kind === 'object' &&
  ref.number !== 'many' &&
  scene.cues.some((cue) => is(cue, 'conjunction', 'place') && cue.to <= ref.from && ref.from - cue.to <= 1);

/** "So many G again. Makes me sick.": a feeling that names nobody, with nothing else in its clause, at how many or how often. */
export function feltBefore(cue: Cue, of: CueClass, scene: Scene): Ref | undefined {
  if (of !== 'hostile_emotion' || cue.sign) return undefined;
  const { s } = scene;
  const clause = clauseOf(s, cue);
  if (scene.refs.some((ref) => ref.kind !== 'self' && ref.cue !== cue && clauseOf(s, ref) === clause)) return undefined;
  const [first, end] = [clauseStart(cue, scene), clauseEnd(cue, scene)];
  if (strangers(scene, first, cue.from) > 0 || strangers(scene, cue.to, end) > 0) return undefined;
  const people = judgesWhatWasTold(cue, scene) ? undefined : spokenOfBefore(cue, scene);
  const many = (other: Cue) =>
    is(other, 'quantifier') && !is(other, 'quantifier', 'article') && clauseOf(s, other) === clauseOf(s, people!);
  return people && scene.cues.some(many) ? people : undefined;
}

/** "G?", "These G.": nothing but the people stand in their clause. */
const nothingTold = (people: Ref, scene: Scene): boolean => {
  const [first, end] = [clauseStart(people, scene), clauseEnd(people, scene)];
  return (
    strangers(scene, first, people.from) === 0 &&
    strangers(scene, people.to, end) === 0 &&
    between(scene, first, people.from).every((other) => is(other, 'quantifier')) &&
    between(scene, people.to, end).length === 0
  );
};

/** The token behind the last of the clause in which something stands. */
function clauseEnd({ from, to }: { from: number; to: number }, { s }: Scene): number {
  let end = to;
  while (end < s.clause.length && s.clause[end] === s.clause[from]) end++;
  return end;
}

/** The people named in the clause right before; a thing that is named with them is where they are. */
function peopleBefore(cue: Cue, scene: Scene): Ref | undefined {
  const before = scene.refs.findLast(
    (ref) => ref.to <= cue.from && ref.kind !== 'self' && !(ref.kind === 'object' && ref.number !== 'many'),
  );
  return before &&
    before.kind === 'protected' &&
    eligible(before) &&
    clauseOf(scene.s, cue) - clauseOf(scene.s, before) === 1
    ? before
    : undefined;
}

/** "Saw the G at the station again. Only know how to steal.": the subject goes without saying where a sentence begins with what it does. */
function unsaidSubject(cue: Cue, scene: Scene): Ref | undefined {
  const { s } = scene;
  if (
    !is(cue, 'derogatory_attribute', 'predicate') &&
    !is(cue, 'derogatory_attribute', 'guilt') &&
    !is(cue, 'threat_claim', 'replace')
  )
    return undefined;
  const clause = clauseOf(s, cue);
  if (scene.refs.some((ref) => ref.kind !== 'self' && ref.cue !== cue && clauseOf(s, ref) === clause)) return undefined;
  const [first, end] = [clauseStart(cue, scene), clauseEnd(cue, scene)];
  if ((first > 0 && s.sentence[first - 1] === s.sentence[first]) || strangers(scene, first, cue.from) > 0)
    return undefined;
  if (strangers(scene, cue.to, end) > 1 || afterTelling(cue, scene)) return undefined;
  const people = peopleBefore(cue, scene);
  return people && { ...people, via: 'pronoun', certainty: people.certainty * 0.75 };
}

/** Words no pack knows; of a script without spaces a single one tells. */
const strangers = (scene: Scene, from: number, to: number): number =>
  strangerBetween(scene, from, to) ? 2 : unknownBetween(scene, from, to);

const hurting: ReadonlySet<CueClass> = new Set(['violence_predicate', 'sexual_violence_predicate']);

/** "If a G comes to my door, I will shoot": whom the deed is meant for was said in the condition. */
export function metBefore(cue: Cue, of: CueClass, moods: ReadonlySet<Mood>, scene: Scene): Ref | undefined {
  if (!hurting.has(of) || !moods.has('conditional') || moods.size < 2) return undefined;
  if (is(cue, 'violence_predicate') && !is(cue, 'violence_predicate', 'kill') && !is(cue, 'violence_predicate', 'harm'))
    return undefined;
  const { s } = scene;
  const clause = clauseOf(s, cue);
  if (scene.refs.some((ref) => ref.kind !== 'self' && clauseOf(s, ref) === clause)) return undefined;
  if (strangers(scene, cue.to, clauseEnd(cue, scene)) > 0) return undefined;
  // What is done to them in the condition is what the speaker would answer.
  const harmed = (other: Cue) =>
    clause - clauseOf(s, other) === 1 &&
    (isAny(other, deedClasses) || is(other, 'reporting') || is(other, 'hostile_emotion') || is(other, 'negation'));
  if (scene.cues.some(harmed)) return undefined;
  const people = peopleBefore(cue, scene);
  return people && sentenceOf(s, people) === sentenceOf(s, cue)
    ? { ...people, via: 'pronoun', certainty: people.certainty * 0.75 }
    : undefined;
}

const wished: ReadonlySet<CueClass> = new Set([...hurting, 'expulsion_predicate', 'exclusion_predicate']);

/**
 * "There are G everywhere. Should all be shot.", "They let G in. Deserve to die.": a sentence of nothing but what should be done to somebody, after one that
 * names people and tells of nothing that was done.
 */
export function wishedBefore(cue: Cue, of: CueClass, moods: ReadonlySet<Mood>, scene: Scene): Ref | undefined {
  // An expression that holds its own "should" or "deserve" is a call as a whole.
  const wish = is(cue, 'violence_predicate') && (is(cue, 'violence_predicate', 'wish_death') || cue.to - cue.from > 1);
  if (!wished.has(of) || (!wish && !has(cue, 'participle', of))) return undefined;
  if (!moods.has('ought') && !moods.has('deserve') && !(wish && moods.has('call'))) return undefined;
  const { s } = scene;
  const first = clauseStart(cue, scene);
  if (first === 0 || s.sentence[first - 1] === s.sentence[first]) return undefined;
  const clause = clauseOf(s, cue);
  if (scene.refs.some((ref) => ref.kind !== 'self' && ref.cue !== cue && clauseOf(s, ref) === clause)) return undefined;
  if (strangers(scene, first, cue.from) > 0 || strangers(scene, cue.to, clauseEnd(cue, scene)) > 1) return undefined;
  const told = (other: Cue) =>
    sentenceOf(s, other) === sentenceOf(s, cue) && (is(other, 'quotation') || is(other, 'reporting'));
  if (afterTelling(cue, scene) || scene.cues.some(told)) return undefined;
  const harmed = (other: Cue) =>
    clause - clauseOf(s, other) === 1 &&
    (isAny(other, deedClasses) || is(other, 'negation')) &&
    !is(other, 'exclusion_predicate');
  if (scene.cues.some(harmed)) return undefined;
  const people = peopleBefore(cue, scene);
  return people && { ...people, via: 'pronoun', certainty: people.certainty * 0.75 };
}

/** The sentence before tells, quotes or condemns what somebody said. */
function afterTelling(cue: Cue, scene: Scene): boolean {
  const sentence = sentenceOf(scene.s, cue);
  return scene.cues.some(
    (other) =>
      sentence - sentenceOf(scene.s, other) === 1 &&
      (is(other, 'quotation') || is(other, 'condemnation') || is(other, 'reporting') || scene.s.quoted[other.from]),
  );
}
