import { orderOf } from './sorting.js';

/**
 * An Aho-Corasick automaton over flat typed arrays (a double array), so that scanning costs the same whatever the number of
 * patterns and worker threads share one copy.
 *
 * Semantics: `scan` reports every occurrence of every pattern (overlapping ones too) as (pattern, end), in order of end, longest
 * first at one end. Boundaries, affixes and longest-wins are decided by the caller.
 */
export interface Automaton {
  /** Folded unit → symbol; 0: in no pattern. */
  alphabet: Uint16Array;
  /**
   * Two numbers a state, side by side because every step needs both: base (where its children lie; odd when a pattern ends here, or a word of one does and another
   * follows) and check (its parent). A state is the index of its base, an even number; the root is 0, a child by a symbol lies at base + 2 × symbol if check there names
   * the parent. What fewer steps need lies apart, so that the cells of most texts stay in the cache.
   */
  cells: Int32Array;
  /** Per cell (half of a state): the longest other beginning of a pattern that ends here, a state. */
  fails: Int32Array;
  /** Per cell: the longest pattern that ends here + 1, or 0. */
  outs: Int32Array;
  lengths: Uint16Array;
  /** Per pattern: the state it ends in. */
  ends: Int32Array;
  /** Per pattern: the next shorter one that ends wherever it ends, + 1, or 0. */
  shorter: Int32Array;
}

const shared32 = (length: number) => new Int32Array(new SharedArrayBuffer(Math.max(4, length * 4)));
const shared16 = (length: number) => new Uint16Array(new SharedArrayBuffer(Math.max(2, length * 2)));

/** Frequent units get small symbols: denser tables. */
function alphabetOf(patterns: readonly string[]): { alphabet: Uint16Array; symbols: number } {
  const counts = new Uint32Array(65_536);
  for (const pattern of patterns) for (let i = 0; i < pattern.length; i++) counts[pattern.charCodeAt(i)]!++;
  const used: number[] = [];
  counts.forEach((count, unit) => count > 0 && used.push(unit));
  used.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const alphabet = shared16(65_536);
  used.forEach((unit, i) => (alphabet[unit] = i + 1));
  return { alphabet, symbols: used.length + 1 };
}

/** The free slots of the double array: a doubly linked list, so that looking for a place skips what is taken. */
class Slots {
  check: Int32Array;
  base: Int32Array;
  #next: Int32Array;
  #previous: Int32Array;
  #size: number;
  /** Where a search for a node of several children begins: slots before it have failed often enough. */
  #begin = 0;

  constructor(size: number) {
    this.#size = size;
    this.check = new Int32Array(size).fill(-1);
    this.base = new Int32Array(size);
    this.#next = new Int32Array(size);
    this.#previous = new Int32Array(size);
    this.#chain(0, size);
    this.check[0] = 0;
  }

  #chain(from: number, to: number): void {
    for (let i = from; i < to; i++) {
      this.#next[i] = i + 1;
      this.#previous[i] = i - 1;
    }
  }

  ensure(need: number): void {
    if (need < this.#size) return;
    const wider = Math.max(need + 1, this.#size * 2);
    const copy = (old: Int32Array, fill: number) => {
      const next = new Int32Array(wider).fill(fill);
      next.set(old);
      return next;
    };
    const last = this.#size;
    // The list's end pointed at `last`, which now exists; its predecessor is the last free slot.
    let tail = last - 1;
    while (tail > 0 && this.check[tail] !== -1) tail--;
    this.base = copy(this.base, 0);
    this.check = copy(this.check, -1);
    this.#next = copy(this.#next, 0);
    this.#previous = copy(this.#previous, 0);
    this.#size = wider;
    this.#chain(last, wider);
    this.#previous[last] = tail;
    this.#next[tail] = last;
  }

  take(slot: number, parent: number): void {
    this.check[slot] = parent;
    const next = this.#next[slot]!;
    this.#next[this.#previous[slot]!] = next;
    if (next < this.#size) this.#previous[next] = this.#previous[slot]!;
  }

  /** A base at which all of `count` symbols fall on free slots; `symbols` is the size of the alphabet. */
  place(childSymbols: Int32Array, count: number, symbols: number): number {
    const first = childSymbols[0]!;
    let slot = count > 1 && this.#begin > 0 && this.check[this.#begin] === -1 ? this.#begin : this.#next[0]!;
    for (let tries = 0; ; tries++) {
      if (slot >= this.#size) this.ensure(slot + symbols);
      const b = slot - first;
      if (b >= 1) {
        this.ensure(b + symbols);
        const { check } = this;
        let k = 1;
        while (k < count && check[b + childSymbols[k]!] === -1) k++;
        if (k >= count) return b;
      }
      if (tries === 64) this.#begin = slot;
      slot = this.#next[slot]!;
    }
  }
}

/** Builds the automaton. Patterns must be distinct and not empty. `sorted`: they come in the order of their UTF-16 units. */
export function buildAutomaton(patterns: readonly string[], sorted = false): Automaton {
  const { alphabet, symbols } = alphabetOf(patterns);
  const order = sorted ? Uint32Array.from(patterns.keys()) : orderOf(patterns);
  let units = 0;
  for (const { length } of patterns) units += length;

  const ends = shared32(patterns.length);
  // Level by level every pattern is asked for its next unit: side by side they are read in order, as strings all over the memory.
  const letters = new Uint16Array(units);
  const begins = new Int32Array(order.length + 1);
  for (let i = 0, n = 0; i < order.length; i++) {
    const pattern = patterns[order[i]!]!;
    for (let k = 0; k < pattern.length; k++) letters[n++] = alphabet[pattern.charCodeAt(k)]!;
    begins[i + 1] = n;
  }
  const count = nodesOf(letters, begins);
  const slots = new Slots(Math.max(1024, count + symbols * 2));
  // Breadth first over ranges of the sorted patterns: node = (state, lo, hi), levels one after another.
  const states = new Int32Array(count);
  const los = new Int32Array(count);
  const his = new Int32Array(count);
  his[0] = order.length;
  const childSymbols = new Int32Array(symbols);
  const childLo = new Int32Array(symbols + 1);
  let top = 0;
  let nodes = 1;
  let levelEnd = 1;
  for (let head = 0, depth = 0; head < nodes; head++) {
    if (head === levelEnd) {
      depth++;
      levelEnd = nodes;
    }
    const state = states[head]!;
    let lo = los[head]!;
    const hi = his[head]!;
    if (lo < hi && depth === begins[lo + 1]! - begins[lo]!) ends[order[lo++]!] = state;
    if (lo >= hi) continue;
    let children = 0;
    for (let i = lo, last = 0; i < hi; i++) {
      const symbol = letters[begins[i]! + depth]!;
      if (symbol === last) continue;
      last = symbol;
      childSymbols[children] = symbol;
      childLo[children++] = i;
    }
    childLo[children] = hi;
    const b = slots.place(childSymbols, children, symbols);
    slots.base[state] = b;
    for (let k = 0; k < children; k++) {
      const child = b + childSymbols[k]!;
      slots.take(child, state);
      if (child > top) top = child;
      states[nodes] = child;
      los[nodes] = childLo[k]!;
      his[nodes++] = childLo[k + 1]!;
    }
  }
  return link(patterns, alphabet, slots, states.subarray(0, nodes), ends, top, symbols);
}

/** How many nodes the trie of sorted patterns has: every letter that a pattern does not share with the one before is one, and the root. */
function nodesOf(letters: Uint16Array, begins: Int32Array): number {
  let nodes = 1;
  for (let i = 1, before = 0; i < begins.length; i++) {
    const [from, to] = [begins[i - 1]!, begins[i]!];
    let alike = 0;
    while (alike < from - before && alike < to - from && letters[before + alike] === letters[from + alike]) alike++;
    nodes += to - from - alike;
    before = from;
  }
  return nodes;
}

/** Lays the states out in their cells and adds the fail links and outputs, breadth first. */
function link(
  patterns: readonly string[],
  alphabet: Uint16Array,
  slots: Slots,
  states: Int32Array,
  ends: Int32Array,
  top: number,
  symbols: number,
): Automaton {
  // A state without children has its base where no child can be: behind all states.
  const barren = top + 1;
  const cells = shared32((barren + symbols) * 2);
  const fails = shared32(barren);
  const outs = shared32(barren);
  for (let at = 1; at < cells.length; at += 2) cells[at] = -1;
  for (const slot of states) {
    const base = slots.base[slot]!;
    cells[slot * 2] = (base === 0 ? barren : base) * 2;
    cells[slot * 2 + 1] = slots.check[slot]! * 2;
  }
  const lengths = shared16(patterns.length);
  patterns.forEach((pattern, i) => {
    lengths[i] = pattern.length;
    outs[ends[i]!] = i + 1;
    ends[i]! *= 2;
  });
  const shorter = shared32(patterns.length);
  /** From a base to the check of what a space leads to. */
  const gap = alphabet[0x20]! * 2 + 1;
  for (const slot of states) {
    if (slot === 0) continue;
    const state = slot * 2;
    const parent = cells[state + 1]!;
    if (parent !== 0) {
      const step = state - (cells[parent]! & -2);
      let fail = fails[parent >> 1]!;
      let next = (cells[fail]! & -2) + step;
      while (cells[next + 1] !== fail && fail !== 0) {
        fail = fails[fail >> 1]!;
        next = (cells[fail]! & -2) + step;
      }
      if (cells[next + 1] === fail) fails[slot] = next;
    }
    const inherited = outs[fails[slot]! >> 1]!;
    const own = outs[slot]!;
    if (own === 0) outs[slot] = inherited;
    else shorter[own - 1] = inherited;
    if (outs[slot] !== 0 || cells[(cells[state]! & -2) + gap] === state) cells[state]! |= 1;
  }
  return { alphabet, cells, fails, outs, lengths, ends, shorter };
}

/** The state a symbol leads to from `state` inside the trie, or 0. */
export function child({ cells }: Automaton, state: number, symbol: number): number {
  const next = (cells[state]! & -2) + symbol * 2;
  return cells[next + 1] === state ? next : 0;
}

/** The state that `state` is a child of. */
export const parentOf = ({ cells }: Automaton, state: number): number => cells[state + 1]!;

/** The symbol that leads to `state`, which is not the root. */
export const symbolOf = ({ cells }: Automaton, state: number): number => (state - (cells[cells[state + 1]!]! & -2)) / 2;

/** The pattern that ends exactly in `state`, or -1. */
export function patternAt({ outs, ends }: Automaton, state: number): number {
  const pattern = outs[state >> 1]! - 1;
  return pattern >= 0 && ends[pattern] === state ? pattern : -1;
}

/** The pattern that is `units[from, to)` as a whole, or -1. */
export function patternOf(automaton: Automaton, units: ArrayLike<number>, from: number, to: number): number {
  let state = 0;
  for (let i = from; i < to; i++) {
    state = child(automaton, state, automaton.alphabet[units[i]!]!);
    if (state === 0) return -1;
  }
  return patternAt(automaton, state);
}

/**
 * Scans `units[from, length)` and calls `hit(pattern, end)` for every occurrence; `end` is exclusive.
 * Time is linear in the text plus the number of hits.
 */
export function scan(
  automaton: Automaton,
  units: Uint16Array,
  length: number,
  hit: (pattern: number, end: number) => void,
  from = 0,
): void {
  const { alphabet, cells, fails, outs, shorter } = automaton;
  let state = 0;
  for (let i = from; i < length; i++) {
    const step = alphabet[units[i]!]! * 2;
    if (step === 0) {
      state = 0;
      continue;
    }
    let next = (cells[state]! & -2) + step;
    while (cells[next + 1] !== state && state !== 0) {
      state = fails[state >> 1]!;
      next = (cells[state]! & -2) + step;
    }
    if (cells[next + 1] !== state) continue;
    state = next;
    if ((cells[state]! & 1) === 0) continue;
    for (let pattern = outs[state >> 1]!; pattern !== 0; pattern = shorter[pattern - 1]!) hit(pattern - 1, i + 1);
  }
}
