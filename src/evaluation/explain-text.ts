import type { CompiledLexicon, Trace } from '../engine/index.js';
import { cuesOf, languageOf, passedOf, refsOf, viewsOf } from './explain-reading.js';
import { draftsOf, findingsOf, priorityOf, rabatOf, verdictOf } from './explain-verdict.js';
import { quoted } from './explain-words.js';
import type { Names, Paint } from './explain-words.js';

/** A trace as an account that a reader of a terminal follows from the letters to the priority. */
export function explainTrace(trace: Trace, compiled: CompiledLexicon, paint: Paint): string {
  const { assessment } = trace;
  const names = namesOf(compiled);
  const parts = [
    section(paint, 'Text', [
      quoted(trace.text),
      ...(trace.parent ? [paint('soft', `answers ${quoted(trace.parent.text)}`)] : []),
    ]),
    section(paint, 'Read as', viewsOf(trace, paint)),
    section(paint, 'Language', languageOf(trace)),
    section(paint, 'Cues', cuesOf(trace.cues)),
    ...(trace.passed.length > 0 ? [section(paint, 'Known words that do not count', passedOf(trace.passed))] : []),
    section(paint, 'Spoken of', refsOf(trace.refs, names), 'nobody'),
    section(paint, 'Drafts: rules that fired', draftsOf(trace, names, paint)),
    section(paint, 'Findings', findingsOf(assessment.findings, names, paint)),
    section(paint, 'Verdict', verdictOf(assessment, paint)),
    section(paint, 'Rabat factors', rabatOf(assessment)),
    section(paint, 'Triage priority', priorityOf(assessment), '0: nothing is flagged'),
  ];
  return `${parts.join('\n\n')}\n`;
}

const withId = (id: string, name: string | undefined) => (name === undefined || name === id ? id : `${name} (${id})`);

function namesOf({ groups, categories }: CompiledLexicon): Names {
  return {
    group: (id) => withId(id, groups.find((group) => group.id === id)?.names['eng']),
    category: (id) => withId(id, categories.find((category) => category.id === id)?.name),
  };
}

/** Indented blocks under a title; `empty` where there is nothing to tell. */
function section(paint: Paint, title: string, blocks: readonly string[], empty = 'none'): string {
  const body = blocks.length > 0 ? blocks.join('\n') : paint('soft', empty);
  return `${paint('title', title)}\n${body.replaceAll(/^/gm, '  ')}`;
}
