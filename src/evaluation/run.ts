import type { Assessment, Context } from '../engine/index.js';
import type { Outcome } from './outcome.js';
import { readRows } from './row.js';
import type { BadRow, Row } from './row.js';

/** The engine, here or on another thread. */
export type Assess = (text: string, context: Context) => Assessment | Promise<Assessment>;

export type Evaluated = { outcome: Outcome } | { bad: BadRow };

/**
 * Puts every row of a JSON Lines file through the engine, one after another. A bad row is told with line and reason, and
 * the rest goes on. The engine is told text, country and parent; never what the row's labels say. Rejects when the source
 * cannot be read or the engine fails, naming the row.
 *
 * @param file name of the set in everything that is reported
 */
export async function* evaluate(
  file: string,
  source: AsyncIterable<Uint8Array>,
  assess: Assess,
): AsyncGenerator<Evaluated> {
  for await (const read of readRows(source)) {
    const { line } = read;
    if ('reason' in read) yield { bad: { file, line, reason: read.reason } };
    else yield { outcome: await assessRow(file, line, read.row, assess) };
  }
}

async function assessRow(file: string, line: number, row: Row, assess: Assess): Promise<Outcome> {
  const { id, text, hateful, lang, label, target, functionality, template } = row;
  let verdict: Assessment;
  try {
    verdict = await assess(text, { country: row.country ?? undefined, parent: row.parent ?? undefined });
  } catch (cause) {
    throw new Error(`the engine failed on ${file}:${line}`, { cause });
  }
  const { flagged, language, coverage, groups, level, severity, confidence } = verdict;
  const findings = verdict.findings.map((finding) => ({
    rule: finding.rule,
    category: finding.category,
    stance: finding.stance,
    cleared: finding.cleared,
    groups: finding.groups,
    words: finding.evidence.map((evidence) => evidence.text),
  }));
  return {
    file,
    line,
    id,
    text,
    expected: hateful,
    lang,
    label,
    target,
    functionality,
    template,
    found: { flagged, lang: language.code, covered: coverage.covered, groups, level, severity, confidence, findings },
  };
}
