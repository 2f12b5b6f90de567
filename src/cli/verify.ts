import { defineCommand } from 'citty';
import { verify } from '../app/verify.js';
import type { Verified } from '../app/verify.js';
import { AppError } from '../base/errors.js';
import { readConfig } from '../config.js';
import { print } from './print.js';

export const verifyCommand = defineCommand({
  meta: {
    name: 'verify',
    description:
      'Walk the audit chain, read the store and all evidence again, and name what does not hold (works beside the running service)',
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
    const found = await verify(readConfig(process.env), head);
    await print(
      said(found, head !== undefined)
        .map((line) => `${line}\n`)
        .join(''),
    );
    const { damage, chain, posts, evidence } = found;
    if (damage !== undefined || chain.broken || posts.faults.length + evidence.faults.length > 0) process.exitCode = 1;
  },
});

function said({ damage, chain, posts, evidence }: Verified, published: boolean): string[] {
  const { entries, head, broken, setBack } = chain;
  const lines: string[] = [];
  if (damage !== undefined) lines.push(`store: ${damage}`);
  if (setBack.length > 0)
    lines.push(
      `note: the clock was set back before ${setBack.length === 1 ? 'entry' : 'entries'} ${setBack.join(', ')}`,
    );
  lines.push(
    broken
      ? `audit chain: broken at entry ${broken.n}: ${broken.reason}`
      : `audit chain: ${entries} entries, unbroken; head ${head.hash}${published ? '; the published head is in it' : ''}`,
  );
  for (const { id, reason } of posts.faults) lines.push(`post ${id}: ${reason}`);
  if (posts.faults.length === 0) lines.push(`decisions: ${posts.checked} posts, as the chain says`);
  for (const { id, reason } of evidence.faults) lines.push(`evidence ${id}: ${reason}`);
  if (evidence.faults.length === 0) lines.push(`evidence: ${evidence.items} items, whole`);
  return lines;
}
