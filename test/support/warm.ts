import { openLexicon } from '../../src/lexicon/cache.js';
import { folders, tables } from './engine.js';
import { recordingLog } from './recording-log.js';

/** Compiles the shipped packs once before the suites: of two workers that begin together each would do it, and keep the other waiting. */
export default async function warm(): Promise<void> {
  await openLexicon(folders, { home: tables, log: recordingLog() });
}
