import { has, is, isAny } from './cues.js';
import type { Cue } from './cues.js';
import type { Ref } from './ref.js';
import { deedClasses } from './rules.js';
import { between, clauseStart, grammarOf, opensClause, strangerBetween, unknownBetween } from './scene.js';
import type { Scene } from './scene.js';
import { clauseOf, sentenceOf } from './structure.js';

// Hostile words that stand in a sentence with people and are not said of them: of what they fear, where they live, whom they met, what they own.

/** Names and describing words, which may stand alone beside those they are meant for. */
export const nominal = (cue: Cue) =>
  is(cue, 'dehumanising_noun') ||
  is(cue, 'derogatory_attribute', 'noun') ||
  is(cue, 'derogatory_attribute', 'adjective') ||
  is(cue, 'profanity', 'insult');

/** Words that take a noun or an adjective to the people before it. */
const likening = (other: Cue): boolean => is(other, 'copula') || is(other, 'comparison') || is(other, 'negation');

/** "are bullied by stupid classmates": the copula is that of another word. */
function saidDirectly(place: number, people: Ref, scene: Scene): boolean {
  const gap = between(scene, people.to, place);
  const link = gap.findLast((other) => is(other, 'copula') || is(other, 'negation'));
  if (!link || unknownBetween(scene, link.to, place) > 0) return false;
  return !gap.some((other) => other.from >= link.to && deedClasses.has(other.readings[0]!.entry.class));
}

/**
 * "G face a cruel bureaucracy", "G are bullied by stupid classmates", "G fear violent men": an adjective that describes what stands right beside it, on the side
 * where the language has its adjectives, and that nothing takes to the people.
 */
export function saidOfOther(cue: Cue, people: Ref, scene: Scene): boolean {
  if (!is(cue, 'derogatory_attribute', 'adjective') || people.to > cue.from) return false;
  if (clauseOf(scene.s, people) !== clauseOf(scene.s, cue)) return false;
  const { attributive } = grammarOf(cue, scene);
  if (saidDirectly(cue.from, people, scene)) return false;
  return (
    (attributive !== 'after' && describesNext(cue, people, scene)) ||
    (attributive !== 'before' && describesLast(cue, people, scene))
  );
}

/** People in general, which a noun that likens somebody to them may be. */
const personal = (cue: Cue) =>
  is(cue, 'group_noun') || is(cue, 'individual_noun') || is(cue, 'comparison') || is(cue, 'copula');

/** What an adjective stands before: something or somebody else, other adjectives between them passed over ("cruel and lazy officials"). */
function describesNext(cue: Cue, people: Ref, scene: Scene): boolean {
  const { s, cues } = scene;
  let token = cue.to;
  for (let i = cues.indexOf(cue) + 1; i < cues.length && cues[i]!.from === token; i++) {
    const other = cues[i]!;
    if (is(other, 'derogatory_attribute', 'adjective') || is(other, 'conjunction', 'join')) token = other.to;
    else break;
  }
  if (token >= s.clause.length || s.clause[token] !== s.clause[cue.from]) return false;
  // "Amharas greedy traders are": the copula behind takes it to the people.
  const copulaAt = (place: number) => cues.some((other) => other.from === place && is(other, 'copula'));
  const named = scene.refs.find((ref) => ref.from <= token && ref.to > token);
  if (named) return named.cue !== people.cue && named.kind !== 'self' && named.via !== 'pronoun' && !copulaAt(named.to);
  const here = cues.filter((other) => other.from <= token && other.to > token);
  if (grammarOf(cue, scene).order === 'SOV' && here.every((other) => is(other, 'quantifier', 'article'))) {
    // Where the verb comes last, a word of its own and a verb must follow: "pis bir çöplüğün yanında".
    let end = token;
    while (end < s.clause.length && s.clause[end] === s.clause[token]) end++;
    return unknownBetween(scene, token, end) >= 2 && !between(scene, token, end).some((other) => is(other, 'copula'));
  }
  if (here.length === 0) return token === cue.to && s.ends[token]! - s.starts[token]! > 3 && !s.loose[token];
  if (here.some((other) => copulaAt(other.to))) return false;
  const article = cues.some((other) => other.to === cue.from && is(other, 'quantifier', 'article'));
  return here.every((other) =>
    article
      ? (!nominal(other) || is(other, 'dehumanising_noun', 'filth')) && !personal(other)
      : is(other, 'object_noun') ||
        is(other, 'nonprotected_noun') ||
        isSaying(other) ||
        deedClasses.has(other.readings[0]!.entry.class),
  );
}

const isThing = (cue: Cue) =>
  is(cue, 'object_noun') ||
  is(cue, 'dehumanising_noun', 'filth') ||
  is(cue, 'nonprotected_noun') ||
  is(cue, 'exclusion_predicate', 'benefit');

/**
 * "des patrons avares", "una discarica puzzolente": an adjective behind something that is not the people. Behind a copula one strange word is an adverb
 * ("sono davvero stupide"), one that a small word stands before a noun ("sono stufe di battute stupide").
 */
function describesLast(cue: Cue, people: Ref, scene: Scene): boolean {
  const { s, cues } = scene;
  if (people.via === 'pronoun' || grammarOf(cue, scene).order === 'SOV') return false;
  if (cues.some((other) => other.from === cue.to && is(other, 'copula'))) return false;
  let token = cue.from;
  // With "and" glued to it the word is joined to the one before.
  let joined = s.starts[cue.from]! < cue.start;
  for (let i = cues.indexOf(cue) - 1; i >= 0 && cues[i]!.to === token; i--) {
    const other = cues[i]!;
    if (!is(other, 'derogatory_attribute', 'adjective') && !is(other, 'conjunction', 'join')) break;
    joined = is(other, 'conjunction', 'join');
    token = other.from;
  }
  const last = token - 1;
  // "greedee and cunning": what is joined is of one kind.
  if (joined || last < people.to) return false;
  const covered = (place: number) => cues.filter((other) => other.from <= place && other.to > place);
  const strange = (place: number) => covered(place).length === 0;
  const small = (place: number) => s.ends[place]! - s.starts[place]! <= 3;
  const thing = (strange(last) && !small(last) && !s.loose[last]) || (!strange(last) && covered(last).every(isThing));
  if (!thing) return false;
  if (!between(scene, people.to, cue.from).some(likening)) return true;
  const before = last - 1;
  return (
    before >= people.to &&
    (strange(before) ? small(before) : covered(before).every((other) => is(other, 'conjunction', 'place')))
  );
}

/** "Women fear violent men": which men is said, not what men are like; somebody else is what the sentence is about. */
export function restricted(cue: Cue, people: Ref, scene: Scene): boolean {
  if (!is(cue, 'derogatory_attribute', 'adjective') || !people.groups.every((id) => id.startsWith('X.gen.')))
    return false;
  const clause = clauseOf(scene.s, people);
  const [from, to] = people.to <= cue.from ? [people.to, cue.from] : [cue.to, people.from];
  const beside = from === to || unknownBetween(scene, from, to) === 0;
  return (
    beside &&
    clauseOf(scene.s, cue) === clause &&
    !between(scene, from, to).some(likening) &&
    !scene.cues.some((other) => other.from === Math.max(cue.to, people.to) && is(other, 'copula')) &&
    scene.refs.some(
      (ref) =>
        ref.kind === 'protected' &&
        clauseOf(scene.s, ref) === clause &&
        unknownBetween(scene, ref.to, Math.min(people.from, cue.from)) > 0,
    )
  );
}

/** "Thugs attacked G shopkeepers", "ሌቦች የ…ን ንብረት ሰረቁ": a noun before people to whom something is done is whoever does it. */
export function actsOn(cue: Cue, people: Ref, scene: Scene): boolean {
  if (!is(cue, 'derogatory_attribute', 'noun') || people.from < cue.to) return false;
  const clause = clauseOf(scene.s, cue);
  if (clauseOf(scene.s, people) !== clause) return false;
  const deed = (other: Cue) =>
    !has(other, 'call') &&
    (harmful.has(other.readings[0]!.entry.class) || (isAny(other, deedClasses) && has(other, 'past')));
  if (between(scene, cue.to, people.from).some((other) => deed(other) || is(other, 'quotation'))) return true;
  if (grammarOf(cue, scene).order !== 'SOV') return false;
  return scene.cues.some(
    (other) => other.from >= people.to && clauseOf(scene.s, other) === clause && deed(other) && has(other, 'past'),
  );
}

/**
 * "my neighbour, a G, killed a snake", "hat … eine Schlange getötet", "my G aunt hates rats": an animal that something was done to or felt for, and nobody's
 * name.
 */
export function slain(cue: Cue, scene: Scene): boolean {
  if (!is(cue, 'dehumanising_noun', 'animal') && !is(cue, 'dehumanising_noun', 'vermin')) return false;
  const { cues } = scene;
  const at = cues.indexOf(cue);
  const done = (other: Cue | undefined) =>
    other !== undefined &&
    (feltFor(cue, other, scene) ||
      (is(other, 'violence_predicate') &&
        !has(other, 'call') &&
        // "G slaughter a sheep": behind those who do it.
        (has(other, 'past') || has(other, 'participle') || scene.refs.some((ref) => ref.to === other.from))));
  let before = at - 1;
  let { from } = cue;
  for (; before >= 0 && is(cues[before]!, 'quantifier') && cues[before]!.to === from; before--)
    ({ from } = cues[before]!);
  const [verb, next] = [cues[before], cues[at + 1]];
  return (done(verb) && verb!.to === from) || (done(next) && next!.from === cue.to);
}

/**
 * "Der Dieb, der die syrische Familie ausraubte, …", "这条愚蠢的法律伤害了G": what the insult names does something to the people behind it, in a clause that says
 * more of it, or by a word of a script without spaces.
 */
export function toldOf(cue: Cue, people: Ref, scene: Scene): boolean {
  const { s } = scene;
  const clause = clauseOf(s, people);
  if (clause === clauseOf(s, cue)) return strangerBetween(scene, cue.to, people.from);
  if (clause - clauseOf(s, cue) !== 1 || people.via !== 'name' || !is(cue, 'derogatory_attribute', 'noun'))
    return false;
  const first = clauseStart(people, scene);
  let end = people.to;
  while (end < s.clause.length && s.clause[end] === clause) end++;
  const leading = between(scene, first, people.from);
  return (
    first < people.from &&
    leading.every((other) => is(other, 'quantifier') || is(other, 'conjunction') || is(other, 'pronoun', 'it')) &&
    !leading.some((other) => is(other, 'quantifier', 'demonstrative')) &&
    unknownBetween(scene, people.to, end) > 0 &&
    !between(scene, people.to, end).some((other) => is(other, 'copula'))
  );
}

/** "hates rats", "चूहों से नफरत करती": an animal beside a verb of feeling on the side where its object stands, and no "those" before it. */
export function feltFor(animal: Cue, feeling: Cue, scene: Scene): boolean {
  if (!is(feeling, 'hostile_emotion', 'subject')) return false;
  const { cues } = scene;
  const at = cues.indexOf(animal);
  let before = at - 1;
  let { from } = animal;
  for (; before >= 0 && is(cues[before]!, 'quantifier', 'article') && cues[before]!.to === from; before--)
    ({ from } = cues[before]!);
  const pointed = (other: Cue | undefined) =>
    other !== undefined && other.to === from && is(other, 'quantifier') && !is(other, 'quantifier', 'article');
  if (pointed(cues[before])) return false;
  if (grammarOf(feeling, scene).order !== 'SOV') return cues[before] === feeling && feeling.to === from;
  const next = cues[at + 1];
  const verb = next && is(next, 'conjunction', 'case') ? cues[at + 2] : next;
  return verb === feeling && feeling.from - animal.to <= 1;
}

const harmful = new Set(['violence_predicate', 'sexual_violence_predicate', 'property_destruction_predicate']);

/** "Hunted G like animals": how they were treated. */
export function treatedLike(cue: Cue, people: Ref, scene: Scene): boolean {
  if (!is(cue, 'dehumanising_noun') || people.to > cue.from) return false;
  const like = between(scene, people.to, cue.from)[0];
  if (!like || !is(like, 'comparison') || like.from > people.to) return false;
  const deed = scene.cues.findLast((other) => other.to <= people.from && !is(other, 'quantifier'));
  return deed !== undefined && people.from - deed.to <= 2 && isAny(deed, deedClasses) && has(deed, 'past');
}

/** "We G are mad", "nous les femmes", "I'm a lazy G": whoever speaks is one of them. */
export function ofOurselves(people: Ref, scene: Scene): boolean {
  const at = scene.cues.findIndex((cue) => cue.from >= people.from);
  const self = scene.cues.findLast((cue) => is(cue, 'pronoun', 'contracted') && cue.to <= people.from);
  if (self && clauseOf(scene.s, self) === clauseOf(scene.s, people) && people.from - self.to <= 4) {
    const next = scene.cues.find((cue) => cue.from === self.to);
    if (next && is(next, 'quantifier', 'article')) return true;
  }
  let before = scene.cues[at - 1];
  let { from } = people;
  if (before && before.to === from && is(before, 'quantifier', 'article')) {
    ({ from } = before);
    before = scene.cues[at - 2];
  }
  return before !== undefined && is(before, 'pronoun', 'we') && before.to === from && people.via === 'name';
}

/** "G fear the murderers", "G condemned the terrorists": what they do to them, and nothing that likens them. */
export function metWith(cue: Cue, people: Ref, scene: Scene): boolean {
  if (!is(cue, 'derogatory_attribute', 'noun')) return false;
  const { order, infinitive } = grammarOf(cue, scene);
  // Where the verb stands second it does so in the main clause of a language that else has it last.
  if (order !== 'SVO' && infinitive === undefined) return false;
  if (clauseOf(scene.s, people) !== clauseOf(scene.s, cue)) return false;
  if (scene.cues.some((other) => other.from === cue.to && is(other, 'copula'))) return false;
  const gap = between(scene, people.to, cue.from);
  const against = (other: Cue) => is(other, 'condemnation') || is(other, 'hostile_emotion');
  return (
    !gap.some((other) => likening(other) || nominal(other)) &&
    (unknownBetween(scene, people.to, cue.from) > 0 || gap.some(against))
  );
}

/** "the G from a violent mob", "G of murderers": what stands behind such a word is where they are or come from, unless they are said to be so. */
export function comesFrom(cue: Cue, people: Ref, scene: Scene): boolean {
  if (!nominal(cue) || clauseOf(scene.s, people) !== clauseOf(scene.s, cue)) return false;
  const gap = between(scene, people.to, cue.from);
  const passed = (other: Cue) => is(other, 'quantifier') || is(other, 'conjunction', 'join') || nominal(other);
  const before = gap.findLast((other) => !passed(other));
  const place = before !== undefined && is(before, 'conjunction', 'place');
  const first = gap.find((other) => before !== undefined && other.from >= before.to && !is(other, 'quantifier')) ?? cue;
  if (!place || first.from - before.to > 1 || unknownBetween(scene, first.from, cue.from) > 0)
    return inPlace(cue, people, scene) && !gap.some(likening);
  // "G are protected from terrorists", "G were held by thieves and murderers", "G were massacred by a rowdy mob".
  if (is(cue, 'derogatory_attribute', 'adjective'))
    return !gap.some(likening) || gap.some((other) => isAny(other, deedClasses) && has(other, 'participle'));
  return !saidDirectly(before.from, people, scene) && !gap.some((other) => is(other, 'comparison'));
}

/** "les G vivent dans des camps sales": the word stands beside the place where they are, on the side where the language has its adjectives. */
function inPlace(cue: Cue, people: Ref, scene: Scene): boolean {
  if (!is(cue, 'derogatory_attribute', 'adjective')) return false;
  const place = (from: number, to: number) =>
    between(scene, from, to).some((other) => is(other, 'conjunction', 'place'));
  const { attributive, order } = grammarOf(cue, scene);
  if (attributive !== 'before' && place(people.to, cue.from) && unknownBetween(scene, people.to, cue.from) > 0)
    return true;
  return order === 'SOV' && unknownBetween(scene, cue.to, cue.to + 1) > 0 && place(cue.to + 1, cue.to + 2);
}

/** "如果没有女人，世界就完了": what follows from a condition is said of a word of its own clause; without spaces every word is seen. */
export const saidElsewhere = (cue: Cue, left: Ref, scene: Scene): boolean =>
  scene.s.dense[cue.from] === true &&
  is(cue, 'derogatory_attribute', 'predicate') &&
  left.to <= cue.from &&
  clauseOf(scene.s, left) !== clauseOf(scene.s, cue) &&
  scene.cues.some(
    (other) => is(other, 'modality', 'conditional') && clauseOf(scene.s, other) === clauseOf(scene.s, left),
  ) &&
  strangerBetween(scene, left.to, cue.from);

/** "What you said about G", "the hatred of G", "the way G are treated": they are what it is about, and not what is judged. */
export const spokenAbout = (ref: Ref, scene: Scene): boolean =>
  (scene.cues.some((other) => is(other, 'conjunction', 'way') && other.to === ref.from) &&
    scene.cues.some((other) => is(other, 'copula') && other.from === ref.to)) ||
  scene.cues.some(
    (other) =>
      (is(other, 'conjunction', 'against') || has(other, 'noun', 'hostile_emotion')) &&
      other.to <= ref.from &&
      ref.from - other.to <= 1 &&
      sentenceOf(scene.s, other) === sentenceOf(scene.s, ref),
  );

/** "a terrible winter", "a stupid dog": the word describes a thing or an animal right behind it, and nobody else who is spoken of. */
export function modifiesOther(cue: Cue, scene: Scene): boolean {
  if (!is(cue, 'derogatory_attribute', 'adjective') && !is(cue, 'profanity', 'intensifier')) return false;
  const { s } = scene;
  const next = cue.to;
  if (next >= s.clause.length || s.clause[next] !== s.clause[cue.from]) return false;
  const described = scene.cues.filter((other) => other.from <= next && other.to > next);
  if (described.length === 0) return s.ends[next]! - s.starts[next]! > 3 && !s.loose[next];
  const thing = (other: Cue) => is(other, 'dehumanising_noun', 'animal') || is(other, 'object_noun') || isSaying(other);
  return described.every(thing) && grammarOf(cue, scene).attributive === 'before';
}

/** "stupid jokes about", "filthy housing", "ludicrous stereotypes": nouns for what is said and for what people are given. */
const isSaying = (cue: Cue): boolean =>
  is(cue, 'condemnation', 'speech') ||
  (is(cue, 'hypothetical', 'whoever') && has(cue, 'gerund')) ||
  (is(cue, 'exclusion_predicate', 'benefit') && has(cue, 'gerund'));

/** "Smoking is dangerous to G", "he was rude to the G": behind a copula an adjective is said of what stands before it, and a small word parts it from the people. */
export function saidBefore(cue: Cue, people: Ref, scene: Scene): boolean {
  if (!is(cue, 'derogatory_attribute', 'adjective') || people.from <= cue.to) return false;
  if (clauseOf(scene.s, people) !== clauseOf(scene.s, cue)) return false;
  const copula = scene.cues.findLast((other) => other.to <= cue.from);
  if (!copula || copula.to !== cue.from || !is(copula, 'copula') || opensClause(copula, scene)) return false;
  const covered = (token: number) => scene.cues.some((other) => other.from <= token && other.to > token);
  for (let token = cue.to; token < people.from; token++) if (!covered(token)) return true;
  return false;
}

/** "…, and that is vile", "it is cruel and wicked", "racism is a stain on us": a deed or a saying is judged. */
export function saidOfThat(cue: Cue, scene: Scene): boolean {
  const clause = clauseOf(scene.s, cue);
  for (let i = scene.cues.indexOf(cue) - 1; i >= 0; i--) {
    const other = scene.cues[i]!;
    if (clauseOf(scene.s, other) !== clause) return false;
    if (is(other, 'pronoun', 'it')) return true;
    const next = scene.cues[i + 1]!;
    if (is(other, 'condemnation') && is(next, 'copula') && next.from === other.to && opensClause(other, scene))
      return true;
    const bridge =
      is(other, 'copula') ||
      is(other, 'negation') ||
      is(other, 'conjunction', 'join') ||
      is(other, 'derogatory_attribute') ||
      is(other, 'condemnation') ||
      is(other, 'profanity', 'intensifier');
    if (!bridge) return false;
  }
  return false;
}
