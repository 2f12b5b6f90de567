import type { Stem } from '../engine/index.js';
// By its sub-path: natural's root loads over a thousand modules, a Redis client and a dotenv run among them.
import { PorterStemmer, PorterStemmerFr } from 'natural/lib/natural/stemmers/index.js';

interface Stemmer {
  stem(word: string): string;
}

const stemmers: Record<string, Stemmer> = { eng: PorterStemmer, fra: PorterStemmerFr };

/** natural's stemmers behind the engine's port. `undefined` for languages that natural has none for. */
export const naturalStem: Stem = (lang) => {
  const stemmer = stemmers[lang];
  return stemmer && ((word) => stemmer.stem(word));
};
