import { has, is } from './cues.js';
import type { Cue } from './cues.js';
import type { Ref } from './ref.js';
import { deedClasses } from './rules.js';
import {
  actsOn,
  comesFrom,
  metWith,
  modifiesOther,
  nominal,
  ofOurselves,
  restricted,
  saidBefore,
  saidElsewhere,
  saidOfOther,
  saidOfThat,
  spokenAbout,
  toldOf,
  treatedLike,
} from './said-of.js';
import { between, eligible, firstTokenOf, grammarOf, unknownBetween } from './scene.js';
import type { Scene } from './scene.js';
import { clauseOf, sentenceOf } from './structure.js';
import type { CueClass } from './types.js';
import { judgesWhatWasTold, subjectOfItsOwn } from './unsaid.js';

/**
 * Links that rest on nearness where no grammar speaks: a fragment beside the people it is meant for, a sign, and, last of all, somebody who is
 * spoken of in the same breath with nobody else between. All of them are less certain than a link by grammar.
 */

/** Words between a hostile word and the people it is thrown at, at the most. */
const farthest = 12;
/** … where words are written without spaces and every particle is one. */
const farthestDense = 24;
const mostUnknown = 7;

/** "G are 🔥", "G make great tacos 🔥": said of people, or behind what is said of them, a flame is praise. */
export const praiseBySign = (cue: Cue, scene: Scene): boolean =>
  cue.sign &&
  is(cue, 'violence_predicate') &&
  // Every pack that knows the sign takes it for a mild one.
  cue.readings.every(({ entry }) => entry.class !== 'violence_predicate' || entry.intensity === 1) &&
  (calledSo(cue, scene) || (is(cue, 'property_destruction_predicate') && applause(cue, scene)));

/** A copula stands before the sign, or before the first of several; Chinese 都 is one only now and then. */
function calledSo(cue: Cue, scene: Scene): boolean {
  let at = scene.cues.indexOf(cue);
  while (at > 0 && scene.cues[at - 1]!.sign && scene.cues[at - 1]!.end === scene.cues[at]!.start) at--;
  const { from } = scene.cues[at]!;
  return scene.cues.some((other) => other.to === from && is(other, 'copula') && !is(other, 'quantifier'));
}

/** A flame, and nothing hostile is said in the sentence, nothing that ought to be, and nobody is named behind the sign. */
function applause(cue: Cue, scene: Scene): boolean {
  const sentence = sentenceOf(scene.s, cue);
  const here = (other: Cue | Ref) => sentenceOf(scene.s, other) === sentence;
  if (hostileBeside(cue, scene) || scene.cues.some((other) => here(other) && is(other, 'modality'))) return false;
  return !scene.refs.some((ref) => ref.from >= cue.to && here(ref) && ref.kind !== 'self');
}

/** Somebody named beside an emoji that stands for a feeling or an act: signs have no syntax but nearness. */
export function besideSign(cue: Cue, scene: Scene): Ref | undefined {
  const sentence = sentenceOf(scene.s, cue);
  if (is(cue, 'violence_predicate') && calledSo(cue, scene)) return undefined;
  const calm = scene.cues.some(
    (other) =>
      sentenceOf(scene.s, other) === sentence &&
      (is(other, 'praise') || is(other, 'counter_speech') || is(other, 'reporting') || is(other, 'condemnation')),
  );
  if (calm) return undefined;
  const near = scene.refs.filter(
    (ref) =>
      eligible(ref) &&
      // "Their food is 💣".
      !ref.held &&
      Math.abs(sentenceOf(scene.s, ref) - sentence) <= 1 &&
      (ref.to <= cue.from ? cue.from - ref.to <= 5 : ref.from - cue.to <= 3),
  );
  const left = near.findLast((ref) => ref.to <= cue.from);
  return left ?? near.find((ref) => ref.from >= cue.to);
}

/**
 * The people nearest in the sentence, when nobody else is nearer. Things do not count unless they stand right beside the word; a person, an
 * office or a profession does, and then takes the word on itself.
 */
export function nearest(cue: Cue, of: CueClass, scene: Scene): Ref | undefined {
  if (praiseBySign(cue, scene)) return undefined;
  if (cue.sign && !is(cue, 'dehumanising_noun', 'animal') && (of !== 'violence_predicate' || meant(cue, scene)))
    return besideSign(cue, scene);
  if (of === 'derogatory_attribute' || of === 'dehumanising_noun' || of === 'profanity')
    if (modifiesOther(cue, scene) || saidOfThat(cue, scene) || friendly(cue, scene)) return undefined;
  if (is(cue, 'hostile_emotion', 'subject') && somebodyElsesFeeling(cue, scene)) return undefined;
  // Vermin and filth are insults only where somebody is likened to them, or thrown in as a fragment of their own.
  const bare = of === 'dehumanising_noun' && !cue.obfuscated && !likened(cue, scene);
  if (bare && (grammarOf(cue, scene).copula !== 'optional' || is(cue, 'object_noun'))) return undefined;
  if (deedClasses.has(of) && hasOwnObject(cue, scene)) return undefined;
  const sentence = sentenceOf(scene.s, cue);
  let best: Ref | undefined;
  let distance = (scene.s.loose[cue.from] || scene.s.loose[cue.to] ? farthestDense : farthest) + 1;
  for (const ref of scene.refs) {
    if (ref.cue === cue || sentenceOf(scene.s, ref) !== sentence) continue;
    // "until I die": the speaker is the one who does it.
    if (ref.kind === 'self') {
      if (ref.to <= cue.from && cue.from - ref.to <= 1 && of === 'violence_predicate' && !ref.cue.sign)
        return undefined;
      continue;
    }
    if ((ref.kind === 'you' || ref.kind === 'pronoun') && ref.groups.length === 0) continue;
    // Whoever a form in two parts is about stands inside it.
    if (cue.tail && cue.tail.from > cue.to && (ref.from < cue.to || ref.from >= cue.tail.from)) continue;
    if (scene.s.quoted[ref.from] !== scene.s.quoted[Math.min(cue.from, scene.s.quoted.length - 1)]) continue;
    if (ref.to <= cue.from && spokenAbout(ref, scene)) continue;
    const gap = ref.to <= cue.from ? cue.from - ref.to : ref.from - cue.to;
    if (gap < 0 || gap >= distance || (ref.kind === 'object' && gap > 0) || ref.certainty < 0.5) continue;
    best = ref;
    distance = gap;
  }
  // Where no copula is needed the noun stands right beside its people.
  if (best && bare && (distance > 3 || best.to > cue.from || clauseOf(scene.s, best) !== clauseOf(scene.s, cue)))
    return undefined;
  if (!best || (best.kind === 'protected' && (best.held || best.singular))) return undefined;
  if (
    clauseOf(scene.s, best) !== clauseOf(scene.s, cue) &&
    (subjectOfItsOwn(cue, scene) || (best.to <= cue.from && judgesWhatWasTold(cue, scene)))
  )
    return undefined;
  const left = best.to <= cue.from;
  if (saidElsewhere(cue, best, scene) || ((nominal(cue) || of === 'derogatory_attribute') && ofOurselves(best, scene)))
    return undefined;
  if (!left && (of === 'praise' || of === 'counter_speech')) return undefined;
  if (restricted(cue, best, scene) || actsOn(cue, best, scene) || saidBefore(cue, best, scene)) return undefined;
  // "Thugs warned G voters": the insult is somebody else's name, and what follows is done to the people.
  if (
    !left &&
    nominal(cue) &&
    clauseOf(scene.s, best) === clauseOf(scene.s, cue) &&
    unknownBetween(scene, cue.to, best.from) > 0
  )
    return undefined;
  if (!left && nominal(cue) && toldOf(cue, best, scene)) return undefined;
  if (!left && clauseOf(scene.s, best) !== clauseOf(scene.s, cue) && saidOfWordBefore(cue, of, best, scene))
    return undefined;
  const [from, to] = left ? [best.to, cue.from] : [cue.to, best.from];
  if (unknownBetween(scene, from, to) > mostUnknown) return undefined;
  if (
    left &&
    (metWith(cue, best, scene) ||
      comesFrom(cue, best, scene) ||
      treatedLike(cue, best, scene) ||
      saidOfOther(cue, best, scene))
  )
    return undefined;
  const gap = between(scene, from, to);
  if (gap.some((other) => is(other, 'conjunction', 'against'))) return undefined;
  // "The killers of the G family were jailed", "a cancer in the G community".
  const parted = gap.some((other) => is(other, 'conjunction', 'place'));
  if (!left && nominal(cue) && parted && best.via === 'name' && clauseOf(scene.s, best) === clauseOf(scene.s, cue))
    return undefined;
  return { ...best, certainty: best.certainty * 0.6 };
}

const telling: ReadonlySet<CueClass> = new Set(['threat_claim', 'conspiracy_trope']);

/** "Agents have infiltrated the police, and G live in fear": right before what is told stands a word of its own, which it is told of. */
function saidOfWordBefore(cue: Cue, of: CueClass, people: Ref, scene: Scene): boolean {
  if (!between(scene, cue.to, people.from).some((other) => is(other, 'conjunction', 'join'))) return false;
  if (!telling.has(of) || cue.sign || grammarOf(cue, scene).order !== 'SVO') return false;
  const { s } = scene;
  const before = cue.from - 1;
  if (before < 0 || s.clause[before] !== s.clause[cue.from] || s.dense[before]) return false;
  const known = scene.cues.filter((other) => other.from <= before && other.to > before);
  if (known.length === 0) return s.ends[before]! - s.starts[before]! > 3;
  return known.every((other) => is(other, 'nonprotected_noun') || is(other, 'individual_noun'));
}

/** A weapon among the signs is meant where something else hostile is said beside it, or where it is all that is said of the people. */
function meant(cue: Cue, scene: Scene): boolean {
  if (hostileBeside(cue, scene)) return true;
  const { s } = scene;
  const sentence = sentenceOf(s, cue);
  return firstTokenOf(s, sentence + 1) - firstTokenOf(s, sentence) <= 4;
}

/** Something hostile is said in the sentence of a sign, by more than a sign for a weapon. */
function hostileBeside(cue: Cue, scene: Scene): boolean {
  const sentence = sentenceOf(scene.s, cue);
  const hostile = (other: Cue) =>
    other !== cue &&
    !(is(other, 'violence_predicate') && other.sign) &&
    (is(other, 'dehumanising_noun') ||
      is(other, 'derogatory_attribute') ||
      is(other, 'hostile_emotion') ||
      is(other, 'slur') ||
      is(other, 'profanity') ||
      is(other, 'expulsion_predicate'));
  return scene.cues.some((other) => sentenceOf(scene.s, other) === sentence && hostile(other));
}

/** "cut the grass": a word that no pack knows stands where the object of the verb stands. */
function hasOwnObject(cue: Cue, scene: Scene): boolean {
  const { s } = scene;
  if (cue.tail || has(cue, 'noun') || has(cue, 'participle')) return false;
  let next = cue.to;
  const covering = (token: number) => scene.cues.find((other) => other.from <= token && other.to > token);
  for (let other = covering(next); other && is(other, 'quantifier', 'article'); other = covering(next)) next = other.to;
  if (next >= s.clause.length || s.clause[next] !== s.clause[cue.from]) return false;
  return s.ends[next]! - s.starts[next]! > 3 && !covering(next);
}

/** A comparison, a copula or a pointing word stands before the noun. */
function likened(cue: Cue, scene: Scene): boolean {
  const before = scene.cues[scene.cues.indexOf(cue) - 1];
  const earlier = scene.cues[scene.cues.indexOf(cue) - 2];
  const links = (other: Cue | undefined) =>
    other !== undefined &&
    cue.from - other.to <= 2 &&
    (is(other, 'comparison') ||
      is(other, 'copula') ||
      is(other, 'group_noun', 'demonstrative') ||
      (is(other, 'quantifier') && !is(other, 'quantifier', 'article')));
  return links(before) || (before !== undefined && is(before, 'quantifier', 'article') && links(earlier));
}

/** Something kind is said in the same clause: what is near it is rather teasing than insult. */
const friendly = (cue: Cue, scene: Scene): boolean =>
  scene.cues.some(
    (other) =>
      other !== cue &&
      is(other, 'praise', 'verb') &&
      Math.abs(other.from - cue.from) <= farthest &&
      clauseOf(scene.s, other) === clauseOf(scene.s, cue),
  );

/** A feeling whose holder is named and is not the speaker. */
function somebodyElsesFeeling(cue: Cue, scene: Scene): boolean {
  const sentence = sentenceOf(scene.s, cue);
  const holder = scene.refs.findLast((ref) => ref.to <= cue.from && sentenceOf(scene.s, ref) === sentence);
  // "黑人真讨厌": a verb of feeling that has no object is what they are like, in a language that marks neither.
  if (scene.s.loose[cue.from] && holder?.kind === 'protected') {
    const clause = clauseOf(scene.s, cue);
    if (!scene.refs.some((ref) => ref.from >= cue.to && clauseOf(scene.s, ref) === clause)) return false;
  }
  return (
    holder !== undefined && holder.kind !== 'self' && cue.from - holder.to <= 3 && !has(cue, 'noun', 'hostile_emotion')
  );
}
