/** One line of an NDJSON text, as it stands between two line ends. */
export interface NdjsonLine {
  /** From 1, blank lines counted. */
  number: number;
  /** Absent when the line is longer than allowed: it was skipped, not kept. */
  text?: string;
}

/**
 * Splits a stream of UTF-8 bytes at line ends, holding no more than one line. Blank lines are left out, a byte
 * order mark at the start is dropped. Errors of the source pass through.
 *
 * @param maxLength longest line accepted, in UTF-16 units
 */
export async function* ndjsonLines(source: AsyncIterable<Uint8Array>, maxLength: number): AsyncGenerator<NdjsonLine> {
  const decoder = new TextDecoder('utf-8');
  let number = 0;
  let rest = '';
  let skipping = false;

  function take(end: string): NdjsonLine | undefined {
    number += 1;
    const tooLong = skipping || end.length > maxLength;
    skipping = false;
    if (tooLong) return { number };
    return end.trim() === '' ? undefined : { number, text: end };
  }

  for await (const chunk of source) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const line = take(part);
      if (line) yield line;
    }
    if (rest.length > maxLength) {
      skipping = true;
      rest = '';
    }
  }
  rest += decoder.decode();
  const last = rest === '' && !skipping ? undefined : take(rest);
  if (last) yield last;
}
