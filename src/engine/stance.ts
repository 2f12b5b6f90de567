import { has, is, isAny } from './cues.js';
import type { Cue } from './cues.js';
import { moodsOf, opensSentence } from './mood.js';
import type { Ref } from './ref.js';
import { attackClasses, deedClasses } from './rules.js';
import { between, firstTokenOf, grammarOf, unknownBetween } from './scene.js';
import type { Scene } from './scene.js';
import { endorsed, governs, thirdParty, toldAfter } from './speech.js';
import { clauseOf, sentenceOf } from './structure.js';
import type { Stance } from './types.js';

export interface Judged {
  stance: Stance;
  cleared: boolean;
  /** Cues that decided it. */
  because: Cue[];
  /** 0–1, lowers the confidence. */
  certainty: number;
}

/** A verb that says so only of a speaker who is named before it: without one it is the writer's own ("说", "骂"). */
const spokenBy = (cue: Cue, scene: Scene): boolean => {
  if (!cue.readings.every(({ entry }) => entry.class === 'quotation' && entry.sub === 'by')) return true;
  const speaker = scene.refs.findLast((ref) => ref.to <= cue.from && clauseOf(scene.s, ref) === clauseOf(scene.s, cue));
  return (
    speaker !== undefined &&
    cue.from - speaker.to <= 2 &&
    (speaker.kind === 'individual' ||
      speaker.kind === 'nonprotected' ||
      speaker.kind === 'function' ||
      is(speaker.cue, 'pronoun', 'he_she') ||
      is(speaker.cue, 'pronoun', 'they'))
  );
};

/** Clauses away from which something tells of a statement in a script without spaces. */
const denseClauses = 1;

/** Whether the writer asserts what the cue says of the target, or negates, quotes, reports, condemns, asks or imagines it. */
export function stanceOf(cue: Cue, target: Ref, negationCount: number, scene: Scene): Judged {
  const { s } = scene;
  const judged = (stance: Stance, cleared: boolean, because: Cue[], certainty = 1): Judged => ({
    stance,
    cleared,
    because,
    certainty,
  });
  if (negationCount % 2 === 1)
    return judged(
      'negated',
      true,
      scene.cues.filter((c) => is(c, 'negation') && sentenceOf(s, c) === sentenceOf(s, cue)),
    );

  const sentence = sentenceOf(s, cue);
  const quoted = s.quoted[Math.min(cue.from, s.quoted.length - 1)] ?? false;
  const inQuotes = (other: Cue) => s.quoted[Math.min(other.from, s.quoted.length - 1)] ?? false;
  const near = (distance: number) => (other: Cue) =>
    other !== cue && Math.abs(sentenceOf(s, other) - sentence) <= distance;
  if (quoted) {
    const outside = scene.cues.filter((other) => near(2)(other) && !inQuotes(other));
    const against = outside.filter(
      (other) =>
        is(other, 'condemnation') ||
        is(other, 'counter_speech') ||
        (is(other, 'negation') && near(0)(other) && followedBySpeech(other, scene)),
    );
    if (against.length > 0) return judged('condemned', true, against);
    const attribution = outside.filter((other) => near(1)(other) && (is(other, 'quotation') || is(other, 'reporting')));
    if (attribution.length > 0 && !endorsed(attribution[0]!, scene)) return judged('quoted', true, attribution);
    // Set into a sentence of the writer's own: the words are mentioned, not used.
    if (unquotedWords(sentence, scene) >= 3) return judged('quoted', true, outside.filter(near(0)));
    if (outside.some(near(0))) return judged('quoted', false, [], 0.7);
  }

  const reach = withinContrast(cue, scene).filter((other) => spokenBy(other, scene));
  const speech = (other: Cue) => is(other, 'quotation') || is(other, 'hypothetical');
  const told = reach.find((other) => is(other, 'quotation') && toldAfter(other, cue, target, scene));
  const speechBefore = reach.filter(
    (other) => speech(other) && other.to <= cue.from && other.to <= Math.max(target.from, cue.from),
  );
  const condemning = reach.filter((other) => is(other, 'condemnation') && other !== cue && !denied(other, scene));
  const nominal = has(cue, 'gerund') || has(cue, 'noun');
  for (const other of condemning) {
    const leads = other.to <= cue.from;
    if (
      speechBefore.length > 0 ||
      told ||
      (leads && (nominal || is(other, 'condemnation', 'stop') || is(other, 'condemnation', 'speech')))
    )
      return judged('condemned', true, [other, ...speechBefore]);
    // "Einen G einen Dieb zu nennen, ist …": the saying stands between what is said and the verdict on it.
    const called = reach.find(
      (verb) =>
        is(verb, 'quotation') && verb.from >= Math.max(cue.to, target.to) && verb.to <= other.from && verb !== other,
    );
    if (called) return judged('condemned', true, [other, called]);
    // "Hört auf, G Diebe zu nennen", "G'lere hırsız demeyi bırakın": whoever does so is told to leave off, and the saying comes last.
    const after = scene.cues[scene.cues.indexOf(cue) + 1];
    if (after && after.from - cue.to <= 1 && clauseOf(s, after) === clauseOf(s, cue) && target.to <= cue.from)
      if (leads ? is(after, 'quotation') : after === other && is(other, 'condemnation', 'stop'))
        return judged('condemned', true, [other, after]);
    // "To beat G is wrong": what stands right behind them is said of the deed.
    if (
      !leads &&
      target.to <= other.from &&
      (nominal ||
        bareInfinitive(cue, scene) ||
        (isAny(cue, deedClasses) && !is(cue, 'justification') && cue.to <= target.from && other.from === target.to))
    )
      return judged('condemned', true, [other]);
  }
  // "Anyone who hates G": their feeling, unless they are praised for it.
  const holder = is(cue, 'hostile_emotion') && scene.cues[scene.cues.indexOf(cue) - 1];
  const praising = (other: Cue) =>
    is(other, 'praise', 'verb') || is(other, 'praise', 'adjective') || is(other, 'glorification');
  if (holder && is(holder, 'hypothetical', 'whoever') && holder.to === cue.from && !reach.some(praising))
    return judged('reported', true, [holder]);
  // "Hatred of G is repulsive."
  const despised =
    (has(cue, 'noun', 'hostile_emotion') || (has(cue, 'gerund', 'hostile_emotion') && opensSentence(cue, scene))) &&
    reach.find(
      (other) =>
        is(other, 'derogatory_attribute', 'adjective') &&
        other.from >= target.to &&
        clauseOf(s, other) === clauseOf(s, target) &&
        unknownBetween(scene, target.to, other.from) === 0,
    );
  if (despised) return judged('condemned', true, [despised]);
  // "G sono persone violente": the adjective says what people they are.
  const qualified = (other: Cue) =>
    other.to === cue.from &&
    is(cue, 'derogatory_attribute', 'adjective') &&
    grammarOf(cue, scene).attributive !== 'before' &&
    clauseOf(s, other) === clauseOf(s, cue);
  const countering = reach.filter(
    (other) => other !== cue && is(other, 'counter_speech') && !denied(other, scene) && !qualified(other),
  );
  if (countering.length > 0) return judged('condemned', true, countering);
  const others = blamed(cue, target, reach, scene);
  if (others) return judged('condemned', true, others);
  const enemies = ofTheirEnemies(cue, target, scene) ?? whoeverDoesSo(cue, target, scene);
  if (enemies) return judged('condemned', true, enemies);
  const imagined = speechBefore.filter((other) => is(other, 'hypothetical') && !is(other, 'hypothetical', 'whoever'));
  if (imagined.length > 0) return judged('hypothetical', true, imagined);
  const said = speechBefore.find(
    (other) => is(other, 'quotation') && !endorsed(other, scene) && governs(other, cue, target, scene),
  );
  // "He used to say, and he was right, that …": before the statement it must belong to the same sentence.
  const agreed = scene.cues.some(
    (other) => is(other, 'opinion', 'agree') && near(other.from >= cue.from ? 1 : 0)(other) && !denied(other, scene),
  );
  if (!agreed && (said ?? told)) return judged('reported', true, [(said ?? told)!]);
  // "G are rats, they keep saying. That is shameful."
  const retold = reach.find(
    (other) => is(other, 'quotation') && other.from >= Math.max(cue.to, target.to) && !endorsed(other, scene),
  );
  const verdict =
    retold &&
    scene.cues.find(
      (other) => is(other, 'condemnation') && sentenceOf(s, other) === sentence + 1 && !denied(other, scene),
    );
  if (verdict) return judged('condemned', true, [retold, verdict]);
  const defined = is(cue, 'slur') || is(cue, 'coded_term') || is(cue, 'event_code');
  // "They mourn in our streets, I wish somebody would shoot them": what tells of harm does not report a call.
  // So do those who mock the victims of an atrocity.
  const urged = urging(cue, scene) || is(cue, 'justification') || is(cue, 'glorification') || is(cue, 'denial');
  const reporting = [
    ...reach.filter(
      (other) =>
        is(other, 'reporting') &&
        !(
          urged &&
          is(other, 'reporting', 'harm') &&
          !is(other, 'reporting', 'news') &&
          !is(other, 'reporting', 'court')
        ),
    ),
    ...(defined ? scene.cues.filter((other) => near(1)(other) && is(other, 'reporting', 'reference')) : []),
  ];
  if (reporting.length > 0) return judged('reported', true, reporting);
  const party = thirdParty(cue, target, scene);
  if (party) return judged('reported', true, [party.cue]);
  const named = is(cue, 'slur') ? cue : target.slur ? target.cue : undefined;
  if (named) {
    const own = reach.filter(
      (other) =>
        is(other, 'reclaimed') ||
        ((is(other, 'pronoun', 'we') || is(other, 'pronoun', 'i') || is(other, 'pronoun', 'us')) &&
          other.to <= named.from &&
          named.from - other.to <= 3 &&
          ownName(other, named, scene)),
    );
    if (own.length > 0) return judged('reclaimed', true, own);
  }
  if (s.questions[sentence]) {
    const wondered = wonderedAt(cue, scene);
    return wondered ? judged('questioned', true, wondered) : judged('questioned', false, [], 0.8);
  }
  return judged('asserted', false, []);
}

/**
 * "Whoever says that G are rats should be ashamed", "if you hate G you are a fool", "telling G to die is evil": the sentence speaks of those who say or
 * do it, and what it says of them is bad. What decided it; `undefined` when it is no such sentence.
 */
function blamed(cue: Cue, target: Ref, reach: readonly Cue[], scene: Scene): Cue[] | undefined {
  const first = Math.min(cue.from, target.from);
  const head = reach.find(
    (other) =>
      other !== cue && (is(other, 'hypothetical', 'whoever') || is(other, 'quotation', 'label')) && other.to <= first,
  );
  if (!head || (startsWith(head) && head.from > 0 && scene.s.sentence[head.from - 1] === scene.s.sentence[head.from]))
    return undefined;
  const told = between(scene, head.to, first);
  // "People who are G are rats" speaks of the G; "if you think that G are rats, you are one" of the reader.
  const reader = is(target.cue, 'pronoun', 'you') && scene.s.clause[first] !== scene.s.clause[head.from];
  // "Who says so, they themselves are …": where the verb comes last the relative is taken up again.
  if (target.via === 'pronoun' && grammarOf(head, scene).order === 'SOV') return [head];
  if (!reader && told.some((other) => is(other, 'copula')) && unknownBetween(scene, head.to, first) === 0)
    return undefined;
  const last = Math.max(cue.to, target.to);
  const verdict = reach.find(
    (other) =>
      other.from >= last &&
      (is(other, 'condemnation') ||
        is(other, 'counter_speech') ||
        is(other, 'derogatory_attribute') ||
        is(other, 'dehumanising_noun') ||
        is(other, 'profanity', 'insult')),
  );
  if (verdict) return [head, verdict];
  if (!reader && predicateOfHead(head, cue, target, told, scene)) return [head];
  // Where the verb comes last no comma parts what they say from what is said of them: the first insult is theirs, the last one the writer's.
  const earlier = (other: Cue) => is(other, 'derogatory_attribute') || is(other, 'dehumanising_noun');
  if (grammarOf(head, scene).order === 'SOV' && between(scene, target.to, cue.from).some(earlier)) return [head];
  // "Whoever sells to G should know that they are scum": said of them after all.
  if (is(target.cue, 'pronoun', 'they') && scene.cues.some((other) => other.from === target.to && is(other, 'copula')))
    return undefined;
  if (reader) return [head];
  const evaluation =
    cue.from >= target.to &&
    between(scene, target.to, cue.from).some((other) => is(other, 'copula') || is(other, 'pronoun', 'you'));
  // "I tell people that G are rats": nothing stands between, and what follows is what is said.
  const apart =
    target.from > head.to ||
    clauseOf(scene.s, cue) !== clauseOf(scene.s, target) ||
    between(scene, target.to, cue.from).some((other) => is(other, 'pronoun', 'you'));
  return evaluation && apart ? [head] : undefined;
}

/** "Why do people hate G so much?": asked about other people's feeling. */
function wonderedAt(cue: Cue, scene: Scene): Cue[] | undefined {
  if (!is(cue, 'hostile_emotion')) return undefined;
  const { cues, s } = scene;
  const sentence = sentenceOf(s, cue);
  const why = cues.find((other) => sentenceOf(s, other) === sentence);
  if (!why || !is(why, 'question') || !opensSentence(why, scene)) return undefined;
  const at = cues.indexOf(cue);
  const people = [cues[at - 1], cues[at + 1]].find(
    (other) => other !== undefined && sentenceOf(s, other) === sentence && is(other, 'group_noun', 'person'),
  );
  return people && [why, people];
}

/** "赶走G的人应该感到羞耻": where the relative stands before its noun, those who do it are named right behind the people, and judged. */
function whoeverDoesSo(cue: Cue, target: Ref, scene: Scene): Cue[] | undefined {
  const { cues, s } = scene;
  if (s.dense[cue.from] !== true || !isAny(cue, deedClasses) || cue.from > target.from) return undefined;
  const last = Math.max(cue.to, target.to);
  const who = cues.find((other) => other.from >= last);
  if (!who || who.from - last > 1 || !(is(who, 'group_noun', 'person') || is(who, 'nonprotected_noun')))
    return undefined;
  const verdict = cues.find(
    (other) =>
      other.from >= who.to &&
      clauseOf(s, other) === clauseOf(s, who) &&
      (is(other, 'condemnation') || is(other, 'derogatory_attribute') || is(other, 'dehumanising_noun')),
  );
  return verdict && [who, verdict];
}

/** "Racists who want to drive out G should be ashamed": the sentence begins with them, tells what they do, and judges them. */
function ofTheirEnemies(cue: Cue, target: Ref, scene: Scene): Cue[] | undefined {
  const { cues, s } = scene;
  const sentence = sentenceOf(s, cue);
  const here = (other: Cue | Ref) => sentenceOf(s, other) === sentence;
  const head = cues.find((other) => here(other) && !is(other, 'quantifier') && !is(other, 'conjunction', 'case'));
  if (
    !head ||
    !is(head, 'nonprotected_noun') ||
    !(is(head, 'condemnation') || is(head, 'derogatory_attribute', 'noun'))
  )
    return undefined;
  if (target.from < head.to || target.via !== 'name' || unknownBetween(scene, firstTokenOf(s, sentence), head.from) > 0)
    return undefined;
  const told = between(scene, head.to, target.from).filter((other) => !is(other, 'quantifier', 'article'));
  // "Racists and G" are two.
  if (told.some((other) => is(other, 'copula')) || (told.length === 1 && is(told[0]!, 'conjunction', 'join')))
    return undefined;
  const rest = cues.filter((other) => here(other) && other.from >= head.to);
  const deed = rest.find(
    (other) =>
      (isAny(other, deedClasses) || is(other, 'threat_claim') || is(other, 'hostile_emotion')) &&
      !is(other, 'justification'),
  );
  const verdict = rest.findLast(
    (other) =>
      other.from >= target.to &&
      other !== deed &&
      (is(other, 'condemnation') || is(other, 'derogatory_attribute') || is(other, 'modality', 'ought')),
  );
  return deed && verdict && (cue === head || cue === deed || cue.from >= verdict.from) ? [head, verdict] : undefined;
}

/**
 * "Those who attack G have no heart": those who do it are the subject of the sentence, G only the object of what they do. What they deserve for it is theirs
 * only where they do harm: "those who help G should be shot" is aimed at the G too.
 */
function predicateOfHead(head: Cue, cue: Cue, target: Ref, told: readonly Cue[], scene: Scene): boolean {
  const { s } = scene;
  if (cue.from < target.to || target.via === 'pronoun' || clauseOf(s, head) !== clauseOf(s, target)) return false;
  if (scene.refs.some((ref) => ref.kind === 'protected' && ref.from >= head.to && ref.to <= target.from)) return false;
  const harmful = told.some((other) => isAny(other, attackClasses) && !is(other, 'praise'));
  if (is(cue, 'glorification') || is(cue, 'justification')) return false;
  if (isAny(cue, deedClasses)) return harmful && has(cue, 'participle');
  return harmful || startsWith(head) || head.to - head.from > 1 || unknownBetween(scene, head.to, target.from) > 0;
}

/** "Blaming G for it is …" is such a head only where a sentence begins. */
const startsWith = (head: Cue): boolean => head.readings.some(({ features }) => features.includes('gerund'));

/** "we G", "I am a proud G". */
function ownName(self: Cue, cue: Cue, scene: Scene): boolean {
  const gap = between(scene, self.to, cue.from);
  // Where the verb comes last the name between it and "I" may be its object: "मैं किसी भी … को जिंदा नहीं छोड़ूंगा".
  if (grammarOf(cue, scene).order === 'SOV' && isObject(cue, scene)) return false;
  // "I'm a G", "im a G": the copula is inside the pronoun.
  const contracted = is(self, 'pronoun', 'contracted');
  return (
    (contracted &&
      gap.every(
        (c) => is(c, 'quantifier', 'article') || is(c, 'praise') || is(c, 'derogatory_attribute', 'adjective'),
      ) &&
      unknownBetween(scene, self.to, cue.from) <= 1) ||
    self.to === cue.from ||
    (gap.some((c) => is(c, 'copula')) &&
      scene.s.clause[self.from] === scene.s.clause[cue.from] &&
      gap.every((c) => is(c, 'copula') || is(c, 'praise') || is(c, 'reclaimed') || is(c, 'quantifier')))
  );
}

/** A word for the object stands right behind it, or something that ought to be done to it or will be. */
function isObject(cue: Cue, scene: Scene): boolean {
  const clause = clauseOf(scene.s, cue);
  return scene.cues.some((other) => {
    if (other.from < cue.to || clauseOf(scene.s, other) !== clause) return false;
    if (other.from === cue.to && is(other, 'conjunction', 'case')) return true;
    const of = other.readings[0]!.entry.class;
    if (!deedClasses.has(of)) return false;
    const moods = moodsOf(other, of, scene);
    return moods.has('will') || moods.has('call') || moods.has('let_us') || moods.has('want');
  });
}

/** "To hate G is wrong": nobody does it. */
function bareInfinitive(cue: Cue, scene: Scene): boolean {
  const { s } = scene;
  const at = scene.cues.indexOf(cue);
  const before = scene.cues[at - 1];
  const first = before === undefined || sentenceOf(s, before) !== sentenceOf(s, cue);
  return first && has(cue, 'base') && cue.from > 0 && cue.from - firstTokenOf(s, sentenceOf(s, cue)) === 1;
}

const urging = (cue: Cue, scene: Scene): boolean =>
  cue.readings.some(({ entry }) => {
    const moods =
      attackClasses.has(entry.class) && entry.class !== 'hostile_emotion'
        ? moodsOf(cue, entry.class, scene)
        : undefined;
    return moods !== undefined && (moods.has('call') || moods.has('let_us') || moods.has('want'));
  });

function unquotedWords(sentence: number, { s }: Scene): number {
  let count = 0;
  for (let token = firstTokenOf(s, sentence); token < s.sentence.length && s.sentence[token] === sentence; token++)
    if (!s.quoted[token]) count++;
  return count;
}

/**
 * Cues of the sentence on the same side of every "but". Where commas part what others would part by full stops, as in Chinese, those few clauses away
 * alone.
 */
function withinContrast(cue: Cue, scene: Scene): Cue[] {
  const sentence = sentenceOf(scene.s, cue);
  const clause = clauseOf(scene.s, cue);
  const most = scene.s.dense[cue.from] === true ? denseClauses : Infinity;
  const at = scene.cues.indexOf(cue);
  const beside = (other: Cue | undefined): other is Cue =>
    other !== undefined &&
    sentenceOf(scene.s, other) === sentence &&
    Math.abs(clauseOf(scene.s, other) - clause) <= most &&
    !is(other, 'conjunction', 'contrast');
  let [from, to] = [at, at + 1];
  while (beside(scene.cues[from - 1])) from--;
  while (beside(scene.cues[to])) to++;
  return [...scene.cues.slice(from, at), ...scene.cues.slice(at + 1, to)];
}

function followedBySpeech(negation: Cue, scene: Scene): boolean {
  const next = scene.cues[scene.cues.indexOf(negation) + 1];
  return next !== undefined && (is(next, 'quotation') || is(next, 'opinion'));
}

/** "do not deserve respect": the opposite of counter-speech. */
function denied(cue: Cue, scene: Scene): boolean {
  const previous = scene.cues[scene.cues.indexOf(cue) - 1];
  return (
    previous !== undefined &&
    is(previous, 'negation') &&
    !is(previous, 'negation', 'non') &&
    // "Isn't it wrong to …?"
    !(is(previous, 'negation', 'inverted') && opensSentence(previous, scene)) &&
    cue.from - previous.to <= 1
  );
}
