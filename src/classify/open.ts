import type { Log } from '../base/log.js';
import { openLexicon } from '../lexicon/cache.js';
import type { OpenedLexicon } from '../lexicon/cache.js';
import { LexiconError } from '../lexicon/load.js';
import type { Folders } from '../lexicon/load.js';
import { AppError } from '../base/errors.js';
import { createPool } from './pool.js';
import type { Pool } from './pool.js';

export interface ClassifierDeps {
  folders: Folders;
  /** Where compiled tables are kept; absent: nowhere. */
  home?: string;
  /** Worker threads. */
  workers: number;
  log: Log;
}

/** The lexicons, compiled. Throws `invalid_input` that says what is wrong in them. */
export async function lexiconsOf({ folders, home, log }: Omit<ClassifierDeps, 'workers'>): Promise<OpenedLexicon> {
  try {
    return await openLexicon(folders, { ...(home !== undefined && { home }), log });
  } catch (error) {
    if (!(error instanceof LexiconError)) throw error;
    throw new AppError('invalid_input', {
      detail: `${error.message}\n"tocsin packs check" lists them all.`,
      cause: error,
    });
  }
}

/** The engine on all worker threads, without a store. */
export async function openClassifier({ workers, ...deps }: ClassifierDeps): Promise<Pick<Pool, 'assess' | 'close'>> {
  const { compiled } = await lexiconsOf(deps);
  return createPool({ compiled, size: workers, log: deps.log });
}
