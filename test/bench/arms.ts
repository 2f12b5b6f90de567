import { scan } from '../../src/engine/automaton.js';
import { spanOf } from '../../src/engine/assess.js';
import { createFinder } from '../../src/engine/cues.js';
import { openDictionary } from '../../src/engine/dictionary.js';
import { compileLexicon, createEngine } from '../../src/engine/index.js';
import type { CompiledLexicon, Engine } from '../../src/engine/index.js';
import { createNormaliser } from '../../src/engine/normalise.js';
import { loadDetect } from '../../src/lexicon/fasttext.js';
import { loadLexicon, readRubric, readTaxonomy } from '../../src/lexicon/load.js';
import type { Folders, LexiconBundle } from '../../src/lexicon/load.js';
import { naturalStem } from '../../src/lexicon/natural.js';
import { benchBundle } from './lexicon.js';
import { allprofanity, eld, monyone, obscenity } from './peers.js';
import type { Term } from './terms.js';

/** One thing under the clock. */
export interface Runner {
  /** Matches in a text (or another number that depends on the work done). */
  count(text: string): number;
  /** Does it find this term in this text? */
  finds?(text: string, term: Term): boolean;
  /** The language it takes the text for (ISO 639-3). */
  language?(text: string): string;
  /** Does it raise an alarm over this text? Absent: when it counts a match. */
  alarms?(text: string): boolean;
}

/**
 * What the answers of an arm must be. `everywhere`, `lower`: per text as many matches as plain search finds in the folded or the lower-cased
 * text; `words`: only those on word boundaries; `verdict`: every carried term found, nothing found elsewhere; `report`: recall and false
 * alarms are recorded, not required (other people's libraries); `language`: the share of right languages is recorded; `none`: a limit, it answers nothing.
 */
export type Expectation = 'everywhere' | 'lower' | 'words' | 'verdict' | 'report' | 'language' | 'none';

export interface Arm {
  expects: Expectation;
  /** The shipped packs read the declarations too ("the X law": a thing is called so, which they let pass): recorded, not required. */
  reported?: true;
  build(terms: readonly Term[], folders: Folders): Runner | Promise<Runner>;
}

async function compiledFor(terms: readonly Term[], folders: Folders, alone: boolean): Promise<CompiledLexicon> {
  return compileLexicon(benchBundle(alone ? await withoutPacks(folders) : await loadLexicon(folders), terms, alone));
}

/** The taxonomy and the rubric alone. */
export async function withoutPacks({ data }: Folders): Promise<LexiconBundle> {
  const [{ taxonomy }, { rubric }] = await Promise.all([readTaxonomy(data), readRubric(data)]);
  return { packs: [], taxonomy, rubric };
}

const verdicts = (engine: Engine): Runner => ({
  count: (text) => engine.assess(text).findings.length,
  alarms: (text) => engine.assess(text).flagged,
  finds: (text, term) =>
    engine.assess(text).findings.some((finding) => finding.evidence.some((evidence) => evidence.term === term.text)),
});

/** The whole assessment; with `identify` as in the service, which is told the language of every text. */
const assess =
  (alone: boolean, identify: boolean) =>
  async (terms: readonly Term[], folders: Folders): Promise<Runner> => {
    const compiled = await compiledFor(terms, folders, alone);
    return verdicts(createEngine({ compiled, detect: await loadDetect(), stem: naturalStem, identify }));
  };

/** The stages of the engine, the limit of the machine, and the peers. */
export const arms: Record<string, Arm> = {
  'limit: charCodeAt + table': {
    expects: 'none',
    async build(terms, folders) {
      const { fold } = (await compiledFor(terms, folders, true)).tables;
      return {
        count(text) {
          let sum = 0;
          for (let i = 0; i < text.length; i++) sum += fold[text.charCodeAt(i)]!;
          return sum;
        },
      };
    },
  },
  fold: {
    expects: 'none',
    async build(terms, folders) {
      const normalise = createNormaliser((await compiledFor(terms, folders, true)).tables);
      return { count: (text) => normalise(text).view.length };
    },
  },
  'fold + scan': {
    expects: 'everywhere',
    async build(terms, folders) {
      const { tables, automaton, senses } = await compiledFor(terms, folders, true);
      const normalise = createNormaliser(tables);
      return {
        count(text) {
          const { view } = normalise(text);
          let hits = 0;
          scan(automaton, view.units, view.length, (pattern) => {
            // Not those that only disguised words have.
            if (senses.first[pattern] !== senses.first[pattern + 1]) hits++;
          });
          return hits;
        },
      };
    },
  },
  'match stage': {
    expects: 'words',
    async build(terms, folders) {
      const compiled = await compiledFor(terms, folders, true);
      const normalise = createNormaliser(compiled.tables);
      const finder = createFinder(compiled, openDictionary(compiled));
      return {
        count(text) {
          const { view } = normalise(text);
          const hits = finder.canonical(view, { inside: [], parts: [], harmless: [], cuts: [], marks: 0 });
          for (const hit of hits) spanOf(view, text, hit.start, hit.end);
          return hits.length;
        },
        finds(text, term) {
          const { view } = normalise(text);
          return finder
            .canonical(view, { inside: [], parts: [], harmless: [], cuts: [], marks: 0 })
            .some((hit) => hit.readings.some(({ entry }) => entry.term === term.text));
        },
      };
    },
  },
  assess: { expects: 'verdict', build: assess(true, false) },
  'assess, language of every text': { expects: 'verdict', build: assess(true, true) },
  'assess, shipped packs too': { expects: 'verdict', reported: true, build: assess(false, false) },
  'assess, shipped packs and language': { expects: 'verdict', reported: true, build: assess(false, true) },
  'language alone': {
    expects: 'language',
    async build() {
      const detect = await loadDetect();
      const language = (text: string) => detect(text.slice(0, 600))[0]?.code ?? 'und';
      return { count: (text) => language(text).length, language };
    },
  },
  'eld small': { expects: 'language', build: eld },
  '@monyone/aho-corasick/fast': { expects: 'lower', build: monyone },
  'allprofanity detect': { expects: 'report', build: allprofanity },
  'obscenity getAllMatches': { expects: 'report', build: obscenity },
};
