/**
 * What a terminal may be given of a text that others wrote: control characters, line breaks and characters that turn the
 * writing direction or hide come out as their numbers, so that a text can neither move the cursor nor disguise itself.
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
}

/** A share as per cent with one decimal; "–" where there is none. */
export const percent = (share: number | null): string =>
  share === null ? '–' : (share * 100).toFixed(1).replace('-', '−');

/** Lays cells out in columns: numbers to the right, the columns named in `left` (the first, unless told) to the left. */
export function columns(rows: readonly (readonly string[])[], left: readonly number[] = [0]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const lay = (cell: string, i: number) => (left.includes(i) ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!));
  return rows.map((row) => row.map(lay).join('  ').trimEnd()).join('\n');
}
