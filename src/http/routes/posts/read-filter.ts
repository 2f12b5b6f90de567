import { AppError } from '../../../base/errors.js';
import type { FieldError } from '../../../base/errors.js';
import { machineLevels } from '../../../contract/assessment.js';
import { admin1, iso3166, iso639, postStatuses } from '../../../contract/post.js';
import type { PostQuery, PostStatus } from '../../../contract/post.js';
import { humanLevels } from '../../../contract/review.js';
import type { PostFilter } from '../../../store/port.js';

const levels = [...new Set<string>([...machineLevels, ...humanLevels])];
const language = (code: string) => code === 'und' || iso639.safeParse(code).success;

/**
 * The filters that take several values joined by commas. Throws `invalid_input` for a value that can match nothing,
 * because an empty page would hide the mistake.
 */
export function readFilter(query: PostQuery): PostFilter {
  const wrong: FieldError[] = [];
  const list = (
    field: keyof PostQuery,
    expected = 'values joined by commas',
    fits: (value: string) => boolean = () => true,
  ) => {
    const given = query[field];
    if (given === undefined) return undefined;
    const values = String(given)
      .split(',')
      .map((value) => value.trim());
    if (values.every((value) => value !== '' && fits(value))) return values;
    wrong.push({ field, expected });
    return undefined;
  };
  const filter = {
    status: list('status', `some of ${postStatuses.join(', ')}`, (value) =>
      (postStatuses as readonly string[]).includes(value),
    ) as PostStatus[] | undefined,
    level: list('level', `some of ${levels.join(', ')}`, (value) => levels.includes(value)),
    language: list('language', 'ISO 639-3 codes, e.g. "swa,eng"', language),
    country: list('country', 'ISO 3166-1 alpha-3 codes, e.g. "KEN,UGA"', (value) => iso3166.safeParse(value).success),
    admin1: list('admin1', 'ISO 3166-2 codes, e.g. "KE-30"', (value) => admin1.safeParse(value).success),
    group: list('group'),
    ground: list('ground'),
    category: list('category'),
    source: list('source'),
  };
  if (wrong.length > 0) {
    const detail = wrong.map(({ field, expected }) => `${field}: expected ${expected}`).join('; ');
    throw new AppError('invalid_input', { detail, fields: wrong });
  }
  return Object.fromEntries(Object.entries(filter).filter(([, values]) => values !== undefined));
}
