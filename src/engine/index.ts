import { createAccents } from './accents.js';
import { createAdmission, longText, names } from './admission.js';
import { findingsOf, priorityOf, rabatOf, strongestLevel } from './assess.js';
import { disguisable, marks } from './compile.js';
import type { CompiledLexicon } from './compile.js';
import { compose } from './compose.js';
import { createFinder, placeCues } from './cues.js';
import type { Found, Hit, Span } from './cues.js';
import { openDictionary } from './dictionary.js';
import { createEvasion, suspicious } from './evasion.js';
import { explain } from './explain.js';
import { resolveOverlaps } from './overlaps.js';
import { createOtherViews } from './views.js';
import { createIdentifier, round } from './language.js';
import type { Reading as LanguageReading } from './language.js';
import { createJoined } from './joined.js';
import { createNormaliser } from './normalise.js';
import type { View } from './normalise.js';
import { findRefs } from './refs.js';
import type { Ref } from './ref.js';
import { createSlips } from './slips.js';
import { createStarred } from './starred.js';
import { createStemFinder } from './stems.js';
import { createTwoPart } from './two-part.js';
import { withoutUnread } from './unread.js';
import { createUnspaced } from './unspaced.js';
import { kind } from './fold.js';
import { structureOf } from './structure.js';
import { traceOf } from './trace.js';
import type { TracingEngine } from './traced.js';
import type { Zawgyi } from './burmese.js';
import type { Assessment, Context, Detect, Finding, Stem } from './types.js';

export { compileLexicon, engineVersion } from './compile.js';
export type { CompiledLexicon } from './compile.js';
export type { Zawgyi } from './burmese.js';
export { rules } from './rules.js';
export type { Rule } from './rules.js';
export type * from './traced.js';
export type * from './types.js';
export { cueClasses, formFeatures, protectingCues, speakerClasses, stances } from './types.js';

/**
 * The engine over compiled tables: pure, deterministic, synchronous. The same text and context under the same revision give the
 * same bytes. `detect`, `stem` and `zawgyi` must be deterministic. Never throws on any text. `identify`: names the language of every text; without it
 * only of texts in which some pack knows a word, which is much faster where most texts hold none.
 */
export function createEngine(parts: {
  compiled: CompiledLexicon;
  detect: Detect;
  stem: Stem;
  identify?: boolean;
  /** Without it Burmese in that encoding is not read. */
  zawgyi?: Zawgyi;
}): TracingEngine {
  const { compiled } = parts;
  const { kinds } = compiled.tables;
  const languages = new Set(compiled.packs.map((pack) => pack.lang));
  const statusOf = new Map(compiled.packs.map(({ lang, status }) => [lang, status]));
  /** Lists of mere terms cannot tell how much of a text they read. */
  const wellRead = compiled.packs.some(({ common }) => common !== undefined);
  const normalise = createNormaliser(compiled.tables, parts.zawgyi);
  const evade = createEvasion(kinds);
  const admit = createAdmission(compiled);
  const identify = createIdentifier(compiled, parts.detect);
  const dictionary = openDictionary(compiled);
  const accented = createAccents(compiled.packs);
  const finder = createFinder(compiled, dictionary);
  const { respelt, disguised, decoded } = createOtherViews(compiled, finder, evade);
  const unspaced = createUnspaced(compiled, dictionary);
  const starred = createStarred(compiled, dictionary);
  const joined = createJoined(compiled, dictionary);
  const slips = createSlips(compiled, dictionary);
  const twoPart = createTwoPart(compiled, dictionary);
  const stems = createStemFinder(compiled, dictionary, parts.stem);

  /** The first stages: which words of the packs the text holds, in which language. `barren`: no finding can come of them. */
  function find(text: string, context: Context) {
    const { view, suspicion, telling } = normalise(text);
    const found: Found = { inside: [], parts: [], harmless: [], cuts: [], marks: 0 };
    const hits = accented(text, view, finder.canonical(view, found), found);
    const pieces = found.inside.length > 0 ? unspaced(view, kinds, found.inside) : [];
    hits.push(...pieces);
    let all: Hit[] = hits;
    const odd = suspicious(suspicion);
    if (odd || suspicion.masks) {
      const hidden = [
        ...(odd ? disguised(view, hits) : []),
        ...(suspicion.mixedDigits || suspicion.singles ? decoded(view, hits, found) : []),
        ...(suspicion.starred || suspicion.masks || suspicion.mixedDigits ? starred(view, kinds) : []),
      ];
      if (hidden.length > 0) all = [...hits, ...hidden];
    }
    // Where no pack knows a word nothing depends on the language, unless a respelt or misspelt word turns up after all.
    let needed = all.length > 0 || parts.identify === true;
    // Words in disguise speak for their language too.
    let language = identify(text, view, all, context, needed, telling);
    const sure = found.parts.length;
    let read = inLanguage(view, all, language, found);
    if (!needed && read.guessed > 0) {
      needed = true;
      found.parts.length = sure;
      language = identify(text, view, all, context, needed, telling);
      read = inLanguage(view, all, language, found);
    }
    if (read.spelt.length > 0) all = [...all, ...read.spelt];
    const barren =
      all === hits &&
      pieces.length === 0 &&
      read.guessed === 0 &&
      context.parent === undefined &&
      (found.marks & marks.name) === 0 &&
      ((found.marks & marks.somebody) === 0 || (found.marks & marks.attack) === 0);
    return {
      view,
      suspicion,
      language,
      hits: all,
      admitted: read.admitted,
      pieces,
      parts: found.parts,
      parted: found.cuts,
      barren,
    };
  }

  /** Hits that hold in the language, with respelt, inflected, joined and misspelt words, and how many words were guessed at. */
  function inLanguage(view: View, plain: readonly Hit[], language: LanguageReading, found: Found) {
    const spelt = respelt(view, language, plain, found);
    const all = spelt.length > 0 ? [...plain, ...spelt] : plain;
    const admitted = admit(all, language, view);
    if (admitted.some((hit) => hit.readings.some(names)))
      admitted.push(...stems(view, kinds, admitted, language.active));
    const hostile = admitted.some((hit) => hit.readings.some(({ entry }) => disguisable.has(entry.class)));
    const cut = joined(view, kinds, language.active, hostile);
    admitted.push(...cut);
    // So long a text shows its language: what is misspelt in it is not looked for in others that it holds a word of.
    const own = view.length >= longText && language.active.has(language.code);
    const slipped = slips(
      view,
      kinds,
      admitted,
      own ? new Set([language.code]) : language.active,
      hostile || cut.length > 0,
    );
    admitted.push(...slipped);
    // "Muslims only care …": the people are named inside an expression that is harmless as a whole.
    const nameInside = (hit: Hit, { start, end, named }: Span) =>
      named !== true && hit.end - hit.start < end - start && !hit.obfuscated && hit.readings.some(names);
    const inHarmless = (hit: Hit) =>
      found.harmless.some((span) => hit.start >= span.start && hit.end <= span.end && !nameInside(hit, span));
    const kept = found.harmless.length > 0 ? admitted.filter((hit) => !inHarmless(hit)) : admitted;
    return { admitted: kept, spelt, guessed: spelt.length + cut.length + slipped.length };
  }

  type Front = ReturnType<typeof find>;

  function parse(
    { view, pieces, admitted, parts, parted, language }: Front,
    context: Context,
    parentRefs: readonly Ref[],
  ) {
    const kept = resolveOverlaps(admitted, view.length, language);
    // Scripts without spaces: a known word is a token of its own, else a whole run of letters would be one and nobody would stand beside anything.
    const cuts = new Set([...pieces.map((piece) => piece.start), ...parted]);
    for (const hit of kept) {
      if (kinds[view.units[hit.start]!] !== kind.dense) continue;
      cuts.add(hit.start);
      cuts.add(hit.end);
    }
    const s = structureOf(view, kinds, cuts.size > 0 ? cuts : undefined);
    const placed = s.starts.length === 0 ? [] : placeCues(kept, s, view);
    const cues = parts.length === 0 ? placed : twoPart(placed, parts, s, language.active);
    return { s, cues, refs: findRefs(cues, s, compiled, context, parentRefs) };
  }

  /** Every stage and its outcome. What refers to a view holds only until the next text is read. */
  function run(text: string, context: Context) {
    const parentRefs = context.parent === undefined ? [] : namedIn(context.parent, { ...context, parent: undefined });
    return finish(text, find(text, context), context, parentRefs);
  }

  const namedIn = (parent: string, context: Context): Ref[] =>
    parse(find(parent, context), context, []).refs.filter((ref) => ref.kind === 'protected');

  function finish(text: string, front: Front, context: Context, parentRefs: readonly Ref[]) {
    const stages = { ...front, ...parse(front, context, parentRefs), parentRefs };
    const { view, s, cues, refs } = stages;
    const composed = cues.length === 0 ? [] : compose({ cues, refs, s, compiled, context });
    const drafts = wellRead ? withoutUnread(composed, cues, s, front.language, languages) : composed;
    return { ...stages, drafts, assessment: judge(findingsOf(drafts, view, text, compiled), front, context) };
  }

  /** The packs that read a text: the language's own, and others whose words it holds. */
  function readBy({ language: { code, active }, admitted }: Front): Assessment['coverage']['packs'] {
    const packs: Assessment['coverage']['packs'] = [];
    const any = code === 'und';
    if (!any && admitted.length === 0) {
      const own = active.has(code) ? statusOf.get(code) : undefined;
      if (own !== undefined) packs.push({ lang: code, status: own });
      return packs;
    }
    for (const { lang, status } of compiled.packs) {
      if (!active.has(lang)) continue;
      if (any || lang === code || admitted.some((hit) => hit.readings.some(({ entry }) => entry.lang === lang)))
        packs.push({ lang, status });
    }
    return packs;
  }

  function judge(findings: Finding[], front: Front, context: Context): Assessment {
    const { language } = front;
    const flagging =
      findings.length === 0 ? findings : findings.filter((finding) => !finding.cleared && finding.groups.length > 0);
    const confidence = flagging.length > 0 ? round(Math.max(...flagging.map((f) => f.confidence))) : 0;
    const rabat = rabatOf(flagging, compiled, context);
    const reading = readBy(front);
    const covered = (reading.length > 0 && languages.has(language.code)) || flagging.length > 0;
    const unique = <T>(of: readonly T[], list: (one: T) => readonly string[]): string[] =>
      of.length === 0 ? [] : [...new Set(of.flatMap(list))].sort();
    const standing = findings.length === 0 ? findings : findings.filter((f) => !f.cleared);
    const result: Assessment = {
      revision: compiled.revision,
      language: {
        code: language.code,
        script: language.script,
        confidence: language.confidence,
        alternatives: [...language.alternatives],
      },
      coverage: { covered, packs: covered ? reading : [] },
      flagged: flagging.length > 0,
      level: strongestLevel(flagging),
      severity: flagging.reduce<Assessment['severity']>((max, f) => (f.severity > max ? f.severity : max), 0),
      groups: unique(flagging, (f) => f.groups),
      grounds: unique(flagging, (f) => f.grounds),
      functions: unique(standing, (f) => f.functions),
      categories: unique(standing, (f) => [f.category]),
      findings,
      rabat,
      confidence,
      priority: priorityOf(flagging, confidence, context, rabat),
      explanation: [],
    };
    result.explanation = explain(result, compiled);
    return result;
  }

  /** Most texts hold nothing that a finding could be made of: their grammar need not be read. */
  function assess(text: string, context: Context): Assessment {
    if (context.parent !== undefined) return run(text, context).assessment;
    const front = find(text, context);
    return front.barren ? judge([], front, context) : finish(text, front, context, []).assessment;
  }

  return {
    revision: compiled.revision,
    assess: (text, context = {}) => assess(text, context),
    trace: (text, context = {}) => traceOf(text, context, { compiled, run, evade }),
  };
}
