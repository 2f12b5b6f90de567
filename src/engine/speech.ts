import { sentenceOf } from './structure.js';
import { is } from './cues.js';
import type { Cue } from './cues.js';
import { moodsOf } from './mood.js';
import type { Scene } from './scene.js';
import type { Ref } from './ref.js';

// Whose words they are: the writer's, or somebody's whom the text names.

/** "…, says my uncle", "…, they told us": the attribution follows what was said, and somebody else is its subject. */
export function toldAfter(verb: Cue, cue: Cue, target: Ref, scene: Scene): boolean {
  if (verb.from < cue.to || verb.from < target.to || scene.s.clause[verb.from] === scene.s.clause[cue.from])
    return false;
  const other = (ref: Ref | undefined) =>
    ref !== undefined &&
    (ref.kind === 'individual' ||
      ref.kind === 'nonprotected' ||
      ref.kind === 'function' ||
      is(ref.cue, 'pronoun', 'they') ||
      is(ref.cue, 'pronoun', 'he_she'));
  const sentence = sentenceOf(scene.s, verb);
  const after = scene.refs.find((ref) => ref.from >= verb.to && sentenceOf(scene.s, ref) === sentence);
  const before = scene.refs.findLast(
    (ref) => ref.to <= verb.from && scene.s.clause[ref.from] === scene.s.clause[verb.from],
  );
  return (
    (before !== undefined && verb.from - before.to <= 1 && other(before)) ||
    (after !== undefined && after.from - verb.to <= 2 && other(after))
  );
}

/**
 * The verb of saying has the statement as its object: it stands in the same clause, or right at the end of the one before ("he
 * said: …"). "Been saying it for years, they are …" has its object already.
 */
export function governs(verb: Cue, cue: Cue, target: Ref, scene: Scene): boolean {
  const statement = Math.min(cue.from, target.from >= verb.to ? target.from : cue.from);
  const { clause } = scene.s;
  if (clause[verb.from] === clause[statement]) return true;
  const ends = verb.to >= clause.length || clause[verb.to] !== clause[verb.from];
  return ends && clause[statement]! - clause[verb.from]! <= 2;
}

/** "I say …", "everybody knows …": the writer speaks or agrees; "the pamphlet said" is somebody else. */
export function endorsed(verb: Cue, scene: Scene): boolean {
  const sentence = sentenceOf(scene.s, verb);
  const subject = scene.refs.findLast((ref) => ref.to <= verb.from && sentenceOf(scene.s, ref) === sentence);
  if (subject?.kind === 'self' && verb.from - subject.to <= 2) return true;
  const earlier = scene.cues[scene.cues.indexOf(verb) - 1];
  return (
    earlier !== undefined &&
    is(earlier, 'quantifier') &&
    verb.from - earlier.to <= (is(earlier, 'quantifier', 'article') ? 0 : 1)
  );
}

/** "They want to kill all G": somebody else's wish or feeling, told by the writer. */
export function thirdParty(cue: Cue, target: Ref, scene: Scene): Ref | undefined {
  if (target.to <= cue.from || target.cue === cue) return undefined;
  const of = cue.readings[0]!.entry.class;
  const feeling = cue.readings.some((r) => r.entry.class === 'hostile_emotion');
  const moods = moodsOf(cue, of, scene);
  const binding = moods.has('ought') || moods.has('call') || moods.has('let_us') || moods.has('deserve');
  if (!feeling && (binding || !(moods.has('want') || moods.has('will')))) return undefined;
  if (feeling && binding) return undefined;
  const sentence = sentenceOf(scene.s, cue);
  const subject = scene.refs.findLast(
    (ref) => ref.to <= cue.from && sentenceOf(scene.s, ref) === sentence && ref !== target,
  );
  if (
    !subject ||
    subject.groups.join() === target.groups.join() ||
    subject.kind === 'self' ||
    subject.kind === 'you' ||
    cue.from - subject.to > 4
  )
    return undefined;
  return subject;
}
