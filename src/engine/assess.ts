import type { CompiledLexicon } from './compile.js';
import type { Draft } from './draft.js';
import { groupOf } from './groups.js';
import { is } from './cues.js';
import type { Cue } from './cues.js';
import { round } from './language.js';
import type { View } from './normalise.js';
import { snap } from './snap.js';
import type {
  Category,
  Context,
  CueClass,
  Evidence,
  Finding,
  Grade,
  Graded,
  Level,
  PriorityPart,
  ProtectingCue,
  Rabat,
  Severity,
  Span,
} from './types.js';

const rank: Record<Level, number> = { none: 0, bottom: 1, intermediate: 2, 'top-candidate': 3 };

/** Offsets of a stretch of the canonical view in the text as given. */
export function spanOf(view: View, text: string, start: number, end: number): Span {
  const { starts, length } = view;
  // A letter out of a sign that stands for several ("⒴") has no place but that of the sign.
  let to = end;
  while (to < length && starts[to]! <= starts[start]!) to++;
  return snap(text, starts[start]!, starts[to]!);
}

/** Grades drafts into findings: severity, proposed level by ground, confidence, evidence. Strongest first, cleared ones last. */
export function findingsOf(drafts: readonly Draft[], view: View, text: string, compiled: CompiledLexicon): Finding[] {
  const findings = drafts
    .map((draft) => findingOf(draft, view, text, compiled))
    .filter((finding): finding is Finding => finding !== undefined);
  const seen = new Map<string, Finding>();
  for (const finding of findings.sort(order)) {
    const key = `${finding.category}|${finding.start}|${finding.end}|${finding.groups.join()}`;
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()];
}

const order = (a: Finding, b: Finding): number =>
  Number(a.cleared) - Number(b.cleared) ||
  rank[b.level] - rank[a.level] ||
  b.severity - a.severity ||
  b.confidence - a.confidence ||
  a.start - b.start ||
  (a.rule < b.rule ? -1 : 1);

const gendered = new Set(['pc.gender', 'pc.gender_identity', 'pc.sex_char']);

function findingOf(draft: Draft, view: View, text: string, compiled: CompiledLexicon): Finding | undefined {
  const { target, attack, rule, judged } = draft;
  const individual = target.kind === 'individual';
  const protects = protectedBy(draft);
  const harms = ['T08', 'T09', 'T12', 'T14', 'T15'].includes(rule.category);
  // Insults at one person are nobody's ground; only a threat at one is kept, apart, as harassment.
  if (individual && !harms) return undefined;
  if (target.person && rule.category === 'T22') return undefined;
  const groups = [...target.groups].sort();
  const grounds = [
    ...new Set(groups.map((group) => groupOf(compiled, group)?.ground).filter((g) => g !== undefined)),
  ].sort();
  if (!individual && target.kind === 'protected' && groups.length === 0) return undefined;
  const id = individual
    ? 'harassment'
    : target.kind === 'function'
      ? 'T25'
      : // Contempt of women or of gender-diverse people as such has a type of its own.
        rule.category === 'T22' && grounds.length > 0 && grounds.every((ground) => gendered.has(ground))
        ? 'T16'
        : rule.category;
  const category = compiled.categories.find((c) => c.id === id) ?? fallback(id);
  const covered = grounds.some((ground) => compiled.grounds.find((g) => g.id === ground)?.article20);
  const cues = [...new Set([...(attack ? [attack] : []), target.cue, ...target.parts])].sort(
    (a, b) => a.start - b.start,
  );
  const evidence = cues.map((cue) => evidenceOf(cue, draft, view, text));
  const level = individual
    ? 'intermediate'
    : target.kind === 'function'
      ? category.levelOther
      : covered
        ? category.level
        : category.levelOther;
  const obfuscated = cues.some((cue) => cue.obfuscated);
  const ambiguous = cues.some((cue) =>
    cue.readings.every((r) => r.entry.ambiguity === 'high' || r.entry.ambiguity === 'medium'),
  );
  const confidence = round(
    (compiled.confidence.rules[rule.id] ?? compiled.confidence.otherwise) *
      judged.certainty *
      target.certainty *
      (obfuscated ? 0.9 : 1) *
      (ambiguous ? 0.85 : 1) *
      (draft.intensity === 1 ? 0.85 : 1),
  );
  const termSeverity = Math.max(
    0,
    ...cues.flatMap((cue) =>
      cue.readings.map((r) =>
        r.entry.targets?.length && r.entry.class !== 'group_term' ? (r.entry.severity ?? 0) : 0,
      ),
    ),
  );
  const base = rule.severity ?? category.severity;
  const severity = Math.max(
    1,
    Math.min(5, Math.max(base - (draft.intensity === 1 ? 1 : 0), Math.min(termSeverity, Math.max(base, 4)))),
  ) as Severity;
  const span = { start: Math.min(...evidence.map((e) => e.start)), end: Math.max(...evidence.map((e) => e.end)) };
  return {
    ...span,
    rule: rule.id,
    category: id,
    groups,
    grounds,
    functions: [...target.functions].sort(),
    via: target.via,
    stance: judged.stance,
    cleared: judged.cleared,
    ...(protects && { protects }),
    severity,
    level,
    confidence,
    obfuscated,
    reason: rule.reason,
    evidence,
  };
}

/** Which protecting cue speaks for a cleared finding; satire is only pointed out, it clears nothing. */
function protectedBy({ judged, satire }: Draft): ProtectingCue | undefined {
  const because = (of: CueClass, sub?: string) => judged.because.some((cue) => is(cue, of, sub));
  if (!judged.cleared) return satire ? 'N05' : undefined;
  if (judged.stance === 'negated') return 'N13';
  if (judged.stance === 'quoted') return 'N02';
  if (judged.stance === 'condemned') return because('counter_speech') ? 'N03' : 'N02';
  if (judged.stance === 'reclaimed') return 'N06';
  if (judged.stance !== 'reported') return undefined;
  if (because('reporting', 'court') || because('reporting', 'reference')) return 'N04';
  return because('reporting', 'harm') ? 'N07' : because('quotation') ? 'N02' : 'N01';
}

const fallback = (id: string): Category => ({
  id,
  name: id,
  definition: '',
  severity: 3,
  content: 2,
  level: 'bottom',
  levelOther: 'bottom',
  indicators: [],
});

function evidenceOf(cue: Cue, draft: Draft, view: View, text: string): Evidence {
  const span = spanOf(view, text, cue.start, cue.tail?.end ?? cue.end);
  const readings = [...cue.readings].sort(
    (a, b) =>
      Number(b.entry.term !== undefined) - Number(a.entry.term !== undefined) || (a.entry.id < b.entry.id ? -1 : 1),
  );
  const wanted =
    cue === draft.target.cue
      ? readings.find((r) => (r.entry.targets?.length ?? 0) > 0 || r.entry.class === 'function_noun')
      : undefined;
  const { entry } = wanted ?? readings[0]!;
  return {
    ...span,
    class: entry.class,
    entry: entry.id,
    text: text.slice(span.start, span.end),
    ...(entry.term !== undefined && { term: entry.term }),
    ...(entry.meaning !== undefined && { meaning: entry.meaning }),
    ...(entry.why !== undefined && { why: entry.why }),
    ...(entry.benignSenses && { benignSenses: entry.benignSenses }),
    ...(entry.advice !== undefined && { advice: entry.advice }),
    ...(entry.sources && { sources: entry.sources }),
    ...(entry.unverified && { unverified: true }),
    ...(cue.obfuscated && { obfuscated: true }),
  };
}

const unknown = (reason: string): Graded => ({ grade: 'U', reason });

const speakerGrades: Partial<Record<string, Grade>> = {
  state_head: 4,
  armed_group: 4,
  state_official: 3,
  security: 3,
  legislator: 3,
  party: 3,
  candidate: 3,
  religious: 3,
  traditional: 2,
  media: 3,
  influencer: 3,
  business: 2,
  diaspora: 1,
  ordinary: 1,
  bot_suspected: 1,
};

/** Rabat factors: content from the text, speaker and extent from what is known besides; the rest stays unknown. */
export function rabatOf(flagged: readonly Finding[], compiled: CompiledLexicon, context: Context): Rabat {
  const strongest = [...flagged].sort((a, b) => contentOf(b, compiled) - contentOf(a, compiled))[0];
  const reach = Math.max(
    context.reach?.views ?? -1,
    context.reach?.followers ?? -1,
    (context.reach?.shares ?? -1) * 50,
  );
  const speaker = context.speaker && context.speaker !== 'unknown' ? speakerGrades[context.speaker] : undefined;
  const extent: Grade | undefined =
    reach < 0 ? undefined : reach < 100 ? 0 : reach < 2_000 ? 1 : reach < 50_000 ? 2 : reach < 1_000_000 ? 3 : 4;
  return {
    context: unknown('needs the situation, which a text does not show'),
    speaker:
      speaker === undefined
        ? unknown('the speaker is not known')
        : { grade: speaker, reason: `speaker class "${context.speaker}"` },
    intent: unknown('a state of mind; never inferred by machine'),
    content: strongest
      ? { grade: contentOf(strongest, compiled), reason: strongest.reason }
      : { grade: 0, reason: 'nothing hostile to a group is asserted' },
    extent:
      extent === undefined
        ? unknown('the reach is not known')
        : { grade: extent, reason: `about ${reach} people reached` },
    likelihood: unknown('needs the situation, which a text does not show'),
  };
}

const contentOf = (finding: Finding, compiled: CompiledLexicon): Exclude<Grade, 'U'> =>
  compiled.categories.find((c) => c.id === finding.category)?.content ?? 1;

const imminent = new Set(['T08', 'T09', 'T10', 'T12', 'T14', 'T15']);

/** Order of the queue, 0–100: never a legal result. Each part is shown with its reason. */
export function priorityOf(
  flagged: readonly Finding[],
  confidence: number,
  context: Context,
  rabat: Rabat,
): { score: number; parts: PriorityPart[] } {
  if (flagged.length === 0) return { score: 0, parts: [] };
  const severity = Math.max(...flagged.map((f) => f.severity));
  const call = flagged.some((f) => imminent.has(f.category));
  const extent = rabat.extent.grade === 'U' ? 2 : rabat.extent.grade;
  const speaker = rabat.speaker.grade === 'U' ? 2 : rabat.speaker.grade;
  const parts: PriorityPart[] = [
    { part: 'severity', value: severity / 5, weight: 45, reason: `severity ${severity} of 5` },
    { part: 'confidence', value: confidence, weight: 15, reason: `confidence ${Math.round(confidence * 100)} %` },
    {
      part: 'imminence',
      value: call ? 1 : 0.3,
      weight: 20,
      reason: call ? 'it calls for or threatens an act' : 'no call to act',
    },
    {
      part: 'reach',
      value: extent / 4,
      weight: 10,
      reason: rabat.extent.grade === 'U' ? 'reach unknown, counted as middling' : rabat.extent.reason,
    },
    {
      part: 'speaker',
      value: speaker / 4,
      weight: 10,
      reason:
        context.speaker && context.speaker !== 'unknown'
          ? rabat.speaker.reason
          : 'speaker unknown, counted as middling',
    },
  ];
  return { score: Math.round(parts.reduce((sum, p) => sum + p.value * p.weight, 0) * 10) / 10, parts };
}

export const strongestLevel = (findings: readonly Finding[]): Level =>
  findings.reduce<Level>((level, f) => (rank[f.level] > rank[level] ? f.level : level), 'none');
