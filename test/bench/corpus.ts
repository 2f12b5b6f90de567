import { readFile, writeFile } from 'node:fs/promises';
import { buildAutomaton, scan } from '../../src/engine/automaton.js';
import { disguisable } from '../../src/engine/compile.js';
import { createFormFolder } from '../../src/engine/forms.js';
import type { Pack } from '../../src/engine/index.js';
import { seededRandom } from '../support/random.js';
import { inventTerms } from './terms.js';
import type { Term } from './terms.js';
import { makeTexts } from './texts.js';
import type { Text } from './texts.js';
import { readTongues } from './tongues.js';

/** What every arm of the benchmark works on. The lists of terms are nested: the first 1,000, the first 10,000 … */
export interface Corpus {
  terms: Term[];
  posts: Text[];
  articles: Text[];
}

export const sizes = [1_000, 10_000, 50_000, 100_000] as const;
export const corpusSeed = 20_261_121;

/** True for folded forms that hold a hostile word of the packs: the corpus holds no offensive word, by chance either. */
function offensiveTest(packs: readonly Pack[], fold: (form: string) => string): (folded: string) => boolean {
  const words = packs.flatMap((pack) =>
    pack.entries
      .filter((entry) => disguisable.has(entry.class))
      .flatMap((entry) => entry.forms.map((form) => fold(form.t))),
  );
  const automaton = buildAutomaton([...new Set(words)].filter((word) => word.length >= 4));
  return (folded) => {
    let found = false;
    const units = Uint16Array.from({ length: folded.length }, (_, i) => folded.charCodeAt(i));
    scan(automaton, units, units.length, () => (found = true));
    return found;
  };
}

/**
 * Makes the corpus: the same on every machine. Posts have about 100 UTF-16 units, one in fifty carries a term of the first thousand; articles
 * have about 5 KB, one in five carries one (they are fifty times as long).
 */
export function makeCorpus(packs: readonly Pack[], counts = { terms: 100_000, posts: 20_000, articles: 300 }): Corpus {
  const random = seededRandom(corpusSeed);
  const tongues = readTongues();
  const fold = createFormFolder();
  const terms = inventTerms(tongues, counts.terms, { random, fold, offensive: offensiveTest(packs, fold) });
  const planted = terms.slice(0, 1_000);
  return {
    terms,
    posts: makeTexts(tongues, planted, { count: counts.posts, size: 100, measured: 'units', every: 50 }, random),
    articles: makeTexts(tongues, planted, { count: counts.articles, size: 5_000, measured: 'bytes', every: 5 }, random),
  };
}

export const writeCorpus = (path: string, corpus: Corpus): Promise<void> => writeFile(path, JSON.stringify(corpus));
export const readCorpus = async (path: string): Promise<Corpus> => JSON.parse(await readFile(path, 'utf8')) as Corpus;
