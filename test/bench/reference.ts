import { createFormFolder } from '../../src/engine/forms.js';
import type { Corpus } from './corpus.js';
import { PlainSearch, onWordBoundaries } from './plain-search.js';
import type { Text } from './texts.js';

/** Matches per text, in order, by plain search. */
export interface Counts {
  /** Of the folded terms in the folded text. */
  everywhere: number[];
  /** … those on word boundaries. */
  words: number[];
  /** Of the lower-cased terms in the lower-cased text. */
  lower: number[];
}

/** By the number of terms. */
export type Reference = Record<number, { posts: Counts; articles: Counts }>;

/** Searches the corpus plainly, for each size. Folding is done character by character, not by the normaliser under test. */
export function referenceOf(corpus: Corpus, sizes: readonly number[]): Reference {
  const fold = createFormFolder();
  const folded = new PlainSearch(corpus.terms.map(({ text }) => fold(text)));
  const lower = new PlainSearch(corpus.terms.map(({ text }) => text.toLowerCase()));
  // The lists are nested: one search with all terms answers for every size.
  const search = (texts: readonly Text[]) => {
    const places = texts.map(({ text }) => {
      const canonical = fold(text);
      const everywhere = folded.everywhere(canonical);
      return {
        everywhere,
        words: everywhere.filter((place) => onWordBoundaries(canonical, place)),
        lower: lower.everywhere(text.toLowerCase()),
      };
    });
    const counts = (of: keyof Counts, size: number) =>
      places.map((found) => found[of].filter(({ term }) => term < size).length);
    return (size: number): Counts => ({
      everywhere: counts('everywhere', size),
      words: counts('words', size),
      lower: counts('lower', size),
    });
  };
  const posts = search(corpus.posts);
  const articles = search(corpus.articles);
  return Object.fromEntries(sizes.map((size) => [size, { posts: posts(size), articles: articles(size) }]));
}
