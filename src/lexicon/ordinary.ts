import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import englishPath from 'word-list';

const require = createRequire(import.meta.url);

/**
 * Ordinary words of a language, so that none of them is taken for a misspelt cue: English from `word-list` (274,000 words), French from
 * `an-array-of-french-words` (336,000), both MIT. `undefined` where no list is at hand; the engine is then more careful.
 */
export async function ordinaryWords(lang: string): Promise<string[] | undefined> {
  if (lang === 'eng') return (await readFile(englishPath, 'utf8')).split('\n');
  if (lang === 'fra')
    return JSON.parse(await readFile(require.resolve('an-array-of-french-words'), 'utf8')) as string[];
  return undefined;
}
