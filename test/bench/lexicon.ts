import type { Entry, Grammar, Pack } from '../../src/engine/index.js';
import type { LexiconBundle } from '../../src/lexicon/load.js';
import type { Term } from './terms.js';

const grammar: Grammar = { attributive: 'both', negation: ['before'], imperative: 'base', copula: 'required', order: 'SVO' };

/** Prose of the length that terms of the shipped packs have (about 420 characters), its own for each term so that nothing is shared. */
function prose({ text, lang }: Term, id: string): Pick<Entry, 'term' | 'meaning' | 'why' | 'benignSenses' | 'advice' | 'sources'> {
  return {
    term: text,
    meaning: `an invented word of the benchmark (${text}) that stands for a term of the ${lang} list with its own meaning`,
    why: `${id} says here in a sentence of the usual length why people who know the word hear more in it than strangers do.`,
    benignSenses: [`the first harmless sense of ${text}`, `the second harmless sense of ${text}`],
    advice: `Reviewers of ${id} are told to look at who is spoken of before they decide.`,
    sources: [{ id: `source-${id}`, claim: `lists ${text}` }],
  };
}

const entryOf = (term: Term, index: number): Entry => {
  const id = `${term.lang}-t-bench-${index}`;
  return { id, class: 'slur', forms: [{ t: term.text, f: [] }], targets: ['X.rel.bench'], severity: 3, standalone: true, ambiguity: 'none', category: 'T22', ...prose(term, id) };
};

/** The shipped data with `terms` beside it; without the shipped packs when `alone`. */
export function benchBundle(shipped: LexiconBundle, terms: readonly Term[], alone: boolean): LexiconBundle {
  const packs = new Map<string, Pack>(alone ? [] : shipped.packs.map((pack) => [pack.lang, { ...pack, entries: [...pack.entries] }]));
  terms.forEach((term, index) => {
    const pack = packs.get(term.lang) ?? { lang: term.lang, name: term.lang, scripts: [term.script], status: 'draft', countries: [], grammar, affixes: {}, entries: [], revision: 'bench' };
    packs.set(term.lang, pack);
    pack.entries.push(entryOf(term, index));
  });
  const group = { id: 'X.rel.bench', ground: 'pc.religion', names: { eng: 'a group of the benchmark' } };
  return { packs: [...packs.values()], taxonomy: { ...shipped.taxonomy, groups: [...shipped.taxonomy.groups, group] }, rubric: shipped.rubric };
}
