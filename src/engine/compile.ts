import { beginningsOf } from './beginnings.js';
import type { Beginnings } from './beginnings.js';
import { buildAutomaton } from './automaton.js';
import { ChainList } from './chain-list.js';
import type { Chains } from './chain-list.js';
import type { Automaton } from './automaton.js';
import { accentedWords, unlikeWords } from './accents.js';
import { encodeEntries } from './entries.js';
import type { EntryTable } from './entries.js';
import { foldTables } from './fold.js';
import { PairList, SenseList, leastRuns, shared } from './lists.js';
import type { Pairs, Runs, Senses } from './lists.js';
import type { FoldTables } from './fold.js';
import { collapse } from './evasion.js';
import { createFormFolder } from './forms.js';
import { isHan } from './normalise.js';
import { isRespelt, respell, respellAs, respellingOf } from './respell.js';
import { attackClasses } from './rules.js';
import { orderOf } from './sorting.js';
import { otherScript } from './scripts.js';
import { wordSet } from './words.js';
import type { CompiledEntry } from './readings.js';
import type { WordSet } from './words.js';
import { cueClasses, formFeatures } from './types.js';
import type {
  AffixClass,
  Category,
  Entry,
  Confidence,
  CueClass,
  Form,
  FormFeature,
  Ground,
  Group,
  Pack,
  Rubric,
  Taxonomy,
} from './types.js';

/** Bump when the engine's answers may change without any change of data. */
export const engineVersion = '0.11.0';

export interface CompiledPack extends Omit<Pack, 'entries' | 'affixes' | 'ordinary' | 'frequent'> {
  /** The commonest words of the language. */
  common?: WordSet;
  /** Words that forms of the pack are made of, where a list of ordinary words tells them from misspellings. */
  vocabulary?: WordSet;
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
  /** The patterns of all packs as written, and those of hostile words with doubled letters collapsed, for disguised spellings. */
  automaton: Automaton;
  /** Senses of each pattern in the canonical view, and in the evasion view. */
  senses: Senses;
  evasion: Senses;
  runs: Runs;
  /** How the patterns begin. */
  beginnings: Beginnings;
  /** All that is asked of most patterns found, side by side: bits (see `marks`), and the length from bit 16 on. */
  facts: Uint32Array;
  /** Forms in two parts. */
  pairs: Pairs;
  /** Forms with choices. */
  chains: Chains;
  entries: EntryTable;
  /** Index of the class of each entry in `cueClasses`. */
  classes: Uint8Array;
  /** Index of the pack of each entry in `packs`. */
  languages: Uint8Array;
  /** Prefixes and suffixes of an affix class, every combination, by `lang:name`. */
  affixes: Record<string, { prefixes: string[]; suffixes: string[] }>;
  packs: CompiledPack[];
  groups: Group[];
  grounds: Ground[];
  categories: Category[];
  confidence: Confidence;
}

/**
 * What a pattern's canonical senses may ask for, so that most hits are settled without looking at an entry; and what they can give a finding: a
 * name (of a group, or a word that attacks one by itself), somebody else who can be attacked, or an attack.
 */
export const marks = {
  insideWords: 1,
  exclusions: 2,
  head: 4,
  tail: 8,
  name: 16,
  somebody: 32,
  attack: 64,
  link: 128,
  /** It has canonical senses. */
  known: 256,
  /** It says something where it ends inside of a word. */
  within: 512,
};
/** Units of a known word from which it is noted that it stands inside of a longer one. */
export const leastInside = 4;
const lengthAt = 16;
export const lengthOf = (facts: number): number => facts >>> lengthAt;

function markOfEntry({ class: of, targets }: Pick<CompiledEntry, 'class' | 'targets'>): number {
  const name = of === 'group_term' || of === 'slur' || (targets !== undefined && targets.length > 0);
  const somebody = of === 'function_noun' || of === 'individual_noun';
  return (name ? marks.name : 0) | (somebody ? marks.somebody : 0) | (attackClasses.has(of) ? marks.attack : 0);
}

/** Stands between the two parts of a form that somebody is named inside of: "ship … back". */
const gap = '…';

/** Classes worth finding behind a disguise. Grammar words are not: too short, too common. */
export const disguisable: ReadonlySet<CueClass> = new Set([
  'slur',
  'group_term',
  'dehumanising_noun',
  'violence_predicate',
  'expulsion_predicate',
  'exclusion_predicate',
  'hostile_emotion',
  'derogatory_attribute',
  'coded_term',
  'sexual_violence_predicate',
  'property_destruction_predicate',
  'profanity',
  'conspiracy_trope',
  'threat_claim',
]);

function product(slots: string[][] | undefined, foldForm: (form: string) => string): string[] {
  let all = [''];
  for (const slot of slots ?? []) all = all.flatMap((head) => slot.map((piece) => head + foldForm(piece)));
  return [...new Set(all)];
}

/** As they are written, and in the coarser alphabets that forms of the language are read in too. */
function compileAffix(affix: AffixClass, pack: Pack, fold: (form: string) => string) {
  const all = (slots: string[][] | undefined): string[] => {
    const folded = product(slots, fold);
    const respelt = pack.scripts.flatMap((script) => {
      const how = respellingOf(pack.lang, script);
      return how ? folded.map((piece) => respellAs(how, piece)) : [];
    });
    return [...new Set([...folded, ...respelt])];
  };
  return { prefixes: all(affix.prefixes), suffixes: all(affix.suffixes) };
}

const featureBits = (features: readonly FormFeature[]): number =>
  features.reduce((bits, feature) => bits | (1 << formFeatures.indexOf(feature)), 0);

/** A second part behind a comma as it is typed: with the comma, with a dash, with neither. */
const pausing = (tail: string): string[] =>
  comma.test(tail) ? [tail, tail.replace(comma, '- '), tail.replace(comma, '')] : [tail];
const comma = /^[,،、，]\s*/;

/** Compiles packs, taxonomy and rubric into flat tables. The order of the packs does not matter. */
export function compileLexicon(parts: { packs: Pack[]; taxonomy: Taxonomy; rubric: Rubric }): CompiledLexicon {
  const tables = foldTables();
  const foldForm = createFormFolder(tables);
  const packs = [...parts.packs].sort((a, b) => (a.lang < b.lang ? -1 : 1));
  const entries: CompiledEntry[] = [];
  const affixes: CompiledLexicon['affixes'] = {};
  const forms = new Map<string, number>();
  const formOf = (folded: string): number => {
    let form = forms.get(folded);
    if (form === undefined) forms.set(folded, (form = forms.size));
    return form;
  };
  /** A form as listed, and as the language also writes it; each of them folded, and in the coarser alphabet if it has one. */
  const spellingsOf = (lang: string, form: string): string[] => {
    const all: string[] = [];
    const spell = (spelling: string) => {
      const folded = foldForm(spelling);
      all.push(folded);
      const respelt = respell(lang, folded);
      if (respelt !== undefined) all.push(respelt);
    };
    spell(form);
    for (const spelling of otherScript(lang, form)) spell(spelling);
    return all;
  };
  const canonical = new SenseList();
  const evasion = new SenseList();
  const pairs = new PairList();
  const chains = new ChainList();
  /** Marks of the forms. */
  const marked: number[] = [];
  /** The forms that may stand in each place of a form with choices. */
  const placesOf = (lang: string, slots: readonly (readonly string[])[]): number[][] => {
    const places = slots.map((some) => some.flatMap((one) => spellingsOf(lang, one).map(formOf)));
    for (const form of places.flat()) marked[form] = (marked[form] ?? 0) | marks.link;
    return places;
  };
  for (const pack of packs) {
    for (const [name, affix] of Object.entries(pack.affixes))
      affixes[`${pack.lang}:${name}`] = compileAffix(affix, pack, foldForm);
    for (const entry of [...pack.entries].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const { forms: written, exclude, context, ...rest } = entry;
      const index = entries.length;
      const spelling = exclude || pack.accents ? accentsOf(entry, pack, foldForm) : undefined;
      entries.push({
        ...rest,
        lang: pack.lang,
        excluded: (spelling?.exclude ?? []).flatMap((form) => spellingsOf(pack.lang, form)),
        ...(context && { harmlessNear: context.flatMap((form) => spellingsOf(pack.lang, form)) }),
        ...spelling?.accents,
      });
      const loose =
        entry.match === 'substring' ||
        (entry.affix !== undefined && affixes[`${pack.lang}:${entry.affix}`] !== undefined);
      const kept = markOfEntry(entry);
      const mark =
        kept |
        (loose ? marks.insideWords : 0) |
        ((exclude?.length ?? 0) + (context?.length ?? 0) > 0 ? marks.exclusions : 0);
      for (const { t, f, slots, joins, halves, tails: rows } of written) {
        const features = featureBits(f);
        if (slots) {
          const places = placesOf(pack.lang, slots);
          // The first word may have a prefix, the last one a suffix.
          if (entry.affix !== undefined && loose)
            for (const form of [...places[0]!, ...places.at(-1)!]) marked[form]! |= marks.insideWords;
          chains.add(places, joins, index, features, kept);
          continue;
        }
        if (t.includes(gap)) {
          const parts = (halves ?? t.split(gap).map((part) => [part])).map((part, i) =>
            i === 0 ? part : part.flatMap(pausing),
          );
          const [heads, tails] = parts.map((part) => [
            ...new Set(part.flatMap((one) => spellingsOf(pack.lang, one).map(formOf))),
          ]) as [number[], number[]];
          for (const head of heads) marked[head] = (marked[head] ?? 0) | marks.head | kept;
          for (const tail of tails) marked[tail] = (marked[tail] ?? 0) | marks.tail;
          const chained = (rows ?? []).map((row) =>
            chains.addPart(placesOf(pack.lang, row.slots), row.joins, marks.tail),
          );
          pairs.add(heads, [...tails, ...chained], index, features);
          continue;
        }
        for (const folded of spellingsOf(pack.lang, t)) {
          if (folded.length === 0) continue;
          const form = formOf(folded);
          marked[form] = (marked[form] ?? 0) | mark;
          canonical.add(form, index, features);
          if (
            !disguisable.has(entry.class) ||
            folded.length < (isHan(folded.charCodeAt(0)) ? 2 : entry.class === 'group_term' ? 3 : 4) ||
            folded.includes(' ') ||
            isRespelt(folded)
          )
            continue;
          const collapsed = collapse(folded);
          evasion.add(formOf(collapsed), index, features, leastRuns(folded, collapsed));
        }
      }
    }
  }
  const listed = [...forms.keys()];
  const order = orderOf(listed);
  const rank = new Uint32Array(order.length);
  const patterns = Array.from<string>({ length: order.length });
  for (let i = 0; i < order.length; i++) {
    patterns[i] = listed[order[i]!]!;
    rank[order[i]!] = i;
  }
  const { senses } = canonical.layOut(rank);
  const facts = factsOf(patterns, senses, marked, rank);
  const classes = shared(Uint8Array, entries.length);
  const languages = shared(Uint8Array, entries.length);
  const indexOfPack = new Map(packs.map((pack, i) => [pack.lang, i]));
  entries.forEach(({ class: of, lang }, i) => {
    classes[i] = cueClasses.indexOf(of);
    languages[i] = indexOfPack.get(lang)!;
  });
  const hidden = evasion.layOut(rank);
  const revision = `${engineVersion}+${digest([...packs.map((pack) => `${pack.lang}:${pack.revision}`), parts.taxonomy.revision, parts.rubric.revision].join('|'))}`;
  return {
    revision,
    tables,
    automaton: buildAutomaton(patterns, true),
    beginnings: beginningsOf(patterns, tables.kinds),
    senses,
    evasion: hidden.senses,
    runs: hidden.runs,
    facts,
    pairs: pairs.layOut(rank),
    chains: chains.layOut(rank),
    entries: encodeEntries(entries),
    classes,
    languages,
    affixes,
    packs: packs.map(({ entries, affixes: _affixes, ordinary, frequent, shorthand, ...rest }) => ({
      ...rest,
      ...(shorthand && {
        shorthand: Object.fromEntries(
          Object.entries(shorthand).map(([word, full]) => [foldForm(word), foldForm(full)]),
        ),
      }),
      ...(frequent && { common: wordSet(frequent.map(foldForm), frequent.length) }),
      ...(ordinary && { vocabulary: vocabularyOf(entries, foldForm) }),
      ...(ordinary && { words: wordSet(ordinary.map(foldForm), ordinary.length) }),
    })),
    groups: parts.taxonomy.groups,
    grounds: parts.taxonomy.grounds,
    categories: parts.rubric.categories,
    confidence: parts.rubric.confidence,
  };
}

/** All that stands in some place of a form. */
const wordingsOf = ({ t, slots, halves, tails }: Form): string[] =>
  slots?.flat() ?? (halves && [...halves.flat(), ...(tails ?? []).flatMap((row) => row.slots.flat())]) ?? [t];

/** What the accents of an entry's forms say, and what it excludes besides: harmless expressions that not only accents tell from its forms. */
function accentsOf({ forms, exclude = [] }: Entry, { accents }: Pack, foldForm: (form: string) => string) {
  const choices = forms.flatMap(wordingsOf);
  const folded = new Set(choices.map(foldForm));
  const onlyAccents = (form: string) => !form.includes(' ') && folded.has(foldForm(form)) && !choices.includes(form);
  const unlike = unlikeWords(exclude.filter(onlyAccents));
  return {
    exclude: exclude.filter((form) => !onlyAccents(form)),
    accents: {
      ...(accents === 'distinct' && { spelt: accentedWords(choices) }),
      ...(unlike.length > 0 && { unlike }),
    },
  };
}

function factsOf(
  patterns: readonly string[],
  { first }: Senses,
  marked: readonly number[],
  rank: Uint32Array,
): Uint32Array {
  const facts = shared(Uint32Array, patterns.length);
  marked.forEach((mark, form) => (facts[rank[form]!] = mark));
  for (let pattern = 0; pattern < patterns.length; pattern++) {
    const { length } = patterns[pattern]!;
    const known = first[pattern] !== first[pattern + 1];
    const within = (facts[pattern]! & marks.insideWords) !== 0 || (known && length >= leastInside);
    facts[pattern]! |= (known ? marks.known : 0) | (within ? marks.within : 0) | (length << lengthAt);
  }
  return facts;
}

/** Every word of four letters and more in the forms of a pack. */
function vocabularyOf(entries: readonly Entry[], foldForm: (form: string) => string): WordSet {
  const words = new Set<string>();
  for (const { forms } of entries)
    for (const written of forms)
      for (const form of wordingsOf(written))
        for (const word of foldForm(form).split(/[^\p{L}]+/u)) if (word.length >= 4) words.add(word);
  return wordSet(words, words.size);
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
