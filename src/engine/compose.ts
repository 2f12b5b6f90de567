import { byItself } from './alone.js';
import { has, is } from './cues.js';
import type { Cue } from './cues.js';
import type { Draft } from './draft.js';
import { copulaBetween, linkTarget } from './link.js';
import { moodsOf, negations, otherSide, rhetorical } from './mood.js';
import type { Ref } from './ref.js';
import { rules } from './rules.js';
import type { LinkKind, Mood, Rule } from './rules.js';
import { around, grammarOf } from './scene.js';
import type { Scene } from './scene.js';
import { stanceOf } from './stance.js';
import { clauseOf, sentenceOf } from './structure.js';
import type { CueClass } from './types.js';

const ruleIndex = new Map<CueClass, Rule[]>();
for (const rule of rules) for (const of of rule.attack) ruleIndex.set(of, [...(ruleIndex.get(of) ?? []), rule]);

/** Applies the rules to a scene. Cleared drafts are kept: the explanation shows them. */
export function compose(scene: Scene): Draft[] {
  const drafts: Draft[] = [];
  const satire = scene.cues.some((cue) => is(cue, 'opinion', 'satire'));
  for (const cue of scene.cues) {
    if (!cue.readings.some((reading) => ruleIndex.has(reading.entry.class))) continue;
    const view = around(scene, cue);
    const asked = remember(cue, view);
    const tried = new Set<Rule>();
    for (const reading of cue.readings) {
      for (const rule of ruleIndex.get(reading.entry.class) ?? []) {
        if (tried.has(rule) || !matches(rule, reading.entry.sub)) continue;
        tried.add(rule);
        const draft = apply(rule, cue, reading.entry.class, view, satire, asked);
        if (draft) {
          drafts.push(draft);
          break;
        }
      }
    }
  }
  const standing = drafts.filter((draft) => !draft.judged.cleared);
  const attacks = new Set(standing.map((d) => d.attack));
  const said = {
    attacks,
    targets: new Set(standing.map((d) => d.target.cue)),
    // "Whoever says G are dirty is a fool": what is condemned supports nothing.
    denied: new Set(
      drafts.filter((d) => d.judged.stance === 'condemned' && !attacks.has(d.attack)).map((d) => d.attack),
    ),
  };
  for (const cue of scene.cues) {
    const draft = byItself(cue, said, scene, satire);
    if (draft) drafts.push(draft);
  }
  return drafts;
}

/** Subs that only the rules made for them know: what others are given is an attack only when it is refused, and the like. */
const granted = new Set([
  'benefit',
  'permission',
  'slogan',
  'no_entry',
  'takeover',
  'event',
  'staged',
  'people',
  'listing',
  'mobilise',
  'guilt',
  'shock',
  'claim',
  'crowd',
  'hero',
]);

const matches = (rule: Rule, sub: string | undefined): boolean =>
  rule.sub ? rule.sub.includes(sub ?? '') : !(sub !== undefined && granted.has(sub) && rule.attack.length > 0);

interface Remembered {
  moods(of: CueClass): Set<Mood>;
  target(link: LinkKind, of: CueClass): Ref | undefined;
}

/** Mood and target of a cue are asked for by rule after rule, and do not depend on the rule. */
function remember(cue: Cue, scene: Scene): Remembered {
  const moods = new Map<CueClass, Set<Mood>>();
  const targets = new Map<string, Ref | undefined>();
  const moodsFor = (of: CueClass): Set<Mood> => {
    let known = moods.get(of);
    if (!known) moods.set(of, (known = moodsOf(cue, of, scene)));
    return known;
  };
  return {
    moods: moodsFor,
    target(link, of) {
      const key = `${link} ${of}`;
      if (!targets.has(key)) targets.set(key, linkTarget(link, cue, of, scene, moodsFor(of)));
      return targets.get(key);
    },
  };
}

function apply(
  rule: Rule,
  cue: Cue,
  of: CueClass,
  scene: Scene,
  satire: boolean,
  asked: Remembered,
): Draft | undefined {
  const moods = asked.moods(of);
  let settled = false;
  for (const link of rule.link) {
    // Nearness is asked only where grammar links the words to nobody.
    if (link === 'near' && (settled || saidOfSomebody(cue, scene))) continue;
    const linked = asked.target(link, of);
    if (!linked) continue;
    settled = true;
    const denying = rule.polarity === 'odd' && rhetorical(cue, scene);
    if (rule.mood && !denying && !rule.mood.some((mood) => moods.has(mood))) continue;
    if (rule.also && !rule.also.every((mood) => moods.has(mood))) continue;
    if (rule.adjacent && !modalityBeside(cue, scene)) continue;
    if (rule.other && otherSide(cue, linked, scene) !== rule.other) continue;
    // A mosque is a thing, and burning it is meant for its people.
    const destroyed =
      of === 'property_destruction_predicate' ||
      ((is(cue, 'violence_predicate', 'kill') ||
        is(cue, 'violence_predicate', 'harm') ||
        (link === 'object' && is(cue, 'violence_predicate', 'wish_death'))) &&
        is(linked.cue, 'object_noun', 'property'));
    const theirs = linked.kind === 'object' && linked.groups.length > 0 && destroyed;
    if (linked.kind !== 'protected' && linked.kind !== 'function' && linked.kind !== 'individual' && !theirs) {
      // The verb has its object, and it is nobody: its subject is not the victim.
      if (link === 'object' && linked.kind !== 'pronoun' && !has(cue, 'participle', of)) return undefined;
      continue;
    }
    const target = coordinated(linked, scene);
    const count = negations(cue, of, target, scene);
    // "Why should we feed them?" asks for no answer: it denies.
    const odd = count % 2 === 1 || (denying && count === 0);
    if (rule.polarity === 'odd') {
      if (!odd || (has(cue, 'noun') && link === 'object')) continue;
      if (described(cue, scene)) continue;
      if (is(cue, 'praise', 'worth') && !moods.has('deserve') && !copulaBetween(cue, target, scene)) continue;
    }
    // Somebody else's hatred, reported: "they want to kill all G".
    const judged = stanceOf(cue, target, rule.polarity === 'odd' ? 0 : count, scene);
    const intensity = Math.max(
      1,
      ...cue.readings.filter((r) => r.entry.class === of).map((r) => r.entry.intensity ?? 2),
    );
    return { rule, attack: cue, target, link, moods, negations: count, judged, satire, intensity };
  }
  return undefined;
}

/** "You are a bigot if …": what is said of the reader or the writer is not said of whoever is named near it. */
function saidOfSomebody(cue: Cue, scene: Scene): boolean {
  const copula = scene.cues[scene.cues.indexOf(cue) - 1];
  if (!copula || !is(copula, 'copula') || cue.from - copula.to > 0) return false;
  // By units: "you're" is one token.
  const subject = scene.refs.findLast((ref) => ref.cue.end <= copula.start);
  if (!subject || copula.start - subject.cue.end > 1) return false;
  return subject.kind === 'self' || (subject.kind === 'you' && subject.groups.length === 0);
}

/** "G are no sick people": what is denied is the word beside the noun. */
const described = (cue: Cue, scene: Scene): boolean =>
  is(cue, 'praise', 'worth') &&
  scene.cues.some(
    (other) =>
      (other.to === cue.from || (other.from === cue.to && grammarOf(cue, scene).attributive !== 'before')) &&
      clauseOf(scene.s, other) === clauseOf(scene.s, cue) &&
      (is(other, 'derogatory_attribute', 'adjective') || is(other, 'profanity', 'intensifier')),
  );

function modalityBeside(cue: Cue, scene: Scene): boolean {
  const previous = scene.cues[scene.cues.indexOf(cue) - 1];
  return previous !== undefined && is(previous, 'modality') && previous.to === cue.from;
}

/** "G and H are …": all of a joined list are meant. */
function coordinated(ref: Ref, scene: Scene): Ref {
  if (ref.kind !== 'protected') return ref;
  const at = scene.refs.findIndex((other) => other.cue === ref.cue);
  if (at < 0) return ref;
  const groups = new Set(ref.groups);
  const joined = (a: Ref, b: Ref) =>
    a.kind === 'protected' &&
    b.kind === 'protected' &&
    sentenceOf(scene.s, a) === sentenceOf(scene.s, b) &&
    b.from - a.to <= 1 &&
    (b.from === a.to ||
      scene.cues.some((cue) => is(cue, 'conjunction', 'join') && cue.from >= a.to && cue.to <= b.from));
  for (let i = at; i > 0 && joined(scene.refs[i - 1]!, scene.refs[i]!); i--)
    for (const id of scene.refs[i - 1]!.groups) groups.add(id);
  for (let i = at; i + 1 < scene.refs.length && joined(scene.refs[i]!, scene.refs[i + 1]!); i++)
    for (const id of scene.refs[i + 1]!.groups) groups.add(id);
  return groups.size === ref.groups.length ? ref : { ...ref, groups: [...groups] };
}
