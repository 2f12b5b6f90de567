import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { fieldErrors } from '../../src/contract/fields.js';

describe('what is wrong with an input', () => {
  const schema = z.strictObject({
    text: z.string().max(5),
    level: z.enum(['low', 'high']),
    place: z.object({ country: z.string().regex(/^[A-Z]{3}$/, 'a country code') }),
    rows: z.array(z.object({ n: z.int().min(1) })),
  });
  const good = { text: 'x', level: 'low', place: { country: 'KEN' }, rows: [{ n: 1 }] };
  const of = (input: unknown, under?: string) => {
    const read = schema.safeParse(input);
    return read.success ? [] : fieldErrors(read.error, under).map(({ field, expected }) => `${field}: ${expected}`);
  };

  it.each([
    ['nothing', good, []],
    ['a missing field', { ...good, text: undefined }, ['text: string']],
    ['another type', { ...good, text: 5 }, ['text: string']],
    ['too much', { ...good, text: 'longer' }, ['text: string to have <=5 characters']],
    ['none of the values', { ...good, level: 'top' }, ['level: one of "low"|"high"']],
    ['a sentence of our own', { ...good, place: { country: 'ke' } }, ['place.country: a country code']],
    ['a row', { ...good, rows: [{ n: 1 }, { n: 0 }] }, ['rows[1].n: number to be >=1']],
    ['fields that are none of ours', { ...good, a: 1, b: 2 }, ['a: no field of this name', 'b: no field of this name']],
    ['the whole', 'text', [': object']],
  ])('is told field by field: %s', (_name, input, expected) => {
    expect(of(input)).toEqual(expected);
  });

  it('is told from where the input stands', () => {
    expect(of({ ...good, text: 5, extra: 1 }, 'posts[3]')).toEqual([
      'posts[3].text: string',
      'posts[3].extra: no field of this name',
    ]);
  });
});
