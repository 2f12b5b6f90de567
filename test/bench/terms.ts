import type { Random } from '../support/random.js';
import { byShare } from './tongues.js';
import type { Tongue } from './tongues.js';

export interface Term {
  text: string;
  lang: string;
  script: string;
}

export interface TermDeps {
  random: Random;
  /** The canonical fold of one form. */
  fold(form: string): string;
  /** True when a folded form holds a hostile word of the shipped packs: such a term is not used. */
  offensive(folded: string): boolean;
}

/** Which letter follows two letters, learnt from the words of one declaration. */
interface Model {
  heads: string[];
  after: Map<string, string[]>;
  /** The values of `after`. */
  leaps: string[][];
}

function learn(tongue: Tongue): Model {
  const heads: string[] = [];
  const after = new Map<string, string[]>();
  for (const word of tongue.paragraphs
    .join(' ')
    .toLowerCase()
    .match(/[\p{L}\p{M}]+/gu) ?? []) {
    const letters = [...word];
    if (letters.length < 3) continue;
    heads.push(letters[0]! + letters[1]!);
    for (let i = 2; i < letters.length; i++) {
      const key = letters[i - 2]! + letters[i - 1]!;
      const list = after.get(key);
      if (list) list.push(letters[i]!);
      else after.set(key, [letters[i]!]);
    }
  }
  return { heads, after, leaps: [...after.values()] };
}

/** An invented word of about `length` letters that looks like one of the language. */
function invent({ heads, after, leaps }: Model, length: number, random: Random): string {
  for (;;) {
    const letters = [...random.pick(heads)];
    while (letters.length < length) {
      const next = after.get(letters.at(-2)! + letters.at(-1)!);
      // A leap now and then, or a short text would yield the same few words over and over.
      if (!next || random.next() < 0.1) letters.push(random.pick(random.pick(leaps)));
      else letters.push(random.pick(next));
    }
    // A combining sign at the front would join the letter before it; a term must have three units to be searched for plainly.
    const word = letters.join('').normalize('NFC');
    if (word.length >= 3 && !/^\p{M}/u.test(word)) return word;
  }
}

function inventTerm(model: Model, tongue: Tongue, random: Random): string {
  if (tongue.dense) return invent(model, tongue.script === 'Hani' ? 4 + random.int(3) : 8 + random.int(6), random);
  if (random.next() < 0.16)
    return `${invent(model, 4 + random.int(6), random)} ${invent(model, 5 + random.int(6), random)}`;
  return invent(model, tongue.script === 'Hang' ? 4 + random.int(4) : 6 + random.int(9), random);
}

/** Each run of one letter made a single letter, as in words in disguise. */
const collapse = (text: string): string => text.replaceAll(/(.)\1+/gsu, '$1');

/** Whether a term stands anywhere in the pool: most do not, as some four units of theirs never follow each other there. */
function occursIn(pool: string): (term: string) => boolean {
  const runs = new Set<string>();
  for (let i = 0; i + 4 <= pool.length; i++) runs.add(pool.slice(i, i + 4));
  return (term) => {
    for (let i = 0; i + 4 <= term.length; i++) if (!runs.has(term.slice(i, i + 4))) return false;
    return pool.includes(term);
  };
}

/**
 * Invented terms, distinct when folded, none of which occurs in the declarations, plain or folded. The order mixes the languages, so that
 * the first thousand are the smallest of the nested lists and hold every script.
 */
export function inventTerms(tongues: readonly Tongue[], count: number, { random, fold, offensive }: TermDeps): Term[] {
  const models = tongues.map(learn);
  const pool = tongues.flatMap((tongue) => tongue.paragraphs).join('\n');
  const canonical = fold(pool);
  const [inLower, inCanonical, inCollapsed] = [pool.toLowerCase(), canonical, collapse(canonical)].map(occursIn) as [
    (term: string) => boolean,
    (term: string) => boolean,
    (term: string) => boolean,
  ];
  const lists = tongues.map(() => [] as Term[]);
  const taken = new Set<string>();
  const wanted = byShare(tongues, count);
  tongues.forEach((tongue, i) => {
    const list = lists[i]!;
    while (list.length < wanted[i]!) {
      const batch = new Map<string, string>();
      while (list.length + batch.size < wanted[i]!) {
        const text = inventTerm(models[i]!, tongue, random);
        const folded = fold(text);
        if (collapse(folded).length < 4 || taken.has(folded) || offensive(folded)) continue;
        taken.add(folded);
        batch.set(folded, text);
      }
      for (const [folded, text] of batch)
        // Nor may one be another word with a letter drawn out.
        if (!inLower(text) && !inCanonical(folded) && !inCollapsed(collapse(folded)))
          list.push({ text, lang: tongue.lang, script: tongue.script });
    }
  });
  return mix(lists, byShare(tongues, 1000), count);
}

/** Blocks of a thousand, each with every language by its share; what is left over comes last. */
function mix(lists: Term[][], perBlock: readonly number[], count: number): Term[] {
  const out: Term[] = [];
  const used = lists.map(() => 0);
  while (out.length < count) {
    lists.forEach((list, i) => {
      const end = Math.min(list.length, used[i]! + Math.max(1, perBlock[i]!));
      out.push(...list.slice(used[i], end));
      used[i] = end;
    });
  }
  return out.slice(0, count);
}
