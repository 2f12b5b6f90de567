import { has, is } from './cues.js';
import type { Cue } from './cues.js';
import type { Ref } from './ref.js';
import {
  actsOn,
  comesFrom,
  modifiesOther,
  nominal,
  ofOurselves,
  restricted,
  saidBefore,
  saidElsewhere,
  saidOfOther,
  saidOfThat,
  treatedLike,
} from './said-of.js';
import { between, clauseStart, grammarOf, unknownBetween } from './scene.js';
import type { Scene } from './scene.js';
import { leftOf, rightOf } from './sides.js';
import { clauseOf, sentenceOf } from './structure.js';
import { judgesWhatWasTold, subjectOfItsOwn, understood } from './unsaid.js';

/** Words that may stand between a subject and what is said of it. */
const bridging = (cue: Cue) =>
  is(cue, 'copula') ||
  is(cue, 'comparison') ||
  is(cue, 'negation') ||
  is(cue, 'quantifier') ||
  is(cue, 'profanity') ||
  is(cue, 'derogatory_attribute') ||
  is(cue, 'dehumanising_noun') ||
  is(cue, 'modality') ||
  is(cue, 'opinion') ||
  is(cue, 'conjunction', 'join') ||
  is(cue, 'conjunction', 'place') ||
  is(cue, 'group_noun') ||
  is(cue, 'question') ||
  // "murdering scum".
  (is(cue, 'violence_predicate') && has(cue, 'gerund')) ||
  is(cue, 'praise', 'adjective');

/** Where the verb comes last, "G are too stupid to drive a car" has the car and the driving between them and what they are. */
function subjectBefore(cue: Cue, scene: Scene): Ref | undefined {
  const left = leftOf(cue, scene, 9);
  if (!left || left.kind !== 'object' || left.groups.length > 0 || grammarOf(cue, scene).order !== 'SOV') return left;
  if (unknownBetween(scene, left.to, cue.from) === 0) return left;
  const { s, refs } = scene;
  const first = refs.find((ref) => clauseOf(s, ref) === clauseOf(s, cue));
  return first?.kind === 'protected' &&
    first.to <= left.from &&
    unknownBetween(scene, first.to, left.from) === 0 &&
    !between(scene, first.to, left.from).some((other) => is(other, 'conjunction'))
    ? first
    : left;
}

/** What may stand before an insult whose people are named last: "they are", "das sind", a swear word. */
const leading = (cue: Cue) =>
  is(cue, 'pronoun') ||
  is(cue, 'copula') ||
  is(cue, 'quantifier') ||
  is(cue, 'comparison') ||
  is(cue, 'opinion') ||
  is(cue, 'negation') ||
  is(cue, 'profanity', 'intensifier');

/**
 * "They are rats these G", "São ratos esses G": the people stand last in the clause, or alone in the next, pointed at, and nothing before the insult is what it could be said of
 * but a pronoun. Every word up to them must be known.
 */
function namedBehind(cue: Cue, scene: Scene): Ref | undefined {
  if (!nominal(cue)) return undefined;
  const { s, cues, refs } = scene;
  const clause = clauseOf(s, cue);
  // In many languages "these" is "they" too.
  const people = refs.find(
    (ref) => ref.from >= cue.to && ref.kind !== 'self' && ref.kind !== 'pronoun' && ref.via !== 'pronoun',
  );
  if (people?.kind !== 'protected' || people.via !== 'name' || people.from - cue.to > 4) return undefined;
  const apart = clauseOf(s, people) - clause;
  if (apart > 1 || sentenceOf(s, people) !== sentenceOf(s, cue) || s.clause[people.to] === clauseOf(s, people))
    return undefined;
  const first = clauseStart(cue, scene);
  const before = between(scene, first, cue.from);
  const gap = between(scene, cue.to, people.from);
  const passed = (other: Cue) =>
    is(other, 'quantifier') || is(other, 'group_noun', 'demonstrative') || is(other, 'pronoun') || is(other, 'copula');
  const pointing =
    gap.find((other) => other.to === people.from) ??
    people.parts.find((part) => part !== people.cue && part.from === people.from);
  if (!pointing || is(pointing, 'quantifier', 'article') || is(pointing, 'copula')) return undefined;
  if (!gap.every(passed) || !before.every(leading)) return undefined;
  // "thieves those G" says it too, "thieves all G" does not.
  const linked =
    [...before, ...gap].some((other) => is(other, 'copula') || is(other, 'pronoun')) ||
    cue.to - cue.from > 1 ||
    is(pointing, 'quantifier', 'demonstrative') ||
    is(pointing, 'group_noun', 'demonstrative');
  // "They are rats, these G" needs its "they are".
  if (!linked || (apart === 1 && !before.some((other) => is(other, 'copula') || is(other, 'pronoun'))))
    return undefined;
  const known = (token: number) => cues.some((other) => other.from <= token && other.to > token);
  for (let token = first; token < people.from; token++) if (!known(token)) return undefined;
  return people;
}

/** Whom a noun, an adjective or a predicate is said of. */
export function attributed(cue: Cue, scene: Scene): Ref | undefined {
  const grammar = grammarOf(cue, scene);
  const inside = scene.refs.find((ref) => ref.parts.includes(cue));
  if (inside) return undefined;
  const stands = scene.refs.find((ref) => ref.cue === cue);
  if (stands && (stands.kind === 'pronoun' || stands.via === 'pronoun' || stands.via === 'parent'))
    return stands.kind === 'protected' ? stands : undefined;
  const topic = namedBehind(cue, scene);
  if (topic) return topic;
  if (saidOfThat(cue, scene)) return undefined;
  const before = subjectBefore(cue, scene);
  if (before && before.kind === 'protected' && ofOurselves(before, scene)) return undefined;
  if (before && restricted(cue, before, scene)) return undefined;
  const left = before && saidOfOther(cue, before, scene) ? undefined : before;
  // "their cattle": what is theirs is not said to be them.
  if (left && is(left.cue, 'pronoun', 'their') && cue.from === left.to && is(cue, 'dehumanising_noun'))
    return undefined;
  if (left && (saidElsewhere(cue, left, scene) || comesFrom(cue, left, scene) || treatedLike(cue, left, scene)))
    return undefined;
  if (left && clauseOf(scene.s, left) !== clauseOf(scene.s, cue) && subjectOfItsOwn(cue, scene)) return undefined;
  if (left && clauseOf(scene.s, left) !== clauseOf(scene.s, cue) && judgesWhatWasTold(cue, scene)) return undefined;
  if (left && left.kind !== 'you') {
    const passed = leftOf(cue, scene, 9);
    const gap = between(scene, left.to, cue.from).filter((other) => passed === left || other !== passed?.cue);
    const unknown = unknownBetween(scene, left.to, cue.from);
    // "are they rats?": in a question the copula stands before its subject. "aren't" is negation and copula in one.
    const inverted = scene.cues.some(
      (c) =>
        is(c, 'copula') &&
        left.from - c.to <= 1 &&
        left.from >= c.to &&
        sentenceOf(scene.s, c) === sentenceOf(scene.s, left),
    );
    const copula =
      inverted ||
      is(left.cue, 'copula') ||
      // Where the verb comes last the copula stands behind.
      (grammar.order === 'SOV' && scene.cues.some((c) => c.from === cue.to && is(c, 'copula'))) ||
      gap.some((c) => is(c, 'copula') || is(c, 'comparison') || (is(c, 'negation') && c.from - left.to <= 1));
    const bridged = gap.every((c) => bridging(c));
    const predicate =
      is(cue, 'derogatory_attribute', 'predicate') ||
      is(cue, 'conspiracy_trope') ||
      is(cue, 'threat_claim') ||
      is(cue, 'supremacy_claim') ||
      is(cue, 'exclusion_predicate') ||
      is(cue, 'expulsion_predicate');
    // "There were G bleeding in the street": a swear word that strengthens stands before its noun.
    const strengthening = is(cue, 'profanity', 'intensifier') && grammar.attributive === 'before';
    if (
      bridged &&
      !strengthening &&
      (copula
        ? unknown <= 4
        : predicate
          ? unknown <= 2
          : unknown === 0 && (grammar.copula === 'optional' || cue.from - left.to === 0))
    ) {
      if (
        copula ||
        predicate ||
        grammar.copula === 'optional' ||
        grammar.attributive !== 'before' ||
        is(cue, 'dehumanising_noun') ||
        is(cue, 'profanity', 'insult') ||
        is(cue, 'derogatory_attribute', 'noun')
      )
        return left;
    }
  }
  if (left && left.kind === 'you' && left.groups.length > 0) return left;
  const right = rightOf(cue, scene, 4);
  if (!right) return left ? undefined : understood(cue, scene);
  if (restricted(cue, right, scene) || actsOn(cue, right, scene) || ofOurselves(right, scene)) return undefined;
  if (saidBefore(cue, right, scene)) return undefined;
  const gap = between(scene, cue.to, right.from);
  const unknown = unknownBetween(scene, cue.to, right.from);
  if (
    // A curse stands before its noun in every language: "saloperies d’…".
    (grammar.attributive !== 'after' || is(cue, 'profanity')) &&
    unknown === 0 &&
    gap.every(
      (c) => is(c, 'profanity') || is(c, 'derogatory_attribute') || is(c, 'dehumanising_noun') || is(c, 'quantifier'),
    )
  )
    return right;
  // "nothing more worthless than G".
  if (gap.some((c) => is(c, 'comparison', 'than')) && unknown <= 2 && (!left || left.kind === 'you')) return right;
  // "scum like them", "the real cancer are the G".
  if (gap.some((c) => is(c, 'comparison') || is(c, 'copula')) && unknown <= 2 && !left && !modifiesOther(cue, scene))
    return right;
  return undefined;
}
