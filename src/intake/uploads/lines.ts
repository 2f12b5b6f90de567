/** One line of a file, without its line end. */
export interface Line {
  /** From 1. */
  number: number;
  text: string;
  /** Why `text` is not what the file says: cut short, or with replacement signs for bytes that are no UTF-8. */
  bad?: 'too long' | 'not UTF-8';
}

/** The file as a whole cannot be read; the message is for the person who sent it. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

const newline = 0x0a;

/** First bytes of what people send by mistake, and what to say about it. */
const notText: [number[], string][] = [
  [[0xff, 0xfe], 'The file is UTF-16 text: save it as "CSV UTF-8" and send it again'],
  [[0xfe, 0xff], 'The file is UTF-16 text: save it as "CSV UTF-8" and send it again'],
  [[0x50, 0x4b, 0x03, 0x04], 'The file is a workbook or a zip archive: export the sheet as "CSV UTF-8" and send that'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'The file is an old Excel workbook: export the sheet as "CSV UTF-8" and send that'],
  [[0x25, 0x50, 0x44, 0x46], 'The file is a PDF: send the text as CSV or JSON lines'],
  [[0x1f, 0x8b], 'The file is compressed with gzip: unpack it and send it again'],
];
const mark = [0xef, 0xbb, 0xbf];

const startsWith = (bytes: Buffer, signature: number[]) => signature.every((byte, at) => bytes[at] === byte);

/** Throws `UnreadableFile` when these first bytes are not the beginning of a text. */
function checkBeginning(head: Buffer): void {
  for (const [signature, problem] of notText) if (startsWith(head, signature)) throw new UnreadableFile(problem);
  if (head.includes(0)) throw new UnreadableFile('The file is not text: send CSV or JSON lines in UTF-8');
}

/**
 * Splits bytes at line ends (LF or CR LF) and checks them for UTF-8, holding no more than one chunk and one line.
 * A byte order mark is dropped. A line that is too long or no UTF-8 is marked and keeps no other from being read.
 *
 * @param maxBytes longest line
 * Throws `UnreadableFile` for UTF-16, workbooks and other files that are not text.
 */
export async function* readLines(source: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Line> {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
  let number = 0;
  let rest: Buffer = Buffer.alloc(0);
  let began = false;
  /** Inside a line of which too much was seen already. */
  let skipping = false;

  const decode = (bytes: Buffer): Line => {
    const line = bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes;
    number += 1;
    if (skipping || line.length > maxBytes) {
      skipping = false;
      return { number, text: '', bad: 'too long' };
    }
    try {
      return { number, text: strict.decode(line) };
    } catch {
      // Read with replacement signs all the same: its quotes still say where the row ends.
      return { number, text: lenient.decode(line), bad: 'not UTF-8' };
    }
  };

  for await (const chunk of source) {
    rest = rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([rest, chunk]);
    if (!began && rest.length < 4) continue;
    if (!began) {
      began = true;
      checkBeginning(rest.subarray(0, 1024));
      if (startsWith(rest, mark)) rest = rest.subarray(mark.length);
    }
    let from = 0;
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline, from)) {
      yield decode(rest.subarray(from, end));
      from = end + 1;
    }
    rest = rest.subarray(from);
    if (rest.length > maxBytes) {
      skipping = true;
      rest = Buffer.alloc(0);
    }
  }
  if (!began) {
    checkBeginning(rest);
    if (startsWith(rest, mark)) rest = rest.subarray(mark.length);
  }
  if (rest.length > 0 || skipping) yield decode(rest);
}
