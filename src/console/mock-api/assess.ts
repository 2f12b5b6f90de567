import type { AssessmentWire } from '../../contract/assessment.js';
import type { Mark, Sketch } from './sketch.js';
import { rules } from './rules.js';
import { englishName, groundOf } from './taxonomy.js';

type Finding = AssessmentWire['findings'][number];
type Evidence = Finding['evidence'][number];
type Severity = Finding['severity'];

const unknown = (reason: string) => ({ grade: 'U' as const, reason });
const speakerGrades: Record<string, 1 | 2 | 3 | 4> = {
  state_official: 3,
  religious: 3,
  media: 3,
  influencer: 3,
  armed_group: 4,
  traditional: 2,
  candidate: 3,
  ordinary: 1,
};

/** The assessment a sketch stands for, in the engine's own form. */
export function assess(sketch: Sketch, text: string, marks: Mark[]): AssessmentWire {
  const findings = (sketch.findings ?? []).map((finding, at) =>
    findingOf(
      sketch,
      finding,
      text,
      marks.filter((mark) => mark.finding === at),
      at,
    ),
  );
  const counting = findings.filter((finding) => !finding.cleared && finding.groups.length > 0);
  const flagged = counting.length > 0;
  const rank = ['bottom', 'intermediate', 'top-candidate'] as const;
  const level = flagged ? rank[Math.max(...counting.map((finding) => rank.indexOf(finding.level)))]! : 'none';
  const severity = flagged ? (Math.max(...counting.map((finding) => finding.severity)) as Severity) : 0;
  const confidence = flagged ? Math.max(...counting.map((finding) => finding.confidence)) : 0;
  const people = sketch.reach
    ? Math.max(sketch.reach.followers ?? 0, sketch.reach.views ?? 0, (sketch.reach.shares ?? 0) * 50)
    : undefined;
  const extent =
    people === undefined ? undefined : people < 2_000 ? 1 : people < 50_000 ? 2 : people < 1_000_000 ? 3 : 4;
  const speaker = sketch.speaker ? speakerGrades[sketch.speaker] : undefined;
  const call = counting.some((finding) => ['T08', 'T10', 'T12', 'T15'].includes(finding.category));
  const parts: AssessmentWire['priority']['parts'] = [
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
      value: (extent ?? 2) / 4,
      weight: 10,
      reason: people === undefined ? 'reach unknown, counted as middling' : `about ${people} people reached`,
    },
    {
      part: 'speaker',
      value: (speaker ?? 2) / 4,
      weight: 10,
      reason: speaker === undefined ? 'speaker unknown, counted as middling' : `speaker class "${sketch.speaker}"`,
    },
  ];
  const score = flagged ? Math.round(parts.reduce((sum, part) => sum + part.value * part.weight, 0) * 10) / 10 : 0;
  const strongest = counting.toSorted((a, b) => b.severity - a.severity)[0];
  const distinct = (of: (finding: Finding) => string[]) => [...new Set(counting.flatMap(of))];
  const rest: Omit<AssessmentWire, 'explanation'> = {
    revision: 'mock-1',
    language: {
      code: sketch.language,
      script: sketch.script ?? 'Latn',
      confidence: sketch.confidence ?? 0.97,
      alternatives: [],
    },
    coverage:
      sketch.covered === false
        ? { covered: false, packs: [] }
        : { covered: true, packs: [{ lang: sketch.language, status: sketch.draft ? 'draft' : 'reviewed' }] },
    flagged,
    level,
    severity,
    findings,
    confidence,
    groups: distinct((finding) => finding.groups),
    grounds: distinct((finding) => finding.grounds),
    functions: [...new Set(findings.flatMap((finding) => finding.functions))],
    categories: distinct((finding) => [finding.category]),
    rabat: {
      context: unknown('needs the situation, which a text does not show'),
      speaker:
        speaker === undefined
          ? unknown('the speaker is not known')
          : { grade: speaker, reason: `speaker class "${sketch.speaker}"` },
      intent: unknown('a state of mind; never inferred by machine'),
      content: strongest
        ? { grade: rules[strongest.rule]?.content ?? 1, reason: strongest.reason }
        : { grade: 0, reason: 'nothing hostile to a group is asserted' },
      extent:
        extent === undefined
          ? unknown('the reach is not known')
          : { grade: extent, reason: `about ${people} people reached` },
      likelihood: unknown('needs the situation, which a text does not show'),
    },
    priority: { score, parts: flagged ? parts : [] },
  };
  return { ...rest, explanation: explain(rest) };
}

function findingOf(
  sketch: Sketch,
  wanted: NonNullable<Sketch['findings']>[number],
  text: string,
  marks: Mark[],
  at: number,
): Finding {
  const rule = rules[wanted.rule];
  if (!rule || marks.length === 0)
    throw new Error(`finding ${at + 1} (${wanted.rule}) has no rule or no marked words: ${text}`);
  const groups = wanted.groups ?? [];
  const evidence = marks.map((mark): Evidence => {
    const word = text.slice(mark.start, mark.end);
    const meaning = sketch.gloss?.[word];
    return {
      start: mark.start,
      end: mark.end,
      class: mark.class,
      text: word,
      entry: `${sketch.language}-${mark.class === 'group_term' ? 'g' : 't'}-${String(100 + mark.start)}`,
      ...(['slur', 'dehumanising_noun', 'conspiracy_trope'].includes(mark.class) && explained(word, meaning ?? word)),
      ...(meaning && { meaning }),
    };
  });
  return {
    start: Math.min(...marks.map((mark) => mark.start)),
    end: Math.max(...marks.map((mark) => mark.end)),
    rule: wanted.rule,
    category: wanted.category ?? rule.category,
    groups,
    grounds: [...new Set(groups.map(groundOf).filter((ground) => ground !== undefined))],
    functions: wanted.functions ?? [],
    via: wanted.via ?? 'term',
    stance: wanted.stance ?? 'asserted',
    cleared: wanted.cleared ?? false,
    severity: rule.severity,
    level: rule.level,
    confidence: 0.86 - at * 0.07,
    obfuscated: false,
    reason: rule.reason,
    evidence,
  };
}

const explained = (term: string, meaning: string): Partial<Evidence> => ({
  term,
  meaning,
  why: 'Words of this kind prepare listeners to see people as something to be removed, and have come before attacks.',
  benignSenses: ['the everyday sense, about no people', 'testimony, court records and teaching'],
  advice: 'Look for a group, a call to act and an audience.',
  sources: [{ id: 'invented-glossary', claim: 'lists the word with its literal and its hostile sense' }],
});

const clearedText: Record<string, string> = {
  negated: 'the writer negates it',
  quoted: 'the writer quotes somebody',
  reported: 'the writer reports it',
  condemned: 'the writer condemns it',
  hypothetical: 'the writer only imagines it',
  reclaimed: 'it is used of oneself',
};

function explain(a: Omit<AssessmentWire, 'explanation'>): AssessmentWire['explanation'] {
  const steps: AssessmentWire['explanation'] = [];
  const add = (code: string, params: Record<string, string | number>, text: string) =>
    steps.push({ code, params, text });
  const percent = Math.round(a.language.confidence * 100);
  add('language', { code: a.language.code, percent }, `Language: ${a.language.code} (${percent} %).`);
  if (!a.coverage.covered) add('not-covered', {}, 'No lexicon reads this language: nothing can be said of this text.');
  for (const pack of a.coverage.packs)
    if (pack.status === 'draft')
      add('draft-pack', { lang: pack.lang }, `The lexicon for ${pack.lang} is a draft without a native reviewer.`);
  for (const finding of a.findings) {
    const words = finding.evidence.map((e) => `“${e.text}”`).join(' + ');
    const who = [...finding.groups, ...finding.functions].map(englishName).join(', ') || 'one person';
    const params = {
      words,
      who,
      groups: finding.groups.join(','),
      category: finding.category,
      stance: finding.stance,
      severity: finding.severity,
      level: finding.level,
      rule: finding.rule,
    };
    if (finding.cleared)
      add(
        `cleared-${finding.stance}`,
        params,
        `${words} about ${who}: ${clearedText[finding.stance] ?? 'cleared'}; it does not count.`,
      );
    else if (finding.groups.length === 0)
      add('apart', params, `${words}: ${finding.reason} No protected group is meant, so it is kept apart.`);
    else
      add(
        'finding',
        params,
        `${words} about ${who}: ${finding.reason} Severity ${finding.severity}, proposed level ${finding.level}.`,
      );
  }
  if (a.findings.length === 0 && a.coverage.covered)
    add('nothing', {}, 'Nothing hostile to people on a protected ground was found.');
  if (a.flagged)
    add(
      'priority',
      { score: a.priority.score },
      `Triage priority ${a.priority.score} of 100: ${a.priority.parts.map((part) => part.reason).join('; ')}.`,
    );
  return steps;
}
