/**
 * What a text is found by. Every store keeps these tokens and every question is turned into them, so that all answer alike; the
 * console uses the same rule for posts that arrive while it looks. A text is found when it has every token of the question.
 */

/** Scripts written without spaces between words. */
const unspaced = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}`;
const beyondAscii = /[^\0-\x7F]/;
const words = /[\p{L}\p{N}\p{M}]+/gu;
// `scx` lets marks that several scripts share pass for any of them; a run begins with a letter or number.
const runs = new RegExp(`(?=[\\p{L}\\p{N}])[${unspaced}]+|(?:(?!(?=[\\p{L}\\p{N}])[${unspaced}]).)+`, 'gu');
const isUnspaced = new RegExp(`^(?=[\\p{L}\\p{N}])[${unspaced}]`, 'u');
const hasUnspaced = new RegExp(`(?=[\\p{L}\\p{N}])[${unspaced}]`, 'u');
/** A letter with the marks upon it: what a reader takes for one. */
const clusters = /\P{M}\p{M}*/gu;

/** Invisible: joiners, direction marks, soft hyphens, the Arabic stretching line. */
const invisible = /[\p{Cf}\u0640]/gu;
/** Vowel signs and other marks that writers of Arabic and Hebrew leave out at will. */
const optional =
  /[\u0591-\u05BD\u05BF-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E8\u06EA-\u06ED]/gu;
/** Accents, once they stand beside their letter; the breve of й makes another letter and stays. */
const accents = /(?<!и)\u0306|[\u0300-\u0305\u0307-\u036F]/gu;
const variants: Record<string, string> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
  ß: 'ss',
  ς: 'σ',
};
const varied = new RegExp(`[${Object.keys(variants).join('')}]`, 'gu');

/** Letters of a word beyond these tell no two words apart that anybody looks for. */
const maxLetters = 64;

/** A text in the one form in which texts are compared. */
function fold(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(accents, '')
    .normalize('NFC')
    .replace(invisible, '')
    .replace(optional, '')
    .replace(varied, (letter) => variants[letter] ?? letter);
}

const short = (word: string) => (word.length <= maxLetters ? word : [...word].slice(0, maxLetters).join(''));

function tokensOf(text: string, whole: boolean): string[] {
  const found = new Set<string>();
  const folded = fold(text);
  for (const word of folded.match(words) ?? []) {
    // Most words are of a script with spaces and need no second look.
    if (!hasUnspaced.test(word)) {
      found.add(short(word));
      continue;
    }
    for (const [run] of word.matchAll(runs)) {
      if (!isUnspaced.test(run)) {
        found.add(short(run));
        continue;
      }
      const letters = run.match(clusters) ?? [run];
      if (whole || letters.length === 1) for (const letter of letters) found.add(letter);
      for (let at = 1; at < letters.length; at++) found.add(`${letters[at - 1]}${letters[at]}`);
    }
  }
  return [...found];
}

/** The tokens by which a text can be found, each once: words, and of unspaced scripts every letter and pair of letters. */
export const textTokens = (text: string): string[] => tokensOf(text, true);

/** Whether a text has every one of these tokens. */
export function hasTokens(text: string, tokens: readonly string[]): boolean {
  const has = new Set(textTokens(text));
  return tokens.every((token) => has.has(token));
}

/** The tokens that a text must have to be found by this question; none when the question has no letter and no number. */
export const queryTokens = (question: string): string[] => tokensOf(question, false);
