import { findingsOf, priorityOf, rabatOf, strongestLevel } from './assess.js';
import { disguisable } from './compile.js';
import type { CompiledLexicon } from './compile.js';
import { compose } from './compose.js';
import { createFinder, placeCues, resolveOverlaps } from './cues.js';
import type { Hit, Part } from './cues.js';
import { openDictionary } from './dictionary.js';
import { createEvasion, suspicious } from './evasion.js';
import { explain } from './explain.js';
import { identify, round } from './language.js';
import type { Reading as LanguageReading } from './language.js';
import { createNormaliser } from './normalise.js';
import type { View } from './normalise.js';
import { findRefs } from './refs.js';
import type { Ref } from './refs.js';
import { createSlips } from './slips.js';
import { createStarred } from './starred.js';
import { createStemFinder } from './stems.js';
import { createTwoPart } from './two-part.js';
import { createUnspaced } from './unspaced.js';
import { structureOf } from './structure.js';
import { traceOf } from './trace.js';
import type { TracingEngine } from './traced.js';
import type { Assessment, Context, Detect, Stem } from './types.js';

export { compileLexicon, engineVersion } from './compile.js';
export type { CompiledLexicon } from './compile.js';
export { rules } from './rules.js';
export type { Rule } from './rules.js';
export type * from './traced.js';
export type * from './types.js';
export { cueClasses, formFeatures, protectingCues, speakerClasses, stances } from './types.js';

/**
 * The engine over compiled tables: pure, deterministic, synchronous. The same text and context under the same revision give the
 * same bytes. `detect` and `stem` must be deterministic. Never throws on any text.
 */
export function createEngine(parts: { compiled: CompiledLexicon; detect: Detect; stem: Stem }): TracingEngine {
  const { compiled, detect } = parts;
  const { kinds } = compiled.tables;
  const normalise = createNormaliser(compiled.tables);
  const evade = createEvasion(kinds);
  const dictionary = openDictionary(compiled);
  const finder = createFinder(compiled, dictionary);
  const unspaced = createUnspaced(dictionary);
  const starred = createStarred(dictionary);
  const slips = createSlips(compiled, dictionary);
  const twoPart = createTwoPart(compiled, dictionary);
  const stems = createStemFinder(compiled, dictionary, parts.stem);

  function read(text: string, context: Context, parentRefs: readonly Ref[]) {
    const { view, suspicion } = normalise(text);
    const inside: number[] = [];
    const parts: Part[] = [];
    const hits = finder.canonical(view, inside, parts);
    const pieces = inside.length > 0 ? unspaced(view, kinds, inside) : [];
    hits.push(...pieces);
    const language = identify(text, view, hits, compiled, detect, context);
    let all: Hit[] = hits;
    if (suspicious(suspicion))
      all = [...hits, ...disguised(view, hits), ...(suspicion.starred ? starred(view, kinds) : [])];
    const admitted = all.map((hit) => admit(hit, language)).filter((hit) => hit !== undefined);
    if (
      admitted.some((hit) => hit.readings.some(({ entry }) => entry.class === 'group_term' || entry.class === 'slur'))
    )
      admitted.push(...stems(view, kinds, admitted, language.active));
    admitted.push(
      ...slips(
        view,
        kinds,
        admitted,
        language.active,
        admitted.some((hit) => hit.readings.some(({ entry }) => disguisable.has(entry.class))),
      ),
    );
    const s = structureOf(view, kinds, pieces.length > 0 ? new Set(pieces.map((piece) => piece.start)) : undefined);
    const placed = s.starts.length === 0 ? [] : placeCues(resolveOverlaps(admitted, view.length), s, view);
    const cues = parts.length === 0 ? placed : twoPart(placed, parts, s, language.active);
    const refs = findRefs(cues, s, compiled, context, parentRefs);
    return { view, suspicion, language, hits: all, admitted, s, cues, refs };
  }

  /** Hits of the evasion view, in canonical offsets, where the canonical view found nothing. */
  function disguised(view: View, hits: readonly Hit[]): Hit[] {
    const other = evade(view);
    const taken = new Set(hits.map((hit) => `${hit.start}:${hit.end}`));
    const toCanonical = (offset: number) => {
      let lo = 0;
      let hi = view.length;
      while (lo < hi) {
        const mid = (lo + hi) >> 1;
        if (view.starts[mid]! < offset) lo = mid + 1;
        else hi = mid;
      }
      return lo;
    };
    return finder
      .evasion(other)
      .map((hit) => ({
        ...hit,
        start: toCanonical(other.starts[hit.start]!),
        end: toCanonical(other.starts[hit.end]!),
      }))
      .filter((hit) => hit.end > hit.start && !taken.has(`${hit.start}:${hit.end}`));
  }

  /** Keeps the readings whose language is plausible here. Names and plain slurs are read in every language. */
  function admit(hit: Hit, language: LanguageReading): Hit | undefined {
    const readings = hit.readings.filter(({ entry }) => {
      if (language.active.has(entry.lang)) return true;
      if (entry.class === 'group_term') return entry.ambiguity !== 'high' && hit.end - hit.start >= 4;
      return (
        (entry.class === 'slur' || entry.class === 'coded_term') &&
        entry.standalone === true &&
        hit.end - hit.start >= 5
      );
    });
    // One written word, several languages: the text's own decides; names and slurs are kept beside it.
    const own = readings.filter(({ entry }) => entry.lang === language.code);
    const named = own.some(({ entry }) => entry.class === 'group_term');
    const kept =
      own.length > 0
        ? readings.filter(
            ({ entry }) =>
              entry.lang === language.code || (entry.class === 'group_term' && !named) || entry.class === 'slur',
          )
        : readings;
    return kept.length === 0 ? undefined : { ...hit, readings: kept };
  }

  /** Every stage and its outcome. What refers to a view holds only until the next text is read. */
  function run(text: string, context: Context) {
    const parentRefs =
      context.parent === undefined
        ? []
        : read(context.parent, { ...context, parent: undefined }, []).refs.filter((ref) => ref.kind === 'protected');
    const stages = read(text, context, parentRefs);
    const { view, language, s, cues, refs } = stages;
    const drafts =
      cues.length === 0
        ? []
        : compose({
            wordsOf: (cue) => String.fromCharCode(...view.units.subarray(cue.start, cue.end)),
            cues,
            refs,
            s,
            compiled,
            context,
          });
    const findings = findingsOf(drafts, view, text, compiled);
    const flagging = findings.filter((finding) => !finding.cleared && finding.groups.length > 0);
    const confidence = flagging.length > 0 ? round(Math.max(...flagging.map((f) => f.confidence))) : 0;
    const rabat = rabatOf(flagging, compiled, context);
    const reading = compiled.packs.filter(
      (pack) =>
        language.active.has(pack.lang) &&
        (pack.lang === language.code ||
          language.code === 'und' ||
          cues.some((cue) => cue.readings.some((r) => r.entry.lang === pack.lang))),
    );
    const covered =
      (reading.length > 0 &&
        (language.code === 'und' ? false : compiled.packs.some((pack) => pack.lang === language.code))) ||
      flagging.length > 0;
    const unique = (list: string[]) => [...new Set(list)].sort();
    const result: Omit<Assessment, 'explanation'> = {
      revision: compiled.revision,
      language: {
        code: language.code,
        script: language.script,
        confidence: language.confidence,
        alternatives: language.alternatives,
      },
      coverage: { covered, packs: covered ? reading.map(({ lang, status }) => ({ lang, status })) : [] },
      flagged: flagging.length > 0,
      level: strongestLevel(flagging),
      severity: flagging.reduce<Assessment['severity']>((max, f) => (f.severity > max ? f.severity : max), 0),
      groups: unique(flagging.flatMap((f) => f.groups)),
      grounds: unique(flagging.flatMap((f) => f.grounds)),
      functions: unique(findings.filter((f) => !f.cleared).flatMap((f) => f.functions)),
      categories: unique(findings.filter((f) => !f.cleared).map((f) => f.category)),
      findings,
      rabat,
      confidence,
      priority: priorityOf(flagging, confidence, context, rabat),
    };
    const assessment: Assessment = { ...result, explanation: explain(result, compiled) };
    return { ...stages, parentRefs, drafts, assessment };
  }

  return {
    revision: compiled.revision,
    assess: (text, context = {}) => run(text, context).assessment,
    trace: (text, context = {}) => traceOf(text, context, { compiled, run, evade }),
  };
}
