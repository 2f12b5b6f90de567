import { scan } from '../../src/engine/automaton.js';
import { spanOf } from '../../src/engine/assess.js';
import { createFinder } from '../../src/engine/cues.js';
import { openDictionary } from '../../src/engine/dictionary.js';
import { compileLexicon, createEngine } from '../../src/engine/index.js';
import type { CompiledLexicon, Engine } from '../../src/engine/index.js';
import { createNormaliser } from '../../src/engine/normalise.js';
import { loadDetect } from '../../src/lexicon/fasttext.js';
import { loadLexicon } from '../../src/lexicon/load.js';
import type { Folders } from '../../src/lexicon/load.js';
import { naturalStem } from '../../src/lexicon/natural.js';
import { benchBundle } from './lexicon.js';
import { allprofanity, monyone, obscenity } from './peers.js';
import type { Term } from './terms.js';

/** One thing under the clock. */
export interface Runner {
  /** Matches in a text (or another number that depends on the work done). */
  count(text: string): number;
  /** Does it find this term in this text? */
  finds?(text: string, term: Term): boolean;
  /** Does it raise an alarm over this text? Absent: when it counts a match. */
  alarms?(text: string): boolean;
}

/**
 * What the answers of an arm must be. `everywhere`, `lower`: per text as many matches as plain search finds in the folded or the lower-cased
 * text; `words`: only those on word boundaries; `verdict`: every carried term found, nothing found elsewhere; `report`: recall and false
 * alarms are recorded, not required (other people's libraries); `none`: a limit, it answers nothing.
 */
export type Expectation = 'everywhere' | 'lower' | 'words' | 'verdict' | 'report' | 'none';

export interface Arm {
  expects: Expectation;
  /** `reported`: the shipped packs read the declarations too, and what they say of them is recorded, not required. */
  alarms?: 'reported';
  build(terms: readonly Term[], folders: Folders): Runner | Promise<Runner>;
}

async function compiledFor(terms: readonly Term[], folders: Folders, alone: boolean): Promise<CompiledLexicon> {
  return compileLexicon(benchBundle(await loadLexicon(folders), terms, alone));
}

const verdicts = (engine: Engine): Runner => ({
  count: (text) => engine.assess(text).findings.length,
  alarms: (text) => engine.assess(text).flagged,
  finds: (text, term) =>
    engine.assess(text).findings.some((finding) => finding.evidence.some((evidence) => evidence.term === term.text)),
});

const assess =
  (alone: boolean, detecting: boolean) =>
  async (terms: readonly Term[], folders: Folders): Promise<Runner> => {
    const compiled = await compiledFor(terms, folders, alone);
    return verdicts(createEngine({ compiled, detect: detecting ? await loadDetect() : () => [], stem: naturalStem }));
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
          const hits = finder.canonical(view, { inside: [], parts: [], marks: 0 });
          for (const hit of hits) spanOf(view, text, hit.start, hit.end);
          return hits.length;
        },
        finds(text, term) {
          const { view } = normalise(text);
          return finder
            .canonical(view, { inside: [], parts: [], marks: 0 })
            .some((hit) => hit.readings.some(({ entry }) => entry.term === term.text));
        },
      };
    },
  },
  assess: { expects: 'verdict', build: assess(true, false) },
  'assess, shipped packs too': { expects: 'verdict', alarms: 'reported', build: assess(false, false) },
  'assess, shipped packs and language': { expects: 'verdict', alarms: 'reported', build: assess(false, true) },
  '@monyone/aho-corasick/fast': { expects: 'lower', build: monyone },
  'allprofanity detect': { expects: 'report', build: allprofanity },
  'obscenity getAllMatches': { expects: 'report', build: obscenity },
};
