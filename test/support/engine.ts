import { join } from 'node:path';
import { createEngine } from '../../src/engine/index.js';
import type { CompiledLexicon, Taxonomy, TracingEngine } from '../../src/engine/index.js';
import { openZawgyi } from '../../src/lexicon/burmese.js';
import { openLexicon } from '../../src/lexicon/cache.js';
import { loadDetect } from '../../src/lexicon/fasttext.js';
import { loadLexicon } from '../../src/lexicon/load.js';
import type { LexiconBundle } from '../../src/lexicon/load.js';
import { naturalStem } from '../../src/lexicon/natural.js';
import { recordingLog } from './recording-log.js';

/** The checkout, seen from dist/test/support. */
export const root = join(import.meta.dirname, '..', '..', '..');
export const folders = { lexicons: join(root, 'lexicons'), data: join(root, 'data') };
/** Where compiled packs are kept for the tests. */
export const tables = join(root, 'dist');

/**
 * The engine over the shipped packs, with the adapters the product uses. The tables are compiled before the first suite (`warm.ts`) and
 * kept in `dist`; suites open them in a moment, and so does the next run while packs and engine stay as they are.
 */
export async function shippedEngine(): Promise<{
  engine: TracingEngine;
  compiled: CompiledLexicon;
  taxonomy: Taxonomy;
}> {
  const { compiled, taxonomy } = await openLexicon(folders, { home: tables, log: recordingLog() });
  const engine = createEngine({
    compiled,
    detect: await loadDetect(),
    stem: naturalStem,
    identify: true,
    zawgyi: openZawgyi(),
  });
  return { engine, compiled, taxonomy };
}

/** The shipped packs as they are written: seconds of reading, for suites that look at entries or compile them in another way. */
export const shippedPacks = (): Promise<LexiconBundle> => loadLexicon(folders);
