import { has, is } from './cues.js';
import type { Cue } from './cues.js';
import { linkTarget } from './link.js';
import type { Scene } from './link.js';
import type { Ref } from './refs.js';
import { sentenceOf } from './refs.js';
import { rules } from './rules.js';
import type { LinkKind, Mood, Rule } from './rules.js';
import { moodsOf, negations, otherSide } from './mood.js';
import { stanceOf } from './stance.js';
import type { Judged } from './stance.js';
import type { CueClass } from './types.js';

/** A combination of cues that says something hostile of somebody, before it is graded. */
export interface Draft {
  rule: Pick<Rule, 'id' | 'category' | 'reason' | 'severity'>;
  attack: Cue | undefined;
  target: Ref;
  link: LinkKind | 'term';
  moods: ReadonlySet<Mood>;
  judged: Judged;
  intensity: number;
}

const ruleIndex = new Map<CueClass, Rule[]>();
for (const rule of rules) for (const of of rule.attack) ruleIndex.set(of, [...(ruleIndex.get(of) ?? []), rule]);

/** Applies the rules to a scene. Cleared drafts are kept: the explanation shows them. */
export function compose(scene: Scene): Draft[] {
  const drafts: Draft[] = [];
  for (const cue of scene.cues) {
    const tried = new Set<Rule>();
    for (const reading of cue.readings) {
      for (const rule of ruleIndex.get(reading.entry.class) ?? []) {
        if (tried.has(rule) || (rule.sub && !rule.sub.includes(reading.entry.sub ?? ''))) continue;
        tried.add(rule);
        const draft = apply(rule, cue, reading.entry.class, scene);
        if (draft) {
          drafts.push(draft);
          break;
        }
      }
    }
  }
  for (const ref of scene.refs) {
    if (!ref.slur || ref.kind !== 'protected') continue;
    const entry = ref.cue.readings.find((r) => r.entry.class === 'slur')!.entry;
    const hostile = drafts.some((draft) => draft.target.cue === ref.cue && !draft.judged.cleared);
    if (!entry.standalone && !hostile && !supported(ref, scene)) continue;
    if (entry.unverified && !hostile) continue;
    drafts.push({
      rule: { id: 'slur', category: entry.category ?? 'T22', reason: 'A slur for a group is used.', severity: entry.severity ?? 3 },
      attack: ref.cue, target: ref, link: 'term', moods: new Set(), intensity: 2,
      judged: stanceOf(ref.cue, ref, 0, scene),
    });
  }
  return drafts;
}

/** An ambiguous slur counts beside an insult, profanity, a plural of people or a second person. */
function supported(ref: Ref, scene: Scene): boolean {
  return scene.cues.some((cue) => cue !== ref.cue && sentenceOf(scene.s, cue) === sentenceOf(scene.s, ref)
    && (is(cue, 'profanity') || is(cue, 'derogatory_attribute') || is(cue, 'hostile_emotion') || is(cue, 'dehumanising_noun') || is(cue, 'expulsion_predicate') || is(cue, 'violence_predicate')));
}

function apply(rule: Rule, cue: Cue, of: CueClass, scene: Scene): Draft | undefined {
  const moods = moodsOf(cue, of, scene);
  for (const link of rule.link) {
    const linked = linkTarget(link, cue, of, scene, moods);
    if (!linked) continue;
    const target = coordinated(linked, scene);
    if (rule.mood && !rule.mood.some((mood) => moods.has(mood))) continue;
    if (rule.other && otherSide(cue, target, scene) !== rule.other) continue;
    if (target.kind !== 'protected' && target.kind !== 'function' && target.kind !== 'individual') continue;
    const count = negations(cue, of, target, scene);
    const odd = count % 2 === 1;
    if (rule.polarity === 'odd') {
      if (!odd || (has(cue, 'noun') && link === 'object')) continue;
      if (is(cue, 'praise', 'worth') && !moods.has('deserve') && !copulaBetween(cue, target, scene)) continue;
    }
    // Somebody else's hatred, reported: "they want to kill all G".
    const judged = stanceOf(cue, target, rule.polarity === 'odd' ? 0 : count, scene);
    const intensity = Math.max(1, ...cue.readings.filter((r) => r.entry.class === of).map((r) => r.entry.intensity ?? 2));
    return { rule, attack: cue, target, link, moods, judged, intensity };
  }
  return undefined;
}

/** "G and H are …": all of a joined list are meant. */
function coordinated(ref: Ref, scene: Scene): Ref {
  if (ref.kind !== 'protected') return ref;
  const at = scene.refs.findIndex((other) => other.cue === ref.cue);
  if (at < 0) return ref;
  const groups = new Set(ref.groups);
  const joined = (a: Ref, b: Ref) =>
    a.kind === 'protected' && b.kind === 'protected' && sentenceOf(scene.s, a) === sentenceOf(scene.s, b) && b.from - a.to <= 1 && (b.from === a.to || scene.cues.some((cue) => is(cue, 'conjunction', 'join') && cue.from >= a.to && cue.to <= b.from));
  for (let i = at; i > 0 && joined(scene.refs[i - 1]!, scene.refs[i]!); i--) for (const id of scene.refs[i - 1]!.groups) groups.add(id);
  for (let i = at; i + 1 < scene.refs.length && joined(scene.refs[i]!, scene.refs[i + 1]!); i++) for (const id of scene.refs[i + 1]!.groups) groups.add(id);
  return groups.size === ref.groups.length ? ref : { ...ref, groups: [...groups] };
}

function copulaBetween(cue: Cue, target: Ref, scene: Scene): boolean {
  const [from, to] = target.to <= cue.from ? [target.to, cue.from] : [cue.to, target.from];
  return scene.cues.some((other) => (is(other, 'copula') || is(other, 'negation')) && other.from >= from && other.to <= to && (is(other, 'copula') || other.to === to || other.from === from));
}
