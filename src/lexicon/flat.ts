import { crc32 } from 'node:zlib';

/**
 * Values with typed arrays in them, as one stretch of bytes that is read back without parsing the arrays: JSON in which they are missing, the way to
 * each of them, and the arrays behind it, each on a multiple of eight. Read into shared memory, they are there for all threads at once.
 *
 * Layout, little-endian: `magic` (8 bytes), length of the whole, length of the JSON, CRC-32 of all that follows, 0 (4 bytes each); the JSON; the arrays.
 */
const magic = new TextEncoder().encode('TOCSIN\u0001\n');
const head = 24;

const types = { Uint8Array, Uint16Array, Uint32Array, Int32Array };
type TypeName = keyof typeof types;
type Flat = InstanceType<(typeof types)[TypeName]>;
type Path = (string | number)[];
/** A typed array at `path`: its type, offset behind the JSON, and length. */
type Place = [path: Path, type: TypeName, offset: number, length: number];
interface Head {
  value: unknown;
  places: Place[];
  /** Where a list of pairs is a map. */
  maps: Path[];
}

const aligned = (offset: number): number => (offset + 7) & ~7;

/** Writes a value of plain objects, arrays, strings, numbers, booleans, maps and typed arrays, into shared memory. */
export function flatten(value: unknown): Uint8Array<SharedArrayBuffer> {
  const arrays: Flat[] = [];
  const places: Place[] = [];
  const maps: Path[] = [];
  let size = 0;
  const strip = (part: unknown, path: Path): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    if (ArrayBuffer.isView(part)) {
      const array = part as Flat;
      arrays.push(array);
      places.push([path, array.constructor.name as TypeName, size, array.length]);
      size = aligned(size + array.byteLength);
      return null;
    }
    if (part instanceof Map) {
      maps.push(path);
      return [...part];
    }
    if (Array.isArray(part)) return part.map((item, i) => strip(item, [...path, i]));
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, strip(item, [...path, key])]));
  };
  const top: Head = { value: strip(value, []), places, maps };
  const text = new TextEncoder().encode(JSON.stringify(top));
  const start = aligned(head + text.length);
  const bytes = new Uint8Array(new SharedArrayBuffer(start + size));
  bytes.set(magic);
  bytes.set(text, head);
  arrays.forEach((array, i) =>
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + places[i]![2]),
  );
  const view = new DataView(bytes.buffer);
  view.setUint32(8, bytes.length, true);
  view.setUint32(12, text.length, true);
  view.setUint32(16, crc32(Buffer.from(bytes.buffer, head)), true);
  return bytes;
}

/** Reads what `flatten` wrote; its arrays lie in `bytes`. `undefined` when the bytes are not whole. */
export function unflatten(bytes: Uint8Array<SharedArrayBuffer>): unknown {
  if (bytes.length < head || magic.some((byte, i) => bytes[i] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (view.getUint32(8, true) !== bytes.length) return undefined;
  const rest = Buffer.from(bytes.buffer, bytes.byteOffset + head, bytes.length - head);
  if (crc32(rest) !== view.getUint32(16, true)) return undefined;
  const length = view.getUint32(12, true);
  const { value, places, maps } = JSON.parse(rest.toString('utf8', 0, length)) as Head;
  const start = bytes.byteOffset + aligned(head + length);
  const put = (path: Path, make: (found: unknown) => unknown) => {
    const into = path.slice(0, -1).reduce((part, key) => (part as Record<string | number, unknown>)[key], value);
    const key = path.at(-1)!;
    const holder = into as Record<string | number, unknown>;
    holder[key] = make(holder[key]);
  };
  for (const path of maps) put(path, (pairs) => new Map(pairs as [unknown, unknown][]));
  for (const [path, type, offset, size] of places)
    put(
      path,
      () =>
        new (types[type] as new (buffer: ArrayBufferLike, at: number, length: number) => Flat)(
          bytes.buffer,
          start + offset,
          size,
        ),
    );
  return value;
}
