import { has, is } from './cues.js';
import type { Cue } from './cues.js';
import type { Draft } from './draft.js';
import { copulaBetween, implied } from './link.js';
import { moodsOf, negations } from './mood.js';
import type { Ref } from './ref.js';
import { around } from './scene.js';
import type { Scene } from './scene.js';
import { stanceOf } from './stance.js';
import { clauseOf, sentenceOf } from './structure.js';
import type { CueClass } from './types.js';

/** A word that attacks by its own meaning: a slur or coded term, alone when its entry says so, else beside something hostile. */
export function byItself(
  cue: Cue,
  said: { attacks: ReadonlySet<Cue | undefined>; targets: ReadonlySet<Cue>; denied: ReadonlySet<Cue | undefined> },
  whole: Scene,
  satire: boolean,
): Draft | undefined {
  const naming = cue.readings.filter((r) => r.entry.class !== 'group_term' && (r.entry.targets?.length ?? 0) > 0);
  // Several packs may know the word: that of the language that most is said in is asked too.
  const unsure =
    naming.length > 1 && naming[0]!.entry.standalone !== true && naming.some(({ entry: one }) => one.standalone);
  const main = unsure ? mainLanguage(whole) : undefined;
  const known = unsure && naming.some(({ entry: one }) => one.lang === main);
  const own = unsure
    ? naming.find(({ entry: one }) => one.standalone === true && (one.lang === main || !known))
    : undefined;
  const entry = (naming[0]?.entry.standalone === true ? naming[0] : (own ?? naming[0]))?.entry;
  if (!entry) return undefined;
  const scene = around(whole, cue);
  const ref = scene.refs.find((other) => other.cue === cue);
  if (ref && (ref.kind !== 'protected' || !ref.slur)) return undefined;
  if (!ref && !entry.standalone) return undefined;
  if (said.attacks.has(cue)) return undefined;
  if (ref && saidOfThing(ref, scene)) return undefined;
  const hostile = said.targets.has(cue);
  if (!hostile && (entry.unverified || (!entry.standalone && !(ref && supported(ref, scene, said.denied)))))
    return undefined;
  const target: Ref = ref ?? { ...implied(cue, entry.targets!), slur: true };
  const slur = entry.class === 'slur';
  // A slur without a harmless sense is one in every sentence.
  const denied = has(cue, 'neg') ? 1 : entry.standalone ? 0 : deniedOf(cue, entry.class, ref, scene);
  return {
    rule: {
      id: slur ? 'slur' : 'coded',
      category: entry.category ?? (slur ? 'T22' : 'T09'),
      reason: slur ? 'A slur for a group is used.' : 'A word with a hostile history about a group is used.',
      severity: entry.severity ?? 3,
    },
    attack: cue,
    target,
    link: 'term',
    moods: new Set(),
    negations: denied,
    intensity: 2,
    satire,
    judged: stanceOf(cue, target, denied, scene),
  };
}

/** "Not all G are …", "G are no …": a slur is what others are said not to be. */
function deniedOf(cue: Cue, of: CueClass, ref: Ref | undefined, scene: Scene): number {
  if (!ref) return 0;
  const subject = scene.refs.findLast(
    (other) => other !== ref && other.to <= cue.from && clauseOf(scene.s, other) === clauseOf(scene.s, cue),
  );
  return subject?.kind === 'protected' ? negations(cue, of, subject, scene) : 0;
}

/** The language of most cues. */
function mainLanguage({ cues }: Scene): string | undefined {
  const counts = new Map<string, number>();
  for (const cue of cues)
    for (const lang of new Set(cue.readings.map(({ entry }) => entry.lang)))
      counts.set(lang, (counts.get(lang) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** "My car is a …": a thing is called names. */
function saidOfThing(ref: Ref, scene: Scene): boolean {
  const before = scene.refs[scene.refs.indexOf(ref) - 1];
  return (
    before !== undefined &&
    before.kind === 'object' &&
    before.number !== 'many' &&
    sentenceOf(scene.s, before) === sentenceOf(scene.s, ref) &&
    ref.from - before.to <= 3 &&
    copulaBetween(ref.cue, before, scene)
  );
}

/**
 * A slur that does not stand alone counts beside something hostile, or where it plainly names people ("those G", "you G"); one that is often used
 * among friends only beside hatred, violence, expulsion or dehumanisation, as swearing is part of how friends use it.
 */
function supported(ref: Ref, scene: Scene, denied: ReadonlySet<Cue | undefined>): boolean {
  const familiar = ref.cue.readings.some((r) => r.entry.sub === 'familiar');
  const doubtful = ref.cue.readings.every((r) => r.entry.ambiguity === 'high');
  const at = scene.cues.indexOf(ref.cue);
  const before = scene.cues[at - 1];
  if (!doubtful && before && ref.from - before.to === 0 && sentenceOf(scene.s, before) === sentenceOf(scene.s, ref)) {
    if (is(before, 'group_noun', 'demonstrative') || is(before, 'pronoun', 'you') || is(before, 'pronoun', 'you_pl'))
      return true;
    if (is(before, 'quantifier') && !is(before, 'quantifier', 'article')) return true;
  }
  if (familiar)
    return (
      before !== undefined &&
      ref.from - before.to <= 1 &&
      sentenceOf(scene.s, before) === sentenceOf(scene.s, ref) &&
      (is(before, 'hostile_emotion', 'subject') ||
        (is(before, 'violence_predicate') && moodsOf(before, 'violence_predicate', scene).size > 0) ||
        (is(before, 'expulsion_predicate') && moodsOf(before, 'expulsion_predicate', scene).size > 0))
    );
  return scene.cues.some(
    (cue) =>
      cue !== ref.cue &&
      !denied.has(cue) &&
      sentenceOf(scene.s, cue) === sentenceOf(scene.s, ref) &&
      (is(cue, 'profanity') ||
        is(cue, 'derogatory_attribute') ||
        (!doubtful && is(cue, 'conspiracy_trope')) ||
        is(cue, 'hostile_emotion') ||
        is(cue, 'dehumanising_noun') ||
        is(cue, 'expulsion_predicate') ||
        is(cue, 'violence_predicate')),
  );
}
