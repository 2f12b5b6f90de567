import type { Random } from '../support/random.js';
import type { Term } from './terms.js';
import { byShare } from './tongues.js';
import type { Tongue } from './tongues.js';

export interface Text {
  text: string;
  lang: string;
  script: string;
  /** Index of the term it carries, or -1. */
  term: number;
}

/** A stretch of the declaration of at least `units`, from a word's beginning to a word's end. */
function stretch(tongue: Tongue, units: number, measure: (text: string) => number, random: Random): string {
  const first = random.int(tongue.paragraphs.length);
  let text = tongue.paragraphs[first]!;
  const from = text.indexOf(' ', random.int(text.length));
  text = from < 0 || tongue.dense ? text : text.slice(from + 1);
  for (let i = first + 1; measure(text) < units + 40; i++) text += ` ${tongue.paragraphs[i % tongue.paragraphs.length]!}`;
  let end = Math.min(text.length, Math.ceil((units * text.length) / measure(text)));
  // To the end of the word; in scripts without spaces never between a letter and its mark.
  while (end < text.length && text[end] !== ' ' && !(tongue.dense && /\p{L}/u.test(text[end]!))) end++;
  return text.slice(0, end).trim();
}

/** Puts a term at a word's beginning near the middle. */
function plant(text: string, term: string): string {
  const middle = text.indexOf(' ', Math.floor(text.length / 3));
  return middle < 0 ? `${text} ${term}` : `${text.slice(0, middle)} ${term}${text.slice(middle)}`;
}

const units = (text: string) => text.length;
const bytes = (text: string) => Buffer.byteLength(text);

export interface TextOptions {
  count: number;
  /** Mean size: UTF-16 units for posts, UTF-8 bytes for articles. */
  size: number;
  measured: 'units' | 'bytes';
  /** One text in so many carries a term of `terms`. */
  every: number;
}

/** Texts of all languages by their shares, in a shuffled order. A term stands only in texts of its own language. */
export function makeTexts(tongues: readonly Tongue[], terms: readonly Term[], { count, size, measured, every }: TextOptions, random: Random): Text[] {
  const measure = measured === 'units' ? units : bytes;
  const own = new Map<string, number[]>();
  terms.forEach(({ lang }, index) => own.set(lang, [...(own.get(lang) ?? []), index]));
  const texts: Text[] = [];
  byShare(tongues, count).forEach((share, t) => {
    const tongue = tongues[t]!;
    for (let i = 0; i < share; i++) {
      const text = stretch(tongue, size * (0.6 + 0.76 * random.next()), measure, random);
      const term = texts.length % every === 0 ? random.pick(own.get(tongue.lang)!) : -1;
      texts.push({ text: term < 0 ? text : plant(text, terms[term]!.text), lang: tongue.lang, script: tongue.script, term });
    }
  });
  for (let i = texts.length - 1; i > 0; i--) {
    const k = random.int(i + 1);
    [texts[i], texts[k]] = [texts[k]!, texts[i]!];
  }
  return texts;
}
