import { runsOf } from './evasion.js';

// What the compiler collects form by form, and lays out flat when it has all.

/** Meanings of patterns, flat: those of pattern p are `[first[p], first[p + 1])`. */
export interface Senses {
  first: Uint32Array;
  /** Index into the entries. */
  entry: Uint32Array;
  /** Features as bits, in the order of `formFeatures`. */
  features: Uint16Array;
}

/** For senses of the evasion view: where in `least` the least length of each run of one letter stands; 0: one each. */
export interface Runs {
  first: Uint32Array;
  least: Uint8Array;
}

/**
 * Forms in two parts, by the pattern of the first part as in `senses`; the second is one of a `set`: the patterns from `tail[begin[set]]` to before
 * `tail[begin[set + 1]]`, ascending. Numbers behind those of all patterns are second parts with choices (`chain-list.ts`).
 */
export interface Pairs extends Senses {
  set: Uint32Array;
  begin: Uint32Array;
  tail: Uint32Array;
}

/** Collects the senses of forms as they come, entry by entry, and lays them out flat by pattern. */
export class SenseList {
  /** Per form: its last sense, so that an entry that lists a form twice gets one sense of it. */
  readonly #last: number[] = [];
  readonly #form: number[] = [];
  readonly #entry: number[] = [];
  readonly #features: number[] = [];
  readonly #before: number[] = [];
  readonly #runs: string[] = [];

  add(form: number, entry: number, features: number, runs = ''): void {
    for (let sense = this.#last[form] ?? -1; sense >= 0 && this.#entry[sense] === entry; sense = this.#before[sense]!) {
      if (this.#runs[sense] !== runs) continue;
      this.#features[sense]! |= features;
      return;
    }
    this.#before.push(this.#last[form] ?? -1);
    this.#last[form] = this.#form.length;
    this.#form.push(form);
    this.#entry.push(entry);
    this.#features.push(features);
    this.#runs.push(runs);
  }

  /** `rank[form]` is the form's pattern. */
  layOut(rank: Uint32Array): { senses: Senses; runs: Runs } {
    const count = this.#form.length;
    const senses: Senses = {
      first: shared(Uint32Array, rank.length + 1),
      entry: shared(Uint32Array, count),
      features: shared(Uint16Array, count),
    };
    for (const form of this.#form) senses.first[rank[form]! + 1]!++;
    for (let i = 0; i < rank.length; i++) senses.first[i + 1]! += senses.first[i]!;
    const next = senses.first.slice();
    const first = shared(Uint32Array, count);
    // Position 0 stands for "one each", so something must lie there.
    const least = [1];
    for (let sense = 0; sense < count; sense++) {
      const at = next[rank[this.#form[sense]!]!]!++;
      senses.entry[at] = this.#entry[sense]!;
      senses.features[at] = this.#features[sense]!;
      const runs = this.#runs[sense]!;
      if (runs === '') continue;
      first[at] = least.length;
      for (let i = 0; i < runs.length; i++) least.push(runs.charCodeAt(i));
    }
    const lengths = shared(Uint8Array, least.length);
    lengths.set(least);
    return { senses, runs: { first, least: lengths } };
  }
}

/** Collects the forms in two parts: first parts, and the set of second parts that may follow any of them. */
export class PairList {
  readonly #sets = new Map<string, number>();
  readonly #tails: (readonly number[])[] = [];
  readonly #all: { head: number; set: number; entry: number; features: number }[] = [];

  /** `tails`: forms, or second parts with choices as `ChainList.addPart` numbers them. */
  add(heads: readonly number[], tails: readonly number[], entry: number, features: number): void {
    const key = tails.join();
    let set = this.#sets.get(key);
    if (set === undefined) {
      this.#sets.set(key, (set = this.#tails.length));
      this.#tails.push(tails);
    }
    for (const head of heads) this.#all.push({ head, set, entry, features });
  }

  /** `rank[form]` is the form's pattern. */
  layOut(rank: Uint32Array): Pairs {
    const sorted = this.#all
      .map((pair) => ({ ...pair, head: rank[pair.head]! }))
      .sort((a, b) => a.head - b.head || a.entry - b.entry || a.set - b.set);
    const count = sorted.length;
    const laid = {
      first: shared(Uint32Array, rank.length + 1),
      entry: shared(Uint32Array, count),
      features: shared(Uint16Array, count),
      set: shared(Uint32Array, count),
      begin: shared(Uint32Array, this.#tails.length + 1),
      tail: shared(
        Uint32Array,
        this.#tails.reduce((sum, tails) => sum + tails.length, 0),
      ),
    };
    sorted.forEach((pair, i) => {
      laid.first[pair.head + 1]!++;
      laid.entry[i] = pair.entry;
      laid.features[i] = pair.features;
      laid.set[i] = pair.set;
    });
    for (let i = 0; i < rank.length; i++) laid.first[i + 1]! += laid.first[i]!;
    this.#tails.forEach((tails, set) => {
      laid.tail.set(
        tails.map((tail) => (tail < 0 ? rank.length - 1 - tail : rank[tail]!)).sort((a, b) => a - b),
        laid.begin[set],
      );
      laid.begin[set + 1] = laid.begin[set]! + tails.length;
    });
    return laid;
  }
}

type Shared = Uint8Array | Uint16Array | Uint32Array;
/** An array of numbers in memory that all threads see. */
export const shared = <T extends Shared>(
  type: { new (buffer: SharedArrayBuffer): T; BYTES_PER_ELEMENT: number },
  length: number,
): T => new type(new SharedArrayBuffer(Math.max(1, length) * type.BYTES_PER_ELEMENT));

/** The least lengths of the runs of a word as a string of units, one a unit of its collapsed form; `''` when all are one. */
export function leastRuns(folded: string, collapsed: string): string {
  return folded === collapsed
    ? ''
    : String.fromCharCode(...runsOf(folded).map((run) => Math.min(run, 255))).padEnd(collapsed.length, '\u0001');
}
