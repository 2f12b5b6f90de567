import { createLog } from '../base/log.js';
import { readConfig } from '../config.js';
import { createEvalCommand } from '../evaluation/command.js';
import { openEngine } from '../evaluation/open.js';
import { print } from './print.js';

export const evalCommand = createEvalCommand({
  open: () => {
    const { folders, home, log } = readConfig(process.env);
    return openEngine(folders, { home, log: createLog(log) });
  },
  print,
  complain: (text) => void process.stderr.write(text),
});
