import { bitTable, has, put } from './bit-table.js';
import type { BitTable } from './bit-table.js';
import type { Join } from './types.js';

/**
 * Forms with several choices ("should be (kept|shut|locked) (out|away) of (our|the|these) schools") are not written out: each place of theirs is a slot,
 * a slot is a set of expressions, and a form is a row of slots. What stands in some slot is found with everything else in the one pass over the text;
 * here neighbours are put together. So a form costs the sum of its choices and not their product.
 */
export interface Chains {
  /** Slots of each pattern, ascending: `slot[first[p]]` to `slot[first[p + 1]]`. */
  first: Uint32Array;
  slot: Uint32Array;
  /** Forms that begin with each slot: `begin[s]` to `begin[s + 1]`, in the order of their second slots. */
  begin: Uint32Array;
  /** Where the slots of each form stand in `row`, and how many they are. */
  at: Uint32Array;
  length: Uint8Array;
  /** Bits of the places of each form: may it follow the one before it with a space, without one? */
  apart: Uint16Array;
  glued: Uint16Array;
  row: Uint32Array;
  /** The entry, or for the second part of a form in two parts its number among these. */
  entry: Uint32Array;
  features: Uint16Array;
  mark: Uint8Array;
  /** Every two patterns that some form begins with, and hardly any others (`mayOpen`). */
  openings: BitTable;
}

/** Bits of `openings` for each pair, and the fewest and most that it has, as powers of two. */
const bitsEach = 8;
const sizes = { least: 10, most: 26 };

function spread(first: number, second: number): number {
  const mixed = Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
}
/** False for most pairs of patterns that no form begins with: one look instead of a search through all that each of them may stand in. */
export const mayOpen = ({ openings }: Chains, first: number, second: number): boolean =>
  has(openings, spread(first, second));

type Shared = Uint8Array | Uint16Array | Uint32Array;
const shared = <T extends Shared>(
  type: { new (buffer: SharedArrayBuffer): T; BYTES_PER_ELEMENT: number },
  length: number,
): T => new type(new SharedArrayBuffer(Math.max(1, length) * type.BYTES_PER_ELEMENT));

/** Collects the forms as they come and lays them out flat. */
export class ChainList {
  readonly #slots = new Map<string, number>();
  /** Per form (a pattern to be): the slots it may stand in. */
  readonly #of: number[][] = [];
  #parts = 0;
  readonly #all: { slots: number[]; apart: number; glued: number; entry: number; features: number; mark: number }[] =
    [];

  /** `slots`: per place the numbers of the forms that may stand there; `joins`: how it follows the one before, with a space where nothing is said. */
  add(
    slots: readonly (readonly number[])[],
    joins: readonly Join[] | undefined,
    entry: number,
    features: number,
    mark: number,
  ): void {
    const bits = (other: Join) =>
      slots.reduce((sum, _, place) => sum | ((joins?.[place] ?? 'apart') === other ? 0 : 1 << place), 0);
    const ids = slots.map((forms) => {
      const key = [...new Set(forms)].sort((a, b) => a - b).join();
      let id = this.#slots.get(key);
      if (id === undefined) {
        this.#slots.set(key, (id = this.#slots.size));
        for (const form of new Set(forms)) (this.#of[form] ??= []).push(id);
      }
      return id;
    });
    this.#all.push({ slots: ids, apart: bits('glued'), glued: bits('apart'), entry, features, mark });
  }

  /** As `add`, the second part of a form in two parts. Returns the number it has in place of a form's: a negative one. */
  addPart(slots: readonly (readonly number[])[], joins: readonly Join[], mark: number): number {
    this.add(slots, joins, this.#parts, 0, mark);
    return -++this.#parts;
  }

  /** `rank[form]` is the form's pattern. */
  layOut(rank: Uint32Array): Chains {
    const all = [...this.#all].sort(
      (a, b) => a.slots[0]! - b.slots[0]! || a.slots[1]! - b.slots[1]! || a.entry - b.entry,
    );
    const count = this.#of.reduce((sum, slots) => sum + slots.length, 0);
    const first = shared(Uint32Array, rank.length + 1);
    this.#of.forEach((slots, form) => (first[rank[form]! + 1] = slots.length));
    for (let i = 0; i < rank.length; i++) first[i + 1]! += first[i]!;
    const slot = shared(Uint32Array, count);
    this.#of.forEach((slots, form) => slot.set(slots, first[rank[form]!]));
    const laid: Chains = {
      first,
      slot,
      begin: shared(Uint32Array, this.#slots.size + 1),
      at: shared(Uint32Array, all.length),
      length: shared(Uint8Array, all.length),
      apart: shared(Uint16Array, all.length),
      glued: shared(Uint16Array, all.length),
      row: shared(
        Uint32Array,
        all.reduce((sum, { slots }) => sum + slots.length, 0),
      ),
      entry: shared(Uint32Array, all.length),
      features: shared(Uint16Array, all.length),
      mark: shared(Uint8Array, all.length),
      openings: this.#openings(rank),
    };
    let at = 0;
    all.forEach(({ slots, apart, glued, entry, features, mark }, i) => {
      laid.begin[slots[0]! + 1]!++;
      laid.at[i] = at;
      laid.length[i] = slots.length;
      laid.apart[i] = apart;
      laid.glued[i] = glued;
      laid.row.set(slots, at);
      at += slots.length;
      laid.entry[i] = entry;
      laid.features[i] = features;
      laid.mark[i] = mark;
    });
    for (let i = 0; i < this.#slots.size; i++) laid.begin[i + 1]! += laid.begin[i]!;
    return laid;
  }

  #openings(rank: Uint32Array): Uint32Array {
    const members: number[][] = Array.from({ length: this.#slots.size }, () => []);
    this.#of.forEach((slots, form) => {
      for (const slot of slots) members[slot]!.push(rank[form]!);
    });
    const pairs = new Map(
      this.#all.map(({ slots: [a, b] }) => [a! * members.length + b!, [members[a!]!, members[b!]!]] as const),
    );
    let count = 1;
    for (const [firsts, seconds] of pairs.values()) count += firsts.length * seconds.length;
    const openings = bitTable(count * bitsEach, sizes);
    for (const [firsts, seconds] of pairs.values())
      for (const first of firsts) for (const second of seconds) put(openings, spread(first, second));
    return openings;
  }
}
