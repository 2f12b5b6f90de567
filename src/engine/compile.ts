import { buildAutomaton } from './automaton.js';
import type { Automaton } from './automaton.js';
import { buildFoldTables } from './fold.js';
import type { FoldTables } from './fold.js';
import { collapse, runsOf } from './evasion.js';
import { createFormFolder } from './normalise.js';
import { wordSet } from './words.js';
import type { WordSet } from './words.js';
import type { AffixClass, Category, CueClass, Entry, FormFeature, Ground, Group, Pack, Rubric, Taxonomy } from './types.js';

/** Bump when the engine's answers may change without any change of data. */
export const engineVersion = '0.1.0';

/** One meaning of one written form. */
export interface Sense {
  entry: number;
  features: FormFeature[];
  /** For patterns of the evasion automaton: the least length of each run of one letter. */
  runs?: number[];
}

export interface CompiledAffix {
  prefixes: Set<string>;
  suffixes: Set<string>;
}

export interface CompiledEntry extends Omit<Entry, 'forms' | 'exclude'> {
  lang: string;
  affixClass?: CompiledAffix;
  /** Folded harmless expressions that contain a form. */
  excluded: string[];
}

export interface CompiledPack extends Omit<Pack, 'entries' | 'affixes' | 'ordinary'> {
  /** Words of the language that must not be taken for a misspelt cue; absent where there is no list. */
  words?: WordSet;
}

/**
 * Everything the engine needs, compiled once: plain values and shared typed arrays, so that worker threads take it as it is
 * (structured clone keeps the arrays shared).
 */
export interface CompiledLexicon {
  revision: string;
  tables: FoldTables;
  canonical: Automaton;
  /** Senses of each canonical pattern. */
  senses: Sense[][];
  /** The patterns of hostile words with doubled letters collapsed, for disguised spellings. */
  evasion: Automaton;
  evasionSenses: Sense[][];
  /** Folded form of each pattern of the two automata. */
  patterns: string[];
  evasionPatterns: string[];
  entries: CompiledEntry[];
  packs: CompiledPack[];
  groups: Group[];
  grounds: Ground[];
  categories: Category[];
}

/** Classes worth finding behind a disguise. Grammar words are not: too short, too common. */
export const disguisable: ReadonlySet<CueClass> = new Set([
  'slur', 'group_term', 'dehumanising_noun', 'violence_predicate', 'expulsion_predicate', 'exclusion_predicate', 'hostile_emotion',
  'derogatory_attribute', 'coded_term', 'sexual_violence_predicate', 'property_destruction_predicate', 'profanity', 'conspiracy_trope', 'threat_claim',
]);

function product(slots: string[][] | undefined, foldForm: (form: string) => string): Set<string> {
  let all = [''];
  for (const slot of slots ?? []) all = all.flatMap((head) => slot.map((piece) => head + foldForm(piece)));
  return new Set(all);
}

const compileAffix = (affix: AffixClass, fold: (form: string) => string): CompiledAffix => ({ prefixes: product(affix.prefixes, fold), suffixes: product(affix.suffixes, fold) });

/** Compiles packs, taxonomy and rubric into flat tables. The order of the packs does not matter. */
export function compileLexicon(parts: { packs: Pack[]; taxonomy: Taxonomy; rubric: Rubric }): CompiledLexicon {
  const foldForm = createFormFolder();
  const packs = [...parts.packs].sort((a, b) => (a.lang < b.lang ? -1 : 1));
  const entries: CompiledEntry[] = [];
  const canonical = new Map<string, Sense[]>();
  const evasion = new Map<string, Sense[]>();
  const add = (map: Map<string, Sense[]>, key: string, sense: Sense) => {
    const list = map.get(key);
    if (!list) map.set(key, [sense]);
    else {
      const same = list.find((other) => other.entry === sense.entry && String(other.runs) === String(sense.runs));
      if (same) same.features = [...new Set([...same.features, ...sense.features])].sort();
      else list.push(sense);
    }
  };
  for (const pack of packs) {
    const affixes = new Map(Object.entries(pack.affixes).map(([name, affix]) => [name, compileAffix(affix, foldForm)]));
    for (const entry of [...pack.entries].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const { forms, exclude, ...rest } = entry;
      const index = entries.length;
      const affixClass = entry.affix === undefined ? undefined : affixes.get(entry.affix);
      entries.push({ ...rest, lang: pack.lang, excluded: (exclude ?? []).map(foldForm), ...(affixClass && { affixClass }) });
      for (const form of forms) {
        const folded = foldForm(form.t);
        if (folded.length === 0) continue;
        add(canonical, folded, { entry: index, features: [...form.f].sort() });
        if (disguisable.has(entry.class) && folded.length >= (entry.class === 'group_term' ? 3 : 4) && !folded.includes(' ')) add(evasion, collapse(folded), { entry: index, features: [...form.f].sort(), runs: runsOf(folded) });
      }
    }
  }
  const patterns = [...canonical.keys()].sort();
  const evasionPatterns = [...evasion.keys()].sort();
  const revision = `${engineVersion}+${digest([...packs.map((pack) => `${pack.lang}:${pack.revision}`), parts.taxonomy.revision, parts.rubric.revision].join('|'))}`;
  return {
    revision,
    tables: buildFoldTables(),
    canonical: buildAutomaton(patterns),
    senses: patterns.map((pattern) => canonical.get(pattern)!),
    evasion: buildAutomaton(evasionPatterns),
    evasionSenses: evasionPatterns.map((pattern) => evasion.get(pattern)!),
    patterns,
    evasionPatterns,
    entries,
    packs: packs.map(({ entries: _entries, affixes: _affixes, ordinary, ...rest }) => ({ ...rest, ...(ordinary && { words: wordSet(folded(ordinary, foldForm), ordinary.length) }) })),
    groups: parts.taxonomy.groups,
    grounds: parts.taxonomy.grounds,
    categories: parts.rubric.categories,
  };
}

function* folded(words: readonly string[], fold: (form: string) => string): Generator<string> {
  for (const word of words) yield /^[a-z]+$/.test(word) ? word : fold(word);
}

/** FNV-1a over the parts' own digests, as 16 hex digits: an identifier, not a security measure. */
function digest(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193) >>> 0;
    b = Math.imul(b ^ text.charCodeAt(text.length - 1 - i), 0x85ebca6b) >>> 0;
  }
  return a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0');
}
