import type { Entry, Grammar, Pack } from '../../src/engine/index.js';
import type { LexiconBundle } from '../../src/lexicon/load.js';
import type { Term } from './terms.js';

const grammar: Grammar = {
  attributive: 'both',
  negation: ['before'],
  imperative: 'base',
  copula: 'required',
  order: 'SVO',
};

/** Prose of the length that terms of the shipped packs have (about 420 characters), its own for each entry so that nothing is shared. */
function prose(
  { text, lang }: Term,
  id: string,
): Pick<Entry, 'term' | 'meaning' | 'why' | 'benignSenses' | 'advice' | 'sources'> {
  return {
    term: text,
    meaning: `an invented word (${text}) that stands in the list of ${lang} for a term with a meaning of its own`,
    why: `${id} says here, in a sentence of the usual length, why people who know the word hear more in it than strangers do.`,
    benignSenses: [`the first harmless sense of ${id}`, `the second of ${id}`],
    advice: `Reviewers of ${id} look at who is spoken of before they decide.`,
    sources: [{ id: `source-${id}`, claim: 'lists the word' }],
  };
}

const entryOf = (terms: readonly Term[], index: number): Entry => {
  const [term] = terms;
  const id = `${term!.lang}-t-bench-${index}`;
  const forms = terms.map(({ text }) => ({ t: text, f: [] }));
  return {
    id,
    class: 'slur',
    forms,
    targets: ['X.rel.bench'],
    severity: 3,
    standalone: true,
    ambiguity: 'none',
    category: 'T22',
    ...prose(term!, id),
  };
};

/**
 * The shipped data with `terms` beside it, each an entry of its own; without the shipped packs when `alone`. `formsPerEntry`: how many terms of a
 * language share an entry.
 */
export function benchBundle(
  shipped: LexiconBundle,
  terms: readonly Term[],
  alone: boolean,
  formsPerEntry = 1,
): LexiconBundle {
  const packs = new Map<string, Pack>(
    alone ? [] : shipped.packs.map((pack) => [pack.lang, { ...pack, entries: [...pack.entries] }]),
  );
  const waiting = new Map<string, Term[]>();
  const add = (own: readonly Term[], index: number) => {
    const [term] = own as [Term];
    const pack = packs.get(term.lang) ?? {
      lang: term.lang,
      name: term.lang,
      scripts: [term.script],
      status: 'draft',
      countries: [],
      grammar,
      affixes: {},
      entries: [],
      revision: 'bench',
    };
    packs.set(term.lang, pack);
    pack.entries.push(entryOf(own, index));
  };
  terms.forEach((term, index) => {
    const own = [...(waiting.get(term.lang) ?? []), term];
    const full = own.length === formsPerEntry;
    waiting.set(term.lang, full ? [] : own);
    if (full) add(own, index);
  });
  for (const [lang, own] of waiting)
    if (own.length > 0) add(own, terms.findIndex((term) => term.lang === lang) + terms.length);
  const group = { id: 'X.rel.bench', ground: 'pc.religion', names: { eng: 'a group of the benchmark' } };
  return {
    packs: [...packs.values()],
    taxonomy: { ...shipped.taxonomy, groups: [...shipped.taxonomy.groups, group] },
    rubric: shipped.rubric,
  };
}
