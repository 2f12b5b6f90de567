/** The delimiters that the service tries, in its order. */
export const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/**
 * Reads the first rows of a CSV text (RFC 4180: quotes doubled inside quotes, line breaks inside quotes), for a look at it.
 * What stands after `limit` rows is not looked at; an unfinished last row is left out when the text was cut (`whole` is false).
 */
export function readCsv(text: string, delimiter: Delimiter, limit: number, whole: boolean): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (row.some((value) => value !== '')) rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length && rows.length < limit; at++) {
    const sign = text[at]!;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (sign === '"' && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (sign === delimiter) endCell();
    else if (sign === '\n') endRow();
    else if (sign !== '\r') cell += sign;
  }
  if (whole && rows.length < limit && (cell !== '' || row.length > 0)) endRow();
  return rows;
}
