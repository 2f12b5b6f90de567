import { clauseOf, sentenceOf } from './structure.js';
import { has, is } from './cues.js';
import type { Cue } from './cues.js';
import { between, clauseStart, grammarOf, opensClause, strangerBetween, unknownBetween } from './scene.js';
import type { Scene } from './scene.js';
import type { Ref } from './ref.js';
import type { Mood } from './rules.js';
import type { CueClass } from './types.js';

const reach = 6;

/** Cues of the same sentence before `cue`, nearest first, up to a contrast. */
export function before(cue: Cue, scene: Scene): Cue[] {
  const sentence = sentenceOf(scene.s, cue);
  const list: Cue[] = [];
  for (let i = scene.cues.indexOf(cue) - 1; i >= 0; i--) {
    const other = scene.cues[i]!;
    if (sentenceOf(scene.s, other) !== sentence || is(other, 'conjunction', 'contrast')) break;
    list.push(other);
  }
  return list;
}

/** What makes the predicate a call, wish, threat … Empty: a report or a plain statement. */
export function moodsOf(cue: Cue, of: CueClass, scene: Scene): Set<Mood> {
  const moods = new Set<Mood>();
  // A weapon among the signs has no mood of its own: it is a wish.
  if ((has(cue, 'call', of) && !toldOfDoers(cue, of, scene)) || (cue.sign && of === 'violence_predicate'))
    moods.add('call');
  for (const other of before(cue, scene)) {
    if (is(other, 'modality', 'conditional')) moods.add('conditional');
    if (cue.from - other.to > reach) continue;
    if (clauseOf(scene.s, cue) - clauseOf(scene.s, other) > 1) break;
    // "Stop hiring G": a command to leave off.
    if (is(other, 'negation', 'stop') && has(cue, 'gerund', of)) moods.add('call');
    // "I support killing them", "I love beating them up".
    if (is(other, 'praise', 'verb') && other.to === cue.from && has(cue, 'gerund', of)) moods.add('want');
    for (const reading of other.readings) {
      if (reading.entry.class !== 'modality') continue;
      const sub = reading.entry.sub;
      if (sub === 'ought' || sub === 'let_us' || sub === 'want' || sub === 'will' || sub === 'deserve') moods.add(sub);
      if (sub === 'permission' && (is(cue, 'violence_predicate', 'wish_death') || of === 'exclusion_predicate'))
        moods.add('permission');
    }
  }
  // "Killing them is a duty", "their extermination must come".
  if ((has(cue, 'gerund', of) || has(cue, 'noun', of)) && headsClause(cue, scene)) {
    const clause = clauseOf(scene.s, cue);
    for (
      let i = scene.cues.indexOf(cue) + 1;
      i < scene.cues.length && clauseOf(scene.s, scene.cues[i]!) === clause;
      i++
    ) {
      const later = scene.cues[i]!;
      // "Бить женщин нельзя": one word for "must" and "not".
      if (is(later, 'negation')) break;
      if (is(later, 'modality', 'ought') || is(later, 'modality', 'deserve')) moods.add('ought');
    }
  }
  if (
    has(cue, 'base', of) &&
    grammarOf(cue, scene).imperative === 'base' &&
    plain(moods) &&
    headsClause(cue, scene) &&
    !forbidden(cue, scene)
  )
    moods.add('call');
  if (
    has(cue, 'base', of) &&
    grammarOf(cue, scene).infinitive === 'command' &&
    plain(moods) &&
    !dying(cue) &&
    commanded(cue, scene)
  )
    moods.add('call');
  if (has(cue, 'base', of) && grammarOf(cue, scene).imperative === 'marked' && moods.size === 0 && wholeOf(cue, scene))
    moods.add('call');
  // "Tomorrow we shoot them", "I'm throwing acid on them": the speaker's own plan.
  if (plain(moods) && hurting.has(of)) {
    const [self] = before(cue, scene);
    const own = self && self.to === cue.from && (is(self, 'pronoun', 'we') || is(self, 'pronoun', 'i'));
    if (own && ((has(cue, 'base', of) && !has(cue, 'past', of)) || has(cue, 'gerund', of))) moods.add('will');
  }
  // "Round them up and shoot them": the second verb goes on with the first one's mood.
  if (plain(moods) && (has(cue, 'base', of) || has(cue, 'call', of))) {
    const [join, ...rest] = before(cue, scene);
    if (join && is(join, 'conjunction', 'join') && cue.from - join.to <= 1) {
      const earlier = rest.find((other) => has(other, 'base') || has(other, 'call'));
      if (earlier) for (const mood of moodsOf(earlier, earlier.readings[0]!.entry.class, scene)) moods.add(mood);
    }
  }
  return moods;
}

/** "الجنود اغتصبوا …": a form that is a command or tells of what was done tells of it behind those who did it. */
function toldOfDoers(cue: Cue, of: CueClass, scene: Scene): boolean {
  if (!has(cue, 'past', of) || has(cue, 'base', of) || grammarOf(cue, scene).order === 'SOV') return false;
  const [noun] = before(cue, scene);
  return (
    noun !== undefined &&
    cue.from - noun.to <= 1 &&
    clauseOf(scene.s, noun) === clauseOf(scene.s, cue) &&
    (is(noun, 'nonprotected_noun') || is(noun, 'individual_noun') || is(noun, 'group_term'))
  );
}

const hurting: ReadonlySet<CueClass> = new Set([
  'violence_predicate',
  'sexual_violence_predicate',
  'property_destruction_predicate',
]);

/** Nothing but an "if" was found. */
const plain = (moods: ReadonlySet<Mood>): boolean => moods.size === (moods.has('conditional') ? 1 : 0);

/** A base form is a command when nothing but vocatives, particles and swearing stands before it in its clause. */
function headsClause(cue: Cue, scene: Scene): boolean {
  const first = clauseStart(cue, scene);
  if (unknownBetween(scene, first, cue.from) > 0) return false;
  const leading = between(scene, first, cue.from);
  // "A bomb killed": after an article it is a noun.
  const last = leading.at(-1);
  if (last && last.to === cue.from && is(last, 'quantifier', 'article')) return false;
  return leading.every(
    (other) =>
      // "Somebody shoot them."
      is(other, 'individual_noun', 'somebody') ||
      is(other, 'negation') ||
      is(other, 'profanity') ||
      is(other, 'conjunction') ||
      is(other, 'opinion') ||
      is(other, 'modality') ||
      is(other, 'quantifier') ||
      is(other, 'pronoun', 'you') ||
      is(other, 'pronoun', 'you_pl'),
  );
}

/** "Matar a todos los G": an infinitive and all of its people are the whole sentence. */
function wholeOf(cue: Cue, scene: Scene): boolean {
  const { s } = scene;
  const sentence = sentenceOf(s, cue);
  if (!opensSentence(cue, scene) || s.questions[sentence]) return false;
  let end = cue.to;
  while (end < s.sentence.length && s.sentence[end] === sentence) end++;
  const rest = between(scene, cue.to, end);
  const named = rest.findIndex((other) => is(other, 'group_term') || is(other, 'slur'));
  const all = rest.findIndex((other) => is(other, 'quantifier') && !is(other, 'quantifier', 'article'));
  return (
    named >= 0 &&
    all >= 0 &&
    all < named &&
    unknownBetween(scene, cue.to, end) === 0 &&
    rest.every((other) => withPeople.has(other.readings[0]!.entry.class))
  );
}

const withPeople: ReadonlySet<CueClass> = new Set([
  'group_term',
  'group_noun',
  'slur',
  'quantifier',
  'conjunction',
  'profanity',
  'derogatory_attribute',
]);

/** "drown", "starve": it is told of those who do it, and done to nobody. */
const dying = (cue: Cue): boolean =>
  is(cue, 'violence_predicate', 'wish_death') &&
  !is(cue, 'violence_predicate', 'kill') &&
  !is(cue, 'violence_predicate', 'harm');

/** "Бить женщин нельзя": behind the infinitive a word that says one must not. */
function forbidden(cue: Cue, scene: Scene): boolean {
  const clause = clauseOf(scene.s, cue);
  return scene.cues.some(
    (other) =>
      other.from >= cue.to &&
      clauseOf(scene.s, other) === clause &&
      is(other, 'negation') &&
      is(other, 'modality', 'ought'),
  );
}

/** "Ausländer abschieben!": an infinitive behind its people, and nothing else in the clause that could be its subject or object. */
function commanded(cue: Cue, scene: Scene): boolean {
  const clause = clauseOf(scene.s, cue);
  const first = clauseStart(cue, scene);
  const leading = between(scene, first, cue.from);
  const people = (other: Cue) =>
    is(other, 'group_term') || is(other, 'slur') || is(other, 'group_noun') || is(other, 'pronoun', 'them');
  if (!leading.some(people) || unknownBetween(scene, first, cue.from) > 1) return false;
  const plainly = leading.every(
    (other) =>
      people(other) ||
      is(other, 'quantifier') ||
      is(other, 'negation') ||
      is(other, 'profanity') ||
      is(other, 'derogatory_attribute', 'adjective') ||
      is(other, 'conjunction', 'join'),
  );
  if (!plainly) return false;
  let end = cue.to;
  while (end < scene.s.clause.length && scene.s.clause[end] === clause) end++;
  const next = between(scene, cue.to, end)[0];
  // "… und raus mit ihnen", "… wystrzelać jak kaczki".
  const joined =
    next !== undefined && next.from === cue.to && (is(next, 'conjunction', 'join') || is(next, 'comparison'));
  return (
    joined || end === cue.to || (between(scene, cue.to, end).length === 0 && unknownBetween(scene, cue.to, end) === 0)
  );
}

/** "Why should G be let in?", "Why do we still let G …?": a question whose only answer is no; not where an answer follows. */
export function rhetorical(cue: Cue, scene: Scene): boolean {
  const { s } = scene;
  const sentence = sentenceOf(s, cue);
  const asked = before(cue, scene).findLast((other) => is(other, 'question', 'why'));
  if (!asked || clauseOf(s, cue) - clauseOf(s, asked) > 1) return false;
  // "This is why we should …" gives a reason instead of asking for one.
  if (!s.questions[sentence] && !opensClause(asked, scene)) return false;
  return !scene.cues.some(
    (other) => is(other, 'conjunction', 'cause') && sentenceOf(s, other) === sentence + 1 && opensClause(other, scene),
  );
}

export const opensSentence = (cue: Cue, scene: Scene): boolean =>
  cue.from === 0 || scene.s.sentence[cue.from - 1] !== scene.s.sentence[cue.from];

const attitude = (cue: Cue) => is(cue, 'opinion') || is(cue, 'quotation') || is(cue, 'hypothetical');

/**
 * How many negations govern the predicate: between its subject and it, before it in the clause, inside the word, after it where the
 * language puts them there, and on an attitude verb above it ("I don't think that …").
 */
export function negations(cue: Cue, of: CueClass, target: Ref, scene: Scene): number {
  let count = has(cue, 'neg', of) ? 1 : 0;
  // "wish none of them dead": the negation stands inside a form in two parts.
  if (cue.tail)
    count += scene.cues.filter(
      (other) =>
        is(other, 'negation') && !is(other, 'negation', 'non') && other.from >= cue.to && other.to <= cue.tail!.from,
    ).length;
  const grammar = grammarOf(cue, scene);
  // Where negation comes in two pieces (ne … pas, aucun … ne), the pieces are one negation.
  const concord = grammar.negation.includes('around');
  let around = false;
  // "hiçbir G'ye güvenilmez": a predicate that is no attack without its own negation holds the other piece.
  const whole =
    is(cue, 'derogatory_attribute', 'predicate') || is(cue, 'exclusion_predicate') || of === 'counter_speech';
  const clause = clauseOf(scene.s, cue);
  const list = before(cue, scene);
  const pointing = pointer(cue, of, target, list);
  // "are no objects and deserve respect": counter-speech has a verb of its own.
  let predicate = of === 'counter_speech';
  let stopped: Cue | undefined;
  for (const [i, other] of list.entries()) {
    if (pointing && other.to <= pointing.from) break;
    // "are nobody's fools and should not be …": what was negated before the "and" is another predicate.
    if (is(other, 'conjunction', 'join') && predicate && other.to > target.to) break;
    predicate ||= is(other, 'copula') || is(other, 'modality') || is(other, 'negation');
    if (!is(other, 'negation')) continue;
    if (superlative(other, cue, target, scene)) continue;
    if (is(other, 'negation', 'non')) continue;
    // "neither … nor": one negation in two places.
    if (is(other, 'negation', 'second') && list.slice(i + 1).some((first) => is(first, 'negation'))) continue;
    if (leading(other, of, target, scene)) continue;
    // "If we don't stop the G, they …": nor does it matter whether they are stopped.
    if (stopsPeople(i, list, of, scene) || (stopped && stopped.from - other.to <= 1)) {
      stopped ??= other;
      continue;
    }
    // "I would never say, that": what ends in the clause reaches into it.
    const near =
      scene.s.clause[Math.max(other.from, other.to - 1)] === clause &&
      (cue.from - other.to <= reach || (other.to <= target.from && cue.from - other.to <= reach + 4));
    const above = list.slice(0, i).some(attitude) || (list[i + 1] !== undefined && attitude(list[i + 1]!));
    if (!near && !above) continue;
    // Without spaces every word in between is seen: what it denies is that word.
    if (strangerBetween(scene, other.to, cue.from)) continue;
    if (is(other, 'negation', 'around')) {
      // Hausa "ne" is a copula.
      around ||= !is(other, 'copula');
      if (concord) continue;
    }
    // "why not": an invitation, not a negation.
    const asked = list[i + 1];
    if (asked && is(asked, 'question') && other.from - asked.to === 0 && opensSentence(asked, scene)) continue;
    count++;
  }
  if (grammar.negation.includes('after') || grammar.negation.includes('around')) {
    const index = scene.cues.indexOf(cue);
    const next = scene.cues[index + 1];
    if (
      next &&
      is(next, 'negation') &&
      !is(next, 'negation', 'non') &&
      // Hausa "ne" is a copula.
      !(is(next, 'negation', 'around') && is(next, 'copula')) &&
      next.from - cue.to <= 1 &&
      clauseOf(scene.s, next) === clause &&
      !leading(next, of, target, scene) &&
      // "on ne peut faire confiance à aucun G"
      !(whole && is(next, 'negation', 'quantifier') && next.to <= target.from)
    )
      count++;
  }
  if (concord && around && count === 0 && !whole) count = 1;
  return count;
}

/** "Nobody wants these filthy G": what stands behind a demonstrative is not denied with the sentence. The demonstrative, where there is one. */
function pointer(cue: Cue, of: CueClass, target: Ref, list: readonly Cue[]): Cue | undefined {
  const called = of === 'derogatory_attribute' || of === 'dehumanising_noun' || of === 'profanity';
  if (!called || cue.to > target.from || target.from - cue.to > 1) return undefined;
  let first = cue;
  for (const other of list) {
    if (other.to !== first.from) return undefined;
    if (is(other, 'quantifier', 'demonstrative')) return other;
    if (!is(other, 'derogatory_attribute', 'adjective') && !is(other, 'profanity')) return undefined;
    first = other;
  }
  return undefined;
}

/** "Nothing disgusts me more than G", "no people more worthless than G": the negation lifts them above all others. */
const superlative = (negation: Cue, cue: Cue, target: Ref, scene: Scene): boolean =>
  is(negation, 'negation', 'quantifier') &&
  target.from >= cue.to &&
  // "schlimmer als" is one expression.
  (is(cue, 'comparison') ||
    scene.cues.some((other) => is(other, 'comparison') && other.from >= cue.to && other.to <= target.from));

/** "Stop the G before they overrun us": the people are to be stopped, and what is said of them stands. */
function stopsPeople(at: number, list: readonly Cue[], of: CueClass, scene: Scene): boolean {
  const negation = list[at]!;
  if (!accusing.has(of) || !is(negation, 'negation', 'stop')) return false;
  // The list goes backwards: what stands behind the word is nearer to its beginning.
  let behind = at - 1;
  while (behind >= 0 && is(list[behind]!, 'quantifier')) behind--;
  const next = list[behind];
  return (
    next !== undefined &&
    (is(next, 'group_term') || is(next, 'slur')) &&
    unknownBetween(scene, negation.to, next.from) === 0
  );
}

const accusing: ReadonlySet<CueClass> = new Set(['threat_claim', 'conspiracy_trope', 'derogatory_attribute']);

const evaluating: ReadonlySet<CueClass> = new Set([
  'derogatory_attribute',
  'dehumanising_noun',
  'hostile_emotion',
  'profanity',
]);

/** A negation that asks for a yes: "Aren't they rats?", "Which G is not a thief?", "Is there one G who isn't?". */
function leading(negation: Cue, of: CueClass, target: Ref, scene: Scene): boolean {
  const { s } = scene;
  const sentence = sentenceOf(s, negation);
  if (is(negation, 'negation', 'inverted') && (s.questions[sentence] || opensSentence(negation, scene))) return true;
  const first = scene.cues.find((other) => sentenceOf(s, other) === sentence);
  // The question mark is often left out.
  const asking = first !== undefined && is(first, 'question', 'which') && opensSentence(first, scene);
  if (!s.questions[sentence] && !asking) return false;
  if (is(negation, 'negation', 'quantifier')) return false;
  if (opensSentence(negation, scene)) return true;
  if (first && opensSentence(first, scene)) {
    if (first.to >= negation.from && (is(first, 'copula') || is(first, 'modality'))) return true;
    // "Are G not disgusting?"
    if (is(first, 'copula') && target.to <= negation.from && evaluating.has(of)) return true;
  }
  const earlier = scene.cues.filter(
    (other) => sentenceOf(s, other) === sentence && other.to <= negation.from && other.to <= target.to,
  );
  return (
    target.to <= negation.from &&
    earlier.some(
      (other) =>
        (is(other, 'question', 'which') && (target.from - other.to <= 2 || other.to - other.from > 1)) ||
        is(other, 'quantifier', 'any'),
    )
  );
}

/** Who stands at the other end of the predicate: the speaker's side as its object (`us`) or as its subject (`self`). */
export function otherSide(cue: Cue, target: Ref, scene: Scene): 'us' | 'self' | undefined {
  const sentence = sentenceOf(scene.s, cue);
  if (target.to <= cue.from) {
    // "G want us all to be killed" stands as "G want us all kill" in many languages.
    const between = scene.refs.filter((ref) => ref.from >= target.to && ref.to <= cue.from);
    if (between.some((ref) => is(ref.cue, 'pronoun', 'us'))) return 'us';
    const object = scene.refs.find((ref) => ref.from >= cue.to && sentenceOf(scene.s, ref) === sentence);
    if (object?.kind !== 'self' || object.from - cue.to > 3 || dying(cue)) return undefined;
    // "My G mum would kill me if …": one person's fear of others is no plan against a people.
    if (is(object.cue, 'pronoun', 'i')) return undefined;
    // "G are starving, and we do nothing": we are the subject of what follows.
    const apart =
      clauseOf(scene.s, object) !== clauseOf(scene.s, cue) ||
      scene.cues.some(
        (other) =>
          other.from >= cue.to &&
          other.to <= object.from &&
          (is(other, 'conjunction', 'join') || is(other, 'conjunction', 'cause')),
      );
    return apart ? undefined : 'us';
  }
  const subject = scene.refs.findLast((ref) => ref.to <= cue.from && sentenceOf(scene.s, ref) === sentence);
  return subject?.kind === 'self' ? 'self' : undefined;
}
