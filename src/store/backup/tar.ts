import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

/** The plain tar format (ustar, POSIX.1-1988), as far as files with short names need it: any tar unpacks what this writes. */
const block = 512;

/** The head of one file. Throws a `RangeError` for a name that does not fit. */
export function tarHeader(name: string, size: number): Buffer {
  if (Buffer.byteLength(name) > 100) throw new RangeError(`the name ${name} is too long for a tar header`);
  const head = Buffer.alloc(block);
  const octal = (value: number, at: number, length: number) =>
    head.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
  head.write(name, 0, 'utf8');
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  if (size < 8 ** 11) octal(size, 124, 12);
  else {
    // GNU's way for what eleven octal digits cannot say.
    head.writeBigUInt64BE(BigInt(size), 128);
    head[124] = 0x80;
  }
  octal(0, 136, 12);
  head.write('0', 156, 'latin1');
  head.write('ustar\u000000', 257, 'latin1');
  head.write(' '.repeat(8), 148, 'latin1');
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return head;
}

/** What fills the last block of a file. */
export const tarPadding = (size: number): Buffer => Buffer.alloc((block - (size % block)) % block);
/** What ends an archive. */
export const tarEnd: Buffer = Buffer.alloc(2 * block);

export interface TarFile {
  name: string;
  size: number;
  /** The bytes; must be read to their end before the next file is asked for. */
  bytes: AsyncGenerator<Buffer>;
}

/** The archive is no archive of ours, damaged or cut off. */
export class UnreadableTar extends Error {
  override readonly name = 'UnreadableTar';
}

/** The files of an archive, in order. Throws `UnreadableTar`. */
export async function* readTar(path: string): AsyncGenerator<TarFile> {
  const source = createReadStream(path, { highWaterMark: 1_048_576 })[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);

  /** Up to `size` bytes, at least one; fewer only at the end. */
  const some = async (size: number): Promise<Buffer> => {
    if (rest.length === 0) {
      const next = await source.next();
      if (next.done) throw new UnreadableTar('it is cut off');
      rest = next.value;
    }
    const part = rest.subarray(0, size);
    rest = rest.subarray(part.length);
    return part;
  };
  const exactly = async (size: number): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for (let left = size; left > 0;) {
      const part = await some(left);
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  };

  for (;;) {
    const head = await exactly(block);
    if (head.every((byte) => byte === 0)) return;
    const { name, size } = readHeader(head);
    let left = size;
    const bytes = (async function* () {
      while (left > 0) {
        const part = await some(left);
        left -= part.length;
        yield part;
      }
    })();
    yield { name, size, bytes };
    while (left > 0) left -= (await some(left)).length;
    await exactly(tarPadding(size).length);
  }
}

function readHeader(head: Buffer): { name: string; size: number } {
  const text = (at: number, length: number) => {
    const field = head.subarray(at, at + length);
    const end = field.indexOf(0);
    return field.subarray(0, end < 0 ? length : end).toString('utf8');
  };
  const sum = Number.parseInt(text(148, 8), 8);
  const found = head.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  if (sum !== found) throw new UnreadableTar('it is no backup, or damaged');
  const size = head[124] === 0x80 ? Number(head.readBigUInt64BE(128)) : Number.parseInt(text(124, 12), 8);
  return { name: text(0, 100), size };
}

/** Writes all of it. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  if (bytes.length > 0) await handle.writeFile(bytes);
}
