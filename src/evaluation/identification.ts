import type { Assessment } from '../engine/index.js';
import { columns, percent } from './printable.js';
import { readRows } from './row.js';
import type { BadRow } from './row.js';
import { groupBy } from './score.js';

/** A text that says its language, and what it was taken for. */
export interface Named {
  text: string;
  /** ISO 639-3, as the set says. */
  lang: string;
  label: string | null;
  found: { lang: string; confidence: number; packs: string[] };
}

/** Names the language of every row that says its own. The engine is told the text alone. `file`: name in what is reported. */
export async function* nameRows(
  file: string,
  source: AsyncIterable<Uint8Array>,
  assess: (text: string) => Assessment,
): AsyncGenerator<{ named: Named } | { bad: BadRow }> {
  for await (const read of readRows(source)) {
    if ('reason' in read) yield { bad: { file, line: read.line, reason: read.reason } };
    else if (read.row.lang !== null) {
      const { text, lang, label } = read.row;
      const { language, coverage } = assess(text);
      const packs = coverage.packs.map((pack) => pack.lang);
      yield { named: { text, lang, label, found: { lang: language.code, confidence: language.confidence, packs } } };
    }
  }
}

/** Classes of length, in characters; the last is what is longer, which are sentences. */
export const lengths = [
  { name: '<20', below: 20 },
  { name: '20–40', below: 40 },
  { name: '40–80', below: 80 },
  { name: 'sentence', below: Number.POSITIVE_INFINITY },
] as const;
export type LengthName = (typeof lengths)[number]['name'];

/** From this confidence on an answer is sure: a wrong one is then a fault, below it is doubt. */
const sure = 0.8;

export interface Cell {
  rows: number;
  right: number;
  /** No language was named: an honest answer to a few letters. */
  unnamed: number;
}

export interface LanguageRow {
  lang: string;
  /** A pack reads it. */
  covered: boolean;
  cells: Record<LengthName, Cell>;
}

export interface Identification {
  rows: LanguageRow[];
  covered: LanguageRow;
  all: LanguageRow;
  /**
   * Texts in a language that a pack reads, named as another with confidence of 0.8 and more while the right pack was not asked: here a verdict may
   * be wrong for it. By right and wrong language, most frequent first.
   */
  misled: { lang: string; takenFor: string; rows: number }[];
}

/** Individual languages of a set that one pack reads. */
const packOf: Record<string, string> = {
  bos: 'hbs',
  hrv: 'hbs',
  srp: 'hbs',
  arq: 'ara',
  ary: 'ara',
  arz: 'ara',
  arb: 'ara',
};

/** What a row is labelled with by its set, where that says whether it is a sentence: short ones are sentences all the same. */
function lengthOf({ text, label }: Named): LengthName {
  if (label === 'sentences') return 'sentence';
  const { length } = [...text];
  return lengths.find(({ below }) => length < below)!.name;
}

/** How well the language of texts that say theirs is named, by language and length. `packs`: codes of the packs there are. */
export function identificationOf(texts: readonly Named[], packs: ReadonlySet<string>): Identification {
  const known = texts.map((text) => ({ ...text, lang: packOf[text.lang] ?? text.lang }));
  const tally = (lang: string, covered: boolean, list: typeof known): LanguageRow => {
    const cells = Object.fromEntries(
      lengths.map(({ name }) => [name, { rows: 0, right: 0, unnamed: 0 }]),
    ) as LanguageRow['cells'];
    for (const one of list) {
      const cell = cells[lengthOf(one)];
      cell.rows++;
      if (one.found.lang === one.lang) cell.right++;
      if (one.found.lang === 'und') cell.unnamed++;
    }
    return { lang, covered, cells };
  };
  const rows = [...groupBy(known, ({ lang }) => lang)]
    .map(([lang, list]) => tally(lang, packs.has(lang), list))
    .sort((a, b) => Number(b.covered) - Number(a.covered) || (a.lang < b.lang ? -1 : 1));
  const wrong = known.filter(
    ({ found, lang }) =>
      packs.has(lang) &&
      found.lang !== lang &&
      found.lang !== 'und' &&
      found.confidence >= sure &&
      !found.packs.includes(lang),
  );
  const misled = [...groupBy(wrong, ({ found, lang }) => `${lang} ${found.lang}`)]
    .map(([pair, list]) => ({ lang: pair.slice(0, 3), takenFor: pair.slice(4), rows: list.length }))
    .sort((a, b) => b.rows - a.rows || (a.lang < b.lang ? -1 : 1));
  return {
    rows,
    covered: tally(
      'covered',
      true,
      known.filter(({ lang }) => packs.has(lang)),
    ),
    all: tally('all', false, known),
    misled,
  };
}

/** The table for a terminal: share of right answers in per cent, and of how many texts. */
export function printIdentification({ rows, covered, all, misled }: Identification): string {
  const line = ({ lang, covered: read, cells }: LanguageRow) => [
    lang,
    read ? 'pack' : '',
    ...lengths.flatMap(({ name }) => {
      const { rows: count, right } = cells[name];
      return [count === 0 ? '–' : percent(right / count), String(count)];
    }),
  ];
  const told = misled.slice(0, 20).map(({ lang, takenFor, rows: count }) => `${lang}→${takenFor} ${count}`);
  const sum = misled.reduce((total, { rows: count }) => total + count, 0);
  return [
    columns(
      [['language', '', ...lengths.flatMap(({ name }) => [`${name} %`, 'of'])], ...[covered, all, ...rows].map(line)],
      [0, 1],
    ),
    `Of the texts that a pack could read, surely taken for another language and not read by the right pack: ${sum}${told.length > 0 ? ` (${told.join(', ')})` : ''}`,
  ].join('\n\n');
}
