import { join } from 'node:path';
import { compileLexicon, createEngine } from '../../src/engine/index.js';
import type { TracingEngine } from '../../src/engine/index.js';
import { openZawgyi } from '../../src/lexicon/burmese.js';
import { loadDetect } from '../../src/lexicon/fasttext.js';
import { loadLexicon } from '../../src/lexicon/load.js';
import type { LexiconBundle } from '../../src/lexicon/load.js';
import { naturalStem } from '../../src/lexicon/natural.js';

/** The checkout, seen from dist/test/support. */
export const root = join(import.meta.dirname, '..', '..', '..');
export const folders = { lexicons: join(root, 'lexicons'), data: join(root, 'data') };

/** The engine over the shipped packs, with the adapters the product uses. */
export async function shippedEngine(): Promise<{ engine: TracingEngine; bundle: LexiconBundle }> {
  const bundle = await loadLexicon(folders);
  return {
    bundle,
    engine: createEngine({
      compiled: compileLexicon(bundle),
      detect: await loadDetect(),
      stem: naturalStem,
      identify: true,
      zawgyi: openZawgyi(),
    }),
  };
}
