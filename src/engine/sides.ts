import { is, isAny } from './cues.js';
import type { Cue } from './cues.js';
import type { Ref } from './ref.js';
import { spokenAbout } from './said-of.js';
import { deedClasses } from './rules.js';
import { between, eligible, unknownBetween } from './scene.js';
import type { Scene } from './scene.js';
import { clauseOf, sentenceOf } from './structure.js';

// The nearest who are spoken of on either side of a word.

/** What follows is another matter. */
export const barrier = (cue: Cue) => is(cue, 'conjunction', 'contrast');

/** The nearest reference after the cue in its sentence, when nothing but harmless words stands between. */
export function rightOf(cue: Cue, scene: Scene, reach: number): Ref | undefined {
  const sentence = sentenceOf(scene.s, cue);
  // "saloperies d'immigrés": the elided word and the name share a token.
  const ref = scene.refs.find(
    (r, at) => r.cue.start >= cue.end && r.cue !== cue && r.kind !== 'self' && !owner(r, scene.refs[at + 1]),
  );
  if (!ref || sentenceOf(scene.s, ref) !== sentence || ref.from - cue.to > reach || !eligible(ref)) return undefined;
  if (clauseOf(scene.s, ref) - clauseOf(scene.s, cue) > 0) return undefined;
  if (between(scene, cue.to, ref.from).some(barrier)) return undefined;
  return ref;
}

/** "burn your mosque": the one spoken to only tells whose it is. */
const owner = (you: Ref, next: Ref | undefined): boolean =>
  you.kind === 'you' && next?.kind === 'object' && next.groups.length > 0 && next.from === you.to;

/** The nearest reference before the cue in its sentence, those left out that are skipped. */
export function leftOf(cue: Cue, scene: Scene, reach: number, skipped?: (ref: Ref) => boolean): Ref | undefined {
  const sentence = sentenceOf(scene.s, cue);
  const last = scene.refs.findLastIndex((r) => r.to <= cue.from && r.cue !== cue && !skipped?.(r));
  const ref = scene.refs[last] && beforePlace(last, cue, scene);
  // "a sermon against G was cruel": the people are the object of something else, which is spoken of.
  if (ref && spokenAbout(ref, scene)) return undefined;
  if (!ref || sentenceOf(scene.s, ref) !== sentence || cue.from - ref.to > reach || !eligible(ref)) return undefined;
  // Who is named inside a quotation is not the subject of what stands outside it.
  return scene.s.quoted[ref.from] === scene.s.quoted[Math.min(cue.from, scene.s.quoted.length - 1)] ? ref : undefined;
}

/** "Traders in our market are …": the thing names a place, and whoever stands before it is the subject. */
function beforePlace(last: number, cue: Cue, scene: Scene): Ref | undefined {
  for (let i = last; i >= 0; i--) {
    const ref = scene.refs[i]!;
    const earlier = scene.refs[i - 1];
    // "G who enter our shops are …", "any G who looks at my sister gets …": they belong to what is told of them.
    const beside =
      earlier?.kind === 'protected' && sentenceOf(scene.s, earlier) === sentenceOf(scene.s, ref) ? earlier : undefined;
    const told =
      beside &&
      (ref.kind === 'object' || (ref.kind === 'individual' && isAny(cue, deedClasses))) &&
      scene.cues.some((other) => other.from === beside.to && is(other, 'question', 'who'));
    // "A G woman as a teacher is …": in what office they would be.
    const role =
      beside &&
      (ref.functions.length > 0 || ref.kind === 'nonprotected' || ref.kind === 'individual') &&
      unknownBetween(scene, beside.to, ref.from) === 0 &&
      between(scene, beside.to, ref.from).some((other) => other.from === beside.to && is(other, 'comparison'));
    if (told || role) continue;
    const placed =
      ref.kind === 'object' &&
      earlier !== undefined &&
      sentenceOf(scene.s, earlier) === sentenceOf(scene.s, ref) &&
      scene.cues.some(
        (cue) =>
          is(cue, 'conjunction', 'place') && cue.to <= ref.from && ref.from - cue.to <= 1 && cue.from >= earlier.to,
      );
    if (!placed) return ref;
  }
  return undefined;
}
