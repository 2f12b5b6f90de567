import { clauseOf, sentenceOf } from './structure.js';
import { spanOf } from './assess.js';
import type { CompiledLexicon } from './compile.js';
import type { Draft } from './draft.js';
import type { Cue, Hit } from './cues.js';
import { suspicious } from './evasion.js';
import type { Reading as LanguageReading } from './language.js';
import type { Suspicion, View } from './normalise.js';
import type { Ref } from './ref.js';
import type { Structure } from './structure.js';
import type { Trace, TracedCue, TracedDraft, TracedPass, TracedReading, TracedRef } from './traced.js';
import type { Assessment, Context, Span } from './types.js';

/** What the stages of one run hand over. The view is scratch space: valid until the next text is read. */
export interface Stages {
  view: View;
  suspicion: Suspicion;
  language: LanguageReading;
  hits: readonly Hit[];
  admitted: readonly Hit[];
  s: Structure;
  cues: readonly Cue[];
  refs: readonly Ref[];
  parentRefs: readonly Ref[];
  drafts: readonly Draft[];
  assessment: Assessment;
}

export interface TraceParts {
  compiled: CompiledLexicon;
  run: (text: string, context: Context) => Stages;
  evade: (view: View) => View;
}

/** Runs the stages and turns what they made into plain values over the text as given. */
export function traceOf(text: string, context: Context, parts: TraceParts): Trace {
  // The parent first: the run below must be the last one to write the scratch views.
  const parent =
    context.parent === undefined ? undefined : traceOf(context.parent, { ...context, parent: undefined }, parts);
  const { view, suspicion, language, hits, admitted, s, cues, refs, parentRefs, drafts, assessment } = parts.run(
    text,
    context,
  );
  const span = (at: Span) => spanOf(view, text, at.start, at.end);
  const words = (at: Span) => {
    const { start, end } = span(at);
    return text.slice(start, end);
  };
  const placed = (cue: Cue): TracedCue => ({
    ...span(cue),
    text: words(cue),
    obfuscated: cue.obfuscated,
    readings: cue.readings.map(readingOf),
    sentence: sentenceOf(s, cue),
    clause: clauseOf(s, cue),
    quoted: s.quoted[Math.min(cue.from, s.quoted.length - 1)] ?? false,
  });
  const inParent = parent?.refs.filter((ref) => ref.kind === 'protected') ?? [];
  const antecedentOf = (ref: Ref): TracedRef['antecedent'] => {
    if (!ref.antecedent) return undefined;
    const at = parentRefs.indexOf(ref.antecedent);
    return at < 0
      ? { text: words(whole(ref.antecedent)), where: 'text' }
      : { text: inParent[at]!.text, where: 'parent' };
  };
  const spoken = (ref: Ref): TracedRef => {
    const antecedent = antecedentOf(ref);
    const at = whole(ref);
    const { kind, groups, functions, via, slur, certainty } = ref;
    return {
      ...span(at),
      text: words(at),
      kind,
      groups,
      functions,
      via,
      slur,
      certainty,
      ...(antecedent && { antecedent }),
    };
  };
  const drafted = ({ rule, attack, target, link, moods, negations, judged, intensity }: Draft): TracedDraft => ({
    rule: rule.id,
    category: rule.category,
    ...(attack && { attack: words(attack) }),
    target: words(whole(target)),
    groups: target.groups,
    link,
    moods: [...moods].sort(),
    negations,
    stance: judged.stance,
    cleared: judged.cleared,
    because: judged.because.map(words),
    certainty: judged.certainty,
    intensity,
  });
  const { witnesses } = language;
  const because = (Object.keys(suspicion) as (keyof Suspicion)[]).filter(
    // A long token alone does not ask for that view.
    (sign) => suspicion[sign] && sign !== 'longToken',
  );
  const traced: Trace = {
    text,
    canonical: charsOf(view),
    language: {
      code: language.code,
      script: language.script,
      confidence: language.confidence,
      alternatives: language.alternatives,
      active: [...language.active].sort(),
      words: [...witnesses.words]
        .map(([lang, letters]) => ({ lang, letters: Math.round(letters * 10) / 10 }))
        .sort((a, b) => b.letters - a.letters || (a.lang < b.lang ? -1 : 1)),
      detector: [...witnesses.detector],
      ...(witnesses.hint !== undefined && { hint: witnesses.hint }),
    },
    cues: cues.map(placed),
    passed: passedOver(hits, admitted, cues).map(({ hit, why }) => ({
      ...span(hit),
      text: words(hit),
      readings: hit.readings.map(readingOf),
      why,
    })),
    refs: refs.map(spoken),
    drafts: drafts.map(drafted),
    assessment,
    ...(parent && { parent }),
  };
  // Last, as it writes scratch space of its own.
  return suspicious(suspicion) ? { ...traced, evasion: { because, text: charsOf(parts.evade(view)) } } : traced;
}

const readingOf = ({ entry, features }: Cue['readings'][number]): TracedReading => ({
  entry: entry.id,
  class: entry.class,
  ...(entry.sub !== undefined && { sub: entry.sub }),
  lang: entry.lang,
  features,
});

/** The name with the words that belong to it: "black people". */
function whole(ref: Ref): Span {
  const all = [ref.cue, ...ref.parts];
  return { start: Math.min(...all.map((cue) => cue.start)), end: Math.max(...all.map((cue) => cue.end)) };
}

const keyOf = (hit: Hit, entry: string) => `${hit.start}:${hit.end}:${entry}`;
const keysOf = (list: readonly Hit[]) =>
  new Set(list.flatMap((hit) => hit.readings.map(({ entry }) => keyOf(hit, entry.id))));

/** Readings that were found and are in no cue, with the stage that left them out. */
function passedOver(hits: readonly Hit[], admitted: readonly Hit[], cues: readonly Cue[]) {
  const inLanguage = keysOf(admitted);
  const kept = keysOf(cues);
  const passed: { hit: Hit; why: TracedPass['why'] }[] = [];
  for (const hit of hits) {
    for (const why of ['language', 'longer'] as const) {
      const readings = hit.readings.filter(({ entry }) => {
        const key = keyOf(hit, entry.id);
        return !kept.has(key) && inLanguage.has(key) === (why === 'longer');
      });
      if (readings.length > 0) passed.push({ hit: { ...hit, readings }, why });
    }
  }
  return passed.sort((a, b) => a.hit.start - b.hit.start || b.hit.end - a.hit.end);
}

function charsOf(view: View): string {
  let out = '';
  for (let i = 0; i < view.length; i++) out += String.fromCharCode(view.units[i]!);
  return out;
}
