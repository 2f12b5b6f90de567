import { fstatSync } from 'node:fs';
import { defineCommand } from 'citty';
import { AppError } from '../base/errors.js';
import { createLog } from '../base/log.js';
import { openClassifier } from '../classify/open.js';
import { readConfig } from '../config.js';
import { classifyLines } from './classify-lines.js';

export const classifyCommand = defineCommand({
  meta: {
    name: 'classify',
    description:
      'Assess JSON lines from standard input, {"text", "id"?, "language"?, "country"?, "parent"?}, one line out for each, in order',
  },
  args: {
    brief: { type: 'boolean', description: 'Leave the findings out' },
  },
  async run({ args }) {
    const config = readConfig(process.env);
    const { stdin, stdout } = process;
    // Node takes a directory for an empty stream.
    if (fstatSync(stdin.fd).isDirectory()) throw unreadable(new Error('it is a directory'));
    const classifier = await openClassifier({ ...config, log: createLog(config.log) });
    try {
      // A reader that has seen enough, such as `head`, closes the pipe: not a failure, but nothing is left to do.
      const closed = new Promise<'closed'>((resolve, reject) => {
        stdout.on('error', (error: NodeJS.ErrnoException) =>
          error.code === 'EPIPE' ? resolve('closed') : reject(error),
        );
      });
      const { assess } = classifier;
      const work = classifyLines({
        assess,
        workers: config.workers,
        input: readable(stdin),
        output: stdout,
        brief: args.brief ?? false,
      });
      const ended = await Promise.race([work, closed]);
      if (ended === 'closed') stdin.destroy();
    } finally {
      await classifier.close();
    }
  },
});

/** The input, whose errors are told as what they are. */
async function* readable(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* input;
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError('malformed_body', { detail: `Standard input cannot be read: ${reason}`, cause });
}
