import { readConfig } from '../config.js';
import { createExplainCommand, paintFor } from '../evaluation/explain.js';
import { openEngine } from '../evaluation/open.js';
import { print } from './print.js';

export const explainCommand = createExplainCommand({
  open: () => openEngine(readConfig(process.env).folders),
  print,
  paint: paintFor(process.stdout),
});
