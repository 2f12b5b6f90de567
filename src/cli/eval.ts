import { readConfig } from '../config.js';
import { createEvalCommand } from '../evaluation/command.js';
import { openEngine } from '../evaluation/open.js';
import { print } from './print.js';

export const evalCommand = createEvalCommand({
  open: () => openEngine(readConfig(process.env).folders),
  print,
  complain: (text) => void process.stderr.write(text),
});
