import type { z } from 'zod';

/** What zod says before it comes to what it expected: `Invalid input: expected …`, `Too big: expected …`. */
const preamble = /^[^:]{1,40}: expected /;
/** What came instead: whoever sent it knows. */
const afterthought = /, received \w+$/;

/**
 * What is wrong with an input, in the one form every answer uses: the path of the field and what was expected there.
 * A field is written as `place.country` or `posts[3].text`; the input as a whole is the empty string.
 */
export function fieldErrors(error: z.ZodError, under = ''): { field: string; expected: string }[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ field: path([...issue.path, key], under), expected: 'no field of this name' }));
    return [{ field: path(issue.path, under), expected: issue.message.replace(preamble, '').replace(afterthought, '') }];
  });
}

function path(parts: readonly PropertyKey[], under: string): string {
  return parts.reduce<string>((so, part) => {
    if (typeof part === 'number') return `${so}[${part}]`;
    return so === '' ? String(part) : `${so}.${String(part)}`;
  }, under);
}
