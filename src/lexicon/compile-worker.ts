import { parentPort, workerData } from 'node:worker_threads';
import { compileLexicon } from '../engine/index.js';
import { flatten } from './flat.js';
import { holdingsOf } from './holdings.js';
import type { Problem } from './jsonl.js';
import { LexiconError, loadLexicon } from './load.js';
import type { Folders } from './load.js';

/** What comes of compiling in a thread: the flat tables in shared memory, or what is wrong with the packs. */
export type Compiled = { bytes: Uint8Array<SharedArrayBuffer> } | { problems: Problem[] };

async function compile(folders: Folders): Promise<Compiled> {
  try {
    const bundle = await loadLexicon(folders);
    const { functions, revision } = bundle.taxonomy;
    const holdings = await holdingsOf(bundle, folders.lexicons);
    return { bytes: flatten({ compiled: compileLexicon(bundle), functions, revision, holdings }) };
  } catch (error) {
    if (error instanceof LexiconError) return { problems: error.problems };
    throw error;
  }
}

parentPort!.postMessage(await compile(workerData as Folders));
