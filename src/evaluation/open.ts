import { resolve } from 'node:path';
import { compileLexicon, createEngine } from '../engine/index.js';
import type { CompiledLexicon, TracingEngine } from '../engine/index.js';
import { loadDetect } from '../lexicon/fasttext.js';
import { loadLexicon } from '../lexicon/load.js';
import { naturalStem } from '../lexicon/natural.js';

/** The checkout, seen from dist/src/evaluation. */
const root = resolve(import.meta.dirname, '..', '..', '..');

/** Where packs and reference data are: the arguments of both commands. */
export const folderArgs = {
  lexicons: {
    type: 'string',
    description: 'Folder of the language packs',
    valueHint: 'folder',
    default: resolve(root, 'lexicons'),
  },
  data: {
    type: 'string',
    description: 'Folder of the reference data',
    valueHint: 'folder',
    default: resolve(root, 'data'),
  },
} as const;

export interface OpenedEngine {
  engine: TracingEngine;
  compiled: CompiledLexicon;
}

/** Loads and compiles the packs as the service does. Throws `LexiconError` when something in them is wrong. */
export async function openEngine(folders: { lexicons: string; data: string }): Promise<OpenedEngine> {
  const compiled = compileLexicon(await loadLexicon(folders));
  return { compiled, engine: createEngine({ compiled, detect: await loadDetect(), stem: naturalStem }) };
}
