import { defineCommand } from 'citty';
import { verify } from '../app/verify.js';
import { AppError } from '../base/errors.js';
import { readConfig } from '../config.js';

export const verifyCommand = defineCommand({
  meta: {
    name: 'verify',
    description:
      'Walk the audit chain and read all evidence again; name what does not hold (works beside the running service)',
  },
  args: {
    head: {
      type: 'string',
      description: 'Hash of a head that was published in the log: shows whether the end was cut off',
      valueHint: 'hash',
    },
  },
  async run({ args: { head } }) {
    if (head !== undefined && !/^[0-9a-f]{64}$/.test(head))
      throw new AppError('invalid_input', { detail: '--head: expected the 64 hexadecimal digits of a published head' });
    const { chain, evidence } = await verify(readConfig(process.env), head);
    const { entries, head: last, broken, setBack } = chain;
    if (setBack.length > 0)
      process.stdout.write(
        `note: the clock was set back before ${setBack.length === 1 ? 'entry' : 'entries'} ${setBack.join(', ')}\n`,
      );
    if (broken) {
      process.stdout.write(`audit chain: broken at entry ${broken.n}: ${broken.reason}\n`);
      process.exitCode = 1;
    } else
      process.stdout.write(
        `audit chain: ${entries} entries, unbroken; head ${last.hash}${head === undefined ? '' : '; the published head is in it'}\n`,
      );
    for (const { id, reason } of evidence.faults) process.stdout.write(`evidence ${id}: ${reason}\n`);
    if (evidence.faults.length > 0) process.exitCode = 1;
    else process.stdout.write(`evidence: ${evidence.items} items, whole\n`);
  },
});
