import type { Assessment, Finding, Trace } from '../engine/index.js';
import { listed, quoted, wholePercent } from './explain-words.js';
import type { Names, Paint } from './explain-words.js';
import { columns } from './printable.js';

export function draftsOf({ drafts }: Trace, names: Names, paint: Paint): string[] {
  return drafts.map((draft) => {
    const words =
      draft.attack === undefined || draft.attack === draft.target
        ? quoted(draft.target)
        : `${quoted(draft.attack)} about ${quoted(draft.target)}`;
    const because = draft.because.length > 0 ? ` because of ${draft.because.map(quoted).join(', ')}` : '';
    const stance = `${draft.stance}${draft.cleared ? ', cleared' : ''}${because}`;
    return [
      `${draft.rule} (${draft.category}): ${words}, ${listed(draft.groups.map(names.group))}`,
      `  link ${draft.link} · mood ${listed(draft.moods)} · negations ${draft.negations} · stance ${paint(draft.cleared ? 'good' : 'bad', stance)} · intensity ${draft.intensity}`,
    ].join('\n');
  });
}

export function findingsOf(findings: readonly Finding[], names: Names, paint: Paint): string[] {
  return findings.map((finding, i) => {
    const who = listed([...finding.groups.map(names.group), ...finding.functions]);
    const state = finding.cleared ? paint('good', `${finding.stance}: does not count`) : paint('bad', finding.stance);
    return [
      `${i + 1}. ${names.category(finding.category)}, ${state}`,
      `   ${finding.evidence.map((evidence) => quoted(evidence.text)).join(' + ')} about ${who}`,
      `   severity ${finding.severity} of 5 · level ${finding.level} · ${wholePercent(finding.confidence)} sure${finding.obfuscated ? ' · disguised' : ''}`,
      paint('soft', `   ${finding.reason}`),
    ].join('\n');
  });
}

export function verdictOf(assessment: Assessment, paint: Paint): string[] {
  const { flagged, coverage, level, severity, groups, grounds, confidence, revision } = assessment;
  const quiet = coverage.covered
    ? paint('good', 'not flagged')
    : paint('warn', 'not covered: no pack reads this language, which is not the same as clean');
  return [
    flagged
      ? paint('bad', `flagged: level ${level}, severity ${severity} of 5, ${wholePercent(confidence)} sure`)
      : quiet,
    ...(flagged ? [`groups ${listed(groups)} · grounds ${listed(grounds)}`] : []),
    paint('soft', `engine ${revision}; a proposal with reasons, people decide`),
  ];
}

export function rabatOf({ rabat }: Assessment): string[] {
  return [
    columns(
      Object.entries(rabat).map(([factor, { grade, reason }]) => [
        factor,
        grade === 'U' ? 'unknown' : String(grade),
        reason,
      ]),
      [0, 1, 2],
    ),
  ];
}

export function priorityOf({ priority }: Assessment): string[] {
  if (priority.parts.length === 0) return [];
  const rows = priority.parts.map((part) => [
    part.part,
    (part.value * part.weight).toFixed(1),
    `of ${part.weight}`,
    part.reason,
  ]);
  return [columns([...rows, ['together', priority.score.toFixed(1), 'of 100', '']], [0, 3])];
}
