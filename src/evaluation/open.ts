import { createEngine } from '../engine/index.js';
import type { CompiledLexicon, TracingEngine } from '../engine/index.js';
import { openZawgyi } from '../lexicon/burmese.js';
import { loadDetect } from '../lexicon/fasttext.js';
import { openLexicon } from '../lexicon/cache.js';
import type { CacheDeps } from '../lexicon/cache.js';
import type { Folders } from '../lexicon/load.js';
import { naturalStem } from '../lexicon/natural.js';

export interface OpenedEngine {
  engine: TracingEngine;
  compiled: CompiledLexicon;
}

/** What the commands need of the process they run in. */
export interface CommandDeps {
  /** Loads the engine, when the command has checked its arguments. */
  open: () => Promise<OpenedEngine>;
  /** Writes a result to standard output; resolves when it is out. */
  print: (text: string) => Promise<void>;
  /** Writes a complaint to standard error. */
  complain: (text: string) => void;
}

/** Opens the packs as the service does. Throws `LexiconError` when something in them is wrong. */
export async function openEngine(folders: Folders, cache: CacheDeps): Promise<OpenedEngine> {
  const { compiled } = await openLexicon(folders, cache);
  return {
    compiled,
    engine: createEngine({
      compiled,
      detect: await loadDetect(),
      stem: naturalStem,
      identify: true,
      zawgyi: openZawgyi(),
    }),
  };
}
