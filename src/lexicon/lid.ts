/**
 * Reads fastText's compressed language model (`lid.176.ftz`) and asks it what language a line is in: the same answers as fastText's own `predict`,
 * several times as fast as its WebAssembly build, which copies every text in and every answer out as strings.
 *
 * The model: a line is the mean of the vectors of its words and of their beginnings, middles and ends of two to four characters; a tree of logistic
 * choices turns that into a probability for each language. Format: fastText's `fasttext.cc`, `dictionary.cc`, `quantmatrix.cc`, version 12.
 */

/** Words of a line as UTF-16 units, parted by spaces (U+0020 alone). */
export interface Line {
  units: Uint16Array;
  length: number;
}

export interface Predict {
  /** At most three labels (places in `labels`) whose probability is at least 0.02, best first. */
  (line: Line): [label: number, probability: number][];
  /** All labels it may give. */
  readonly labels: readonly string[];
}

class Reader {
  #at = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte = (): number => this.#view.getUint8(this.#at++);
  int = (): number => this.#view.getInt32((this.#at += 4) - 4, true);
  long = (): number => Number(this.#view.getBigInt64((this.#at += 8) - 8, true));
  take = (length: number): Uint8Array => this.#bytes.subarray(this.#at, (this.#at += length));
  // Copied, as what follows a text lies anywhere; every machine this runs on is little-endian, as the file is.
  floats = (length: number): Float32Array => new Float32Array(new Uint8Array(this.take(length * 4)).buffer);

  text(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    const text = new TextDecoder().decode(this.take(end - this.#at));
    this.#at++;
    return text;
  }
}

/** The vectors of a product-quantised matrix, written out. */
function readQuantised(from: Reader): Float32Array {
  const normed = from.byte() !== 0;
  const rows = from.long();
  from.long();
  const codes = from.take(from.int());
  const { centroids, parts, width } = readQuantiser(from);
  const norms = normed ? from.take(rows) : undefined;
  const lengths = normed ? readQuantiser(from).centroids : undefined;
  const out = new Float32Array(rows * parts * width);
  for (let row = 0, n = 0; row < rows; row++) {
    const length = norms ? lengths![norms[row]!]! : 1;
    for (let part = 0; part < parts; part++) {
      const at = (part * 256 + codes[row * parts + part]!) * width;
      for (let i = 0; i < width; i++) out[n++] = centroids[at + i]! * length;
    }
  }
  return out;
}

function readQuantiser(from: Reader): { centroids: Float32Array; parts: number; width: number } {
  const size = from.int();
  const parts = from.int();
  const width = from.int();
  if (from.int() !== width) throw new Error('the parts of its vectors are not of one width');
  return { centroids: from.floats(size * 256), parts, width };
}

interface Tree {
  left: Int32Array;
  right: Int32Array;
}

/** The Huffman tree over the labels by how often each was seen; labels are the nodes below their number. */
function treeOf(counts: readonly number[]): Tree {
  const { length } = counts;
  const left = new Int32Array(2 * length - 1).fill(-1);
  const right = new Int32Array(2 * length - 1).fill(-1);
  const weight = new Float64Array(2 * length - 1).fill(1e15);
  weight.set(counts);
  let leaf = length - 1;
  let node = length;
  const lightest = () => (leaf >= 0 && weight[leaf]! < weight[node]! ? leaf-- : node++);
  for (let i = length; i < 2 * length - 1; i++) {
    left[i] = lightest();
    right[i] = lightest();
    weight[i] = weight[left[i]!]! + weight[right[i]!]!;
  }
  return { left, right };
}

const offset = 0x811c9dc5 | 0;
const prime = 0x01000193;
/** Known beforehand, so that dividing by it is a multiplication. */
const buckets = 2_000_000;
/** Words remembered, and the most letters they may have. */
const places = 16_384;
const longestKnown = 22;
/** What is remembered of a word lies side by side, in 128 bytes: its length, how many vectors it has, its letters, and what those vectors add up to. */
const record = { units: 64, floats: 32, letters: 2, sum: 13 };
const least = 0.02;
const most = 3;
/** fastText adds so much before it takes a logarithm. */
const tiny = 1e-5;

/** Opens the model. Throws when the bytes are not those of a model of this kind. */
export function openLid(bytes: Uint8Array): Predict {
  const from = new Reader(bytes);
  const [magic, version, size, , , , , wordNgrams, loss, , hashed, shortest, longest] = Array.from(
    { length: 14 },
    from.int,
  ) as [number, number, number, number, number, number, number, number, number, number, number, number, number];
  if (magic !== 793_712_314 || version !== 12 || size !== 16 || hashed !== buckets || wordNgrams !== 1 || loss !== 1)
    throw new Error('not a language model of the kind this reads');
  from.long();
  const count = from.int();
  const wordCount = from.int();
  from.int();
  from.long();
  const kept = from.long();
  const words = new Map<number, { text: string; id: number }[]>();
  const labels: string[] = [];
  const seen: number[] = [];
  for (let id = 0; id < count; id++) {
    const text = from.text();
    const times = from.long();
    if (from.byte() === 0) {
      const key = hashOf(text);
      words.set(key, [...(words.get(key) ?? []), { text, id }]);
    } else {
      labels.push(text);
      seen.push(times);
    }
  }
  // Buckets that pruning left: a bit each, and how many lie before each word of bits. Their vectors are put in that order.
  const bits = new Uint32Array((buckets + 31) >>> 5);
  const before = new Uint32Array(bits.length);
  const moved = new Int32Array(kept * 2);
  for (let i = 0; i < kept; i++) {
    const bucket = (moved[i * 2] = from.int());
    moved[i * 2 + 1] = from.int();
    bits[bucket >>> 5]! |= 1 << (bucket & 31);
  }
  for (let i = 1; i < bits.length; i++) before[i] = before[i - 1]! + ones(bits[i - 1]!);
  /** The vector of a bucket, or -1. */
  const rowOf = (bucket: number): number => {
    const cell = bits[bucket >>> 5]!;
    const bit = bucket & 31;
    if (((cell >>> bit) & 1) === 0) return -1;
    return wordCount + before[bucket >>> 5]! + (bit === 0 ? 0 : ones(cell << (32 - bit)));
  };
  if (from.byte() === 0) throw new Error('not a compressed language model');
  const written = readQuantised(from);
  const vectors = new Float32Array(written.length);
  vectors.set(written.subarray(0, wordCount * size));
  for (let i = 0; i < kept; i++) {
    const at = (wordCount + moved[i * 2 + 1]!) * size;
    const to = rowOf(moved[i * 2]!) * size;
    for (let k = 0; k < size; k++) vectors[to + k] = written[at + k]!;
  }
  if (from.byte() !== 0) throw new Error('its labels are compressed');
  from.long();
  from.long();
  const choices = from.floats(labels.length * size);
  const { left, right } = treeOf(seen);
  const lineEnd = words.get(hashOf('</s>'))?.find(({ text }) => text === '</s>')?.id;

  /** What the words of the line at hand add up to, and of how many vectors. */
  const sum = new Float64Array(size);
  let added = 0;
  /** Where the vectors of the word at hand begin. */
  let rows = new Int32Array(4096);
  let found = 0;
  // Words met before, each in the one place its letters point to: a language says the same few hundred words over and over.
  const known = new Float32Array(places * record.floats);
  const knownUnits = new Uint16Array(known.buffer);

  /** Writes the sum of the word's vectors, eight numbers at a time: so many fit into registers. */
  function sumUp(to: Float32Array, at: number): void {
    for (let half = 0; half < size; half += 8) {
      let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let i = 0; i < found; i++) {
        const row = rows[i]! + half;
        a += vectors[row]!;
        b += vectors[row + 1]!;
        c += vectors[row + 2]!;
        d += vectors[row + 3]!;
        e += vectors[row + 4]!;
        f += vectors[row + 5]!;
        g += vectors[row + 6]!;
        h += vectors[row + 7]!;
      }
      to[at + half] = a;
      to[at + half + 1] = b;
      to[at + half + 2] = c;
      to[at + half + 3] = d;
      to[at + half + 4] = e;
      to[at + half + 5] = f;
      to[at + half + 6] = g;
      to[at + half + 7] = h;
    }
  }

  const apart = new Float32Array(size);
  const add = (from: Float32Array, at: number, vectorsOf: number) => {
    for (let i = 0; i < size; i++) sum[i]! += from[at + i]!;
    added += vectorsOf;
  };

  /** Adds the word `units[begin, end)`, whose letters have this hash. */
  function addWord(units: Uint16Array, begin: number, end: number, hash: number): void {
    const length = end - begin;
    if (length > longestKnown) {
      readWord(units, begin, end);
      sumUp(apart, 0);
      add(apart, 0, found);
      return;
    }
    const place = (hash ^ (hash >>> 15)) & (places - 1);
    const at = place * record.units;
    const letters = at + record.letters;
    let same = knownUnits[at] === length;
    for (let i = 0; same && i < length; i++) same = knownUnits[letters + i] === units[begin + i];
    const sumAt = place * record.floats + record.sum;
    if (!same) {
      readWord(units, begin, end);
      sumUp(known, sumAt);
      knownUnits[at] = length;
      knownUnits[at + 1] = found;
      for (let i = 0; i < length; i++) knownUnits[letters + i] = units[begin + i]!;
    }
    add(known, sumAt, knownUnits[at + 1]!);
  }

  /** The bytes of the word at hand between its marks, and where its characters begin. */
  let word = new Int8Array(1024);
  let starts = new Int32Array(1024);

  /** Collects the vectors of the word `units[begin, end)`. */
  function readWord(units: Uint16Array, begin: number, end: number): void {
    found = 0;
    if (word.length < (end - begin) * 3 + 2) {
      word = new Int8Array((end - begin) * 4);
      starts = new Int32Array((end - begin) * 4);
    }
    let n = 0;
    let characters = 0;
    starts[characters++] = n;
    word[n++] = 0x3c;
    let whole = offset;
    for (let i = begin; i < end; i++) {
      let c = units[i]!;
      starts[characters++] = n;
      if (c >= 0xd800 && c <= 0xdbff && i + 1 < end) c = 0x10000 + ((c - 0xd800) << 10) + (units[++i]! - 0xdc00);
      if (c < 0x80) word[n++] = c;
      else {
        if (c < 0x800) word[n++] = 0xc0 | (c >> 6);
        else {
          if (c < 0x10000) word[n++] = 0xe0 | (c >> 12);
          else {
            word[n++] = 0xf0 | (c >> 18);
            word[n++] = 0x80 | ((c >> 12) & 63);
          }
          word[n++] = 0x80 | ((c >> 6) & 63);
        }
        word[n++] = 0x80 | (c & 63);
      }
      for (let k = starts[characters - 1]!; k < n; k++) whole = Math.imul(whole ^ word[k]!, prime);
    }
    starts[characters++] = n;
    word[n++] = 0x3e;
    starts[characters] = n;
    if (rows.length < characters * longest + 2) rows = new Int32Array(characters * longest * 2);
    const listed = words.get(whole);
    if (listed) {
      const text = String.fromCharCode(...units.subarray(begin, end));
      for (const { text: own, id } of listed) if (own === text) rows[found++] = id * size;
    }
    for (let i = 0; i < characters; i++) {
      let hash = offset;
      const last = Math.min(characters, i + longest);
      for (let k = i; k < last; k++) {
        for (let b = starts[k]!; b < starts[k + 1]!; b++) hash = Math.imul(hash ^ word[b]!, prime);
        if (k + 1 - i < shortest) continue;
        const row = rowOf((hash >>> 0) % buckets);
        if (row >= 0) rows[found++] = row * size;
      }
    }
  }

  const ranked: [label: number, probability: number][] = [];

  /** Follows the tree below `node`, which is as probable as `p`, the likelier branch first. */
  function visit(node: number, p: number): void {
    if (p < least || (ranked.length === most && p < ranked[most - 1]![1])) return;
    if (left[node] === -1) {
      let at = ranked.length;
      while (at > 0 && ranked[at - 1]![1] < p) at--;
      ranked.splice(at, 0, [node, p]);
      if (ranked.length > most) ranked.pop();
      return;
    }
    const row = (node - labels.length) * size;
    let dot = 0;
    for (let i = 0; i < size; i++) dot += choices[row + i]! * sum[i]!;
    const yes = 1 / (1 + Math.exp(-dot));
    if (dot > 0) {
      visit(right[node]!, p * (yes + tiny));
      visit(left[node]!, p * (1 - yes + tiny));
    } else {
      visit(left[node]!, p * (1 - yes + tiny));
      visit(right[node]!, p * (yes + tiny));
    }
  }

  const predict = ({ units, length }: Line): [label: number, probability: number][] => {
    added = 0;
    sum.fill(0);
    let begin = 0;
    let hash = offset;
    for (let i = 0; i <= length; i++) {
      const unit = i < length ? units[i]! : 0x20;
      if (unit !== 0x20) {
        hash = Math.imul(hash ^ unit, prime);
        continue;
      }
      if (i > begin) addWord(units, begin, i, hash);
      begin = i + 1;
      hash = offset;
    }
    if (lineEnd !== undefined) add(vectors, lineEnd * size, 1);
    for (let i = 0; i < size; i++) sum[i]! /= Math.max(1, added);
    ranked.length = 0;
    visit(left.length - 1, 1);
    return ranked.slice();
  };
  return Object.assign(predict, { labels });
}

/** White space as regular expressions know it. */
export const isSpace = (unit: number): boolean =>
  unit === 0x20 ||
  (unit >= 0x09 && unit <= 0x0d) ||
  unit === 0xa0 ||
  (unit >= 0x1680 &&
    (unit === 0x1680 ||
      (unit >= 0x2000 && unit <= 0x200a) ||
      unit === 0x2028 ||
      unit === 0x2029 ||
      unit === 0x202f ||
      unit === 0x205f ||
      unit === 0x3000 ||
      unit === 0xfeff));

/** FNV-1a over the bytes, as signed characters. */
function hashOf(text: string): number {
  let hash = offset;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ ((byte << 24) >> 24), prime);
  return hash;
}

/** How many bits are set. */
function ones(cell: number): number {
  let n = cell - ((cell >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
