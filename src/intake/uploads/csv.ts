import { CsvError, parse } from 'csv-parse/sync';
import type { Line } from './lines.js';

export const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/** One row of a CSV file before it is cut into cells. */
export interface CsvRecord {
  /** The line on which it begins. */
  line: number;
  text: string;
  /** What was expected where the row cannot be read. */
  problem?: string;
}

/** A quoted cell may span lines; one that spans more is a quote that somebody forgot to close. */
const maxSpan = { lines: 500, length: 300_000 };

export const problems = {
  'too long': 'a row of at most 1 MiB',
  'not UTF-8': 'UTF-8 text: this row has bytes of another encoding',
  'open quote': 'a closing quote: the one opened in this row is never closed',
  'stray quote': 'a quote inside a quoted cell written twice ("")',
} as const;

/**
 * Joins lines into rows, which may hold line ends inside quotes. csv-parse gives up a file at its first bad quote; a file
 * from the field has several, so the rows are found here and each is given to csv-parse alone: a quote that is never
 * closed costs the row that it stands in, not those below.
 */
export async function* records(lines: AsyncIterable<Line>, delimiter: Delimiter): AsyncGenerator<CsvRecord> {
  let held: Line[] = [];
  let length = 0;

  /** Takes one line; gives back the rows it completes. */
  function* take(line: Line): Generator<CsvRecord> {
    // Lines to look at again after a quote turned out never to be closed, last first.
    const again = [line];
    for (let next = again.pop(); next; next = again.pop()) {
      const { quoted, broken } = scan(next.text, delimiter, held.length > 0);
      const first = held[0];
      const tooFar = quoted && (held.length >= maxSpan.lines || length > maxSpan.length);
      if (first && (broken || tooFar)) {
        yield { line: first.number, text: '', problem: problems['open quote'] };
        again.push(next, ...held.slice(1).reverse());
        held = [];
        length = 0;
      } else {
        held.push(next);
        length += next.text.length;
        if (!quoted) yield* flush();
      }
    }
  }

  function* flush(): Generator<CsvRecord> {
    const [first] = held;
    const bad = held.find((line) => line.bad)?.bad;
    const text = held.map((line) => line.text).join('\n');
    held = [];
    length = 0;
    if (!first || (text.trim() === '' && !bad)) return;
    yield { line: first.number, text, ...(bad ? { problem: problems[bad] } : {}) };
  }

  for await (const line of lines) yield* take(line);
  // The end of the file inside a quote: what follows the row that opened it is read again without it.
  while (held.length > 0) {
    const [first, ...after] = held;
    held = [];
    length = 0;
    if (first) yield { line: first.number, text: '', problem: problems['open quote'] };
    for (const line of after) yield* take(line);
  }
}

/**
 * Whether a line ends inside quotes. `broken`: it began inside quotes, and the quote that ends them is followed by what
 * cannot follow one, so that it rather begins a cell of another row.
 */
function scan(text: string, delimiter: Delimiter, inside: boolean): { quoted: boolean; broken: boolean } {
  let quoted = inside;
  let continued = inside;
  let at = 0;
  for (;;) {
    if (!quoted) {
      // At the beginning of a cell: only there does a quote mean anything.
      while (text[at] === ' ') at++;
      quoted = text[at] === '"';
      at += quoted ? 1 : 0;
      continued = false;
    }
    while (quoted) {
      const end = text.indexOf('"', at);
      if (end < 0) return { quoted: true, broken: false };
      at = end + 1;
      if (text[at] === '"') {
        at++;
        continue;
      }
      quoted = false;
      while (text[at] === ' ') at++;
      if (continued && at < text.length && text[at] !== delimiter) return { quoted: false, broken: true };
    }
    const next = text.indexOf(delimiter, at);
    if (next < 0) return { quoted: false, broken: false };
    at = next + 1;
  }
}

/** Cuts a row into its cells; undefined when its quotes cannot be read one way only. */
export function cells(row: string, delimiter: Delimiter): string[] | undefined {
  let found: string[][];
  try {
    found = parse(row, {
      delimiter,
      // The row ends where the text does; a line end in it belongs to a cell.
      record_delimiter: '\u0000\u0000',
      relax_quotes: true,
      relax_column_count: true,
      trim: delimiter !== '\t',
    });
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
  return found.length === 1 ? found[0] : undefined;
}
