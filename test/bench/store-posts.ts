import type { Post, PostStatus } from '../../src/contract/post.js';
import type { NewPost, PostFilter } from '../../src/store/port.js';
import { assessed, received, row } from '../support/posts.js';
import { seededRandom } from '../support/random.js';
import type { Random } from '../support/random.js';

/** Posts of the store's benchmark: a year of a busy deployment, made from their number alone. */
const year = 31_536_000_000;
/** One post after another: a million fill the year. */
const stride = 31_536;

const vocabulary = words(30_000);
const languages = codes(40, 'l');
const countries = codes(60, 'C').map((code) => code.toUpperCase());
const groups = codes(120, 'G');
const grounds = ['religion', 'ethnicity', 'nationality', 'gender', 'disability', 'descent', 'migration'];
const categories = codes(14, 'T');

function words(count: number): string[] {
  const random = seededRandom(5);
  const syllables = 'ba ko ri tu shi me la no da vi pe zu ga fo ne ха ки ло مر سن дор नम 市场 早上'.split(' ');
  return Array.from(
    { length: count },
    (_, n) =>
      `${Array.from({ length: 2 + random.int(3) }, () => random.pick(syllables)).join('')}${n % 7 === 0 ? n : ''}`,
  );
}

function codes(count: number, letter: string): string[] {
  return Array.from(
    { length: count },
    (_, n) => `${letter}${String.fromCharCode(97 + Math.floor(n / 26), 97 + (n % 26))}`,
  );
}

/** An element of a list, the first ones far more often, as languages, sources and words are. */
const skewed = <T>(random: Random, list: readonly T[]): T => list[Math.floor(list.length * random.next() ** 3)]!;

const text = (random: Random) => Array.from({ length: 14 }, () => skewed(random, vocabulary)).join(' ');

function base(n: number, random: Random): Post {
  const country = skewed(random, countries);
  return received(`01${n.toString(32).toUpperCase().padStart(24, '0')}`, (n % 1_000_000) * stride - year, {
    text: text(random),
    language: skewed(random, languages),
    place: { country, admin1: `${country.slice(0, 2)}-${1 + random.int(9)}` },
    source: { name: `source ${Math.floor(4_000 * random.next() ** 3)}`, kind: 'social' },
  });
}

const decided: PostStatus[] = ['open', 'open', 'open', 'confirmed', 'not_hate', 'escalated'];

/** Post number `n` as it lies in the store: assessed, one in six flagged, some of those decided. */
export function settled(n: number): Post {
  const random = seededRandom(n);
  return { ...judged(base(n, random), random), version: 1 };
}

/** What the engine and, for some, a person make of a post. */
export function judged(post: Post, random: Random): Post {
  const flagged = random.int(6) === 0;
  const severity = (1 + Math.floor(5 * random.next() ** 2)) as 1 | 2 | 3 | 4 | 5;
  const done = assessed(post, {
    score: flagged ? Math.round(random.next() * 10_000) / 10_000 : 0,
    language: { code: post.language ?? 'und', script: 'Latn', confidence: 1, alternatives: [] },
    ...(flagged && {
      severity,
      level: random.pick(['bottom', 'intermediate', 'top-candidate'] as const),
      groups: [skewed(random, groups), skewed(random, groups)],
      grounds: [random.pick(grounds)],
      categories: [skewed(random, categories), skewed(random, categories)],
    }),
  });
  return { ...done, status: flagged ? random.pick(decided) : 'unflagged' };
}

/** A batch as intake writes it: not assessed, with an event and two dedupe keys each. */
export function arrivals(first: number, count: number): NewPost[] {
  return Array.from({ length: count }, (_, at) => {
    const n = first + at;
    const post = base(n, seededRandom(n));
    // Received one after another, now: after everything that was there.
    const now = {
      ...post,
      receivedAt: new Date(Date.UTC(2026, 2, 2) + Math.floor((n % 1_000_000) / 20)).toISOString(),
    };
    return row(now, [`ext:${n}`, `idem:bench:${n}`]);
  });
}

/** Filters by name; each call gives one with other values. */
export function filtersOf(random: Random): Record<string, (at: number) => PostFilter> {
  const open = { status: ['open' as const] };
  return {
    'no filter': () => ({}),
    'status open': () => open,
    'several statuses': () => ({ status: ['confirmed', 'not_hate'] }),
    level: () => ({ level: [random.pick(['bottom', 'intermediate', 'top-candidate'])] }),
    'severity 3 or more': () => ({ minSeverity: 3 }),
    language: () => ({ language: [random.pick(languages)] }),
    'ten languages': () => ({ language: Array.from({ length: 10 }, () => random.pick(languages)) }),
    country: () => ({ country: [random.pick(countries)] }),
    'admin-1': () => ({ admin1: [`${random.pick(countries).slice(0, 2)}-${1 + random.int(9)}`] }),
    group: () => ({ group: [random.pick(groups)] }),
    'five groups': () => ({ group: Array.from({ length: 5 }, () => random.pick(groups)) }),
    ground: () => ({ ground: [random.pick(grounds)] }),
    category: () => ({ category: [random.pick(categories)] }),
    source: () => ({ source: [`source ${random.int(4_000)}`] }),
    'an hour': () => window(random, 3_600_000),
    'a month': () => window(random, 2_592_000_000),
    workspace: () => ({ workspace: 'main' }),
    'open, language, country': () => ({
      ...open,
      language: [random.pick(languages)],
      country: [random.pick(countries)],
    }),
    'open, group, level, severity': () => ({
      ...open,
      group: [skewed(random, groups)],
      level: ['top-candidate'],
      minSeverity: 2,
    }),
    'group, category, a month': () => ({
      group: [skewed(random, groups)],
      category: [skewed(random, categories)],
      ...window(random, 2_592_000_000),
    }),
    'two frequent languages, two frequent countries': () => ({
      language: languages.slice(0, 2),
      country: countries.slice(2, 4),
    }),
    'what cannot be: unflagged and a group': () => ({ status: ['unflagged'], group: [random.pick(groups)] }),
  };
}

export function wordsOf(random: Random): Record<string, (at: number) => PostFilter> {
  const frequent = () => vocabulary[random.int(30)]!;
  return {
    'words: one': () => ({ q: random.pick(vocabulary) }),
    'words: a frequent one': () => ({ q: frequent() }),
    'words: two': () => ({ q: `${skewed(random, vocabulary)} ${skewed(random, vocabulary)}` }),
    'words: two frequent ones': () => ({ q: `${frequent()} ${frequent()}` }),
    'words: a frequent one, open': () => ({ q: frequent(), status: ['open'] }),
    'words: one, group, language': () => ({
      q: skewed(random, vocabulary),
      group: [skewed(random, groups)],
      language: [skewed(random, languages)],
    }),
    'words: none such': () => ({ q: 'zzyzx' }),
  };
}

function window(random: Random, length: number): PostFilter {
  const from = Date.UTC(2025, 2, 2) + Math.floor(random.next() * (year - length));
  return { since: new Date(from).toISOString(), until: new Date(from + length).toISOString() };
}
