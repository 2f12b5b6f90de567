import { groupOf } from './groups.js';
import type { CompiledLexicon } from './compile.js';
import type { Assessment, Step } from './types.js';

/** The ordered steps a reviewer can read in one glance. Codes are stable; consoles render them in their own language. */
export function explain(a: Omit<Assessment, 'explanation'>, compiled: CompiledLexicon): Step[] {
  const steps: Step[] = [];
  const add = (code: string, params: Step['params'], text: string) => steps.push({ code, params, text });
  if (a.language.code === 'und')
    add(
      'language-unknown',
      { script: a.language.script },
      `The language could not be determined (script ${a.language.script}).`,
    );
  else
    add(
      'language',
      { code: a.language.code, percent: Math.round(a.language.confidence * 100) },
      `Language: ${a.language.code} (${Math.round(a.language.confidence * 100)} %).`,
    );
  if (!a.coverage.covered) add('not-covered', {}, 'No lexicon reads this language: nothing can be said of this text.');
  for (const pack of a.coverage.packs)
    if (pack.status === 'draft')
      add('draft-pack', { lang: pack.lang }, `The lexicon for ${pack.lang} is a draft without a native reviewer.`);
  for (const finding of a.findings) {
    const words = finding.evidence.map((e) => `“${e.text}”`).join(' + ');
    const who =
      finding.groups.map((id) => groupOf(compiled, id)?.names['eng'] ?? id).join(', ') ||
      finding.functions.join(', ') ||
      'one person';
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
      `Triage priority ${a.priority.score} of 100: ${a.priority.parts.map((p) => p.reason).join('; ')}.`,
    );
  return steps;
}

const clearedText: Record<string, string> = {
  negated: 'the writer negates it',
  quoted: 'the writer quotes somebody',
  reported: 'the writer reports it',
  condemned: 'the writer condemns it',
  hypothetical: 'the writer only imagines it',
  reclaimed: 'it is used of oneself',
};
