import { createLog } from '../base/log.js';
import { readConfig } from '../config.js';
import { createExplainCommand, paintFor } from '../evaluation/explain.js';
import { openEngine } from '../evaluation/open.js';
import { print } from './print.js';

export const explainCommand = createExplainCommand({
  open: () => {
    const { folders, home, log } = readConfig(process.env);
    return openEngine(folders, { home, log: createLog(log) });
  },
  print,
  paint: paintFor(process.stdout),
});
