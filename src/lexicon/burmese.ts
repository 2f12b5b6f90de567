import { createRequire } from 'node:module';
import type { Zawgyi } from '../engine/index.js';

/** The package comes without types. */
const { ZawgyiConverter, ZawgyiDetector } = createRequire(import.meta.url)('myanmar-tools') as {
  ZawgyiConverter: new () => { zawgyiToUnicode: (text: string) => string };
  ZawgyiDetector: new () => { getZawgyiProbability: (text: string) => number };
};

/** Syllables remembered: a text's are mostly those of others. */
const remembered = 20_000;

/** Google's `myanmar-tools` (Apache-2.0) behind the engine's port: it tells Zawgyi from Unicode by a Markov chain and converts by rules. */
export function openZawgyi(): Zawgyi {
  const detector = new ZawgyiDetector();
  const converter = new ZawgyiConverter();
  const known = new Map<string, string>();
  return {
    probability: (text) => detector.getZawgyiProbability(text),
    toUnicode(syllable) {
      let unicode = known.get(syllable);
      if (unicode === undefined) {
        unicode = converter.zawgyiToUnicode(syllable);
        if (known.size >= remembered) known.clear();
        known.set(syllable, unicode);
      }
      return unicode;
    },
  };
}
