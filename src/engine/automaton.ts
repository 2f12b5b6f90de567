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
  base: Int32Array;
  check: Int32Array;
  fail: Int32Array;
  /** Pattern + 1 that ends in a state, or 0. */
  own: Int32Array;
  /** Nearest state on the fail chain in which a pattern ends, or 0. */
  link: Int32Array;
  lengths: Uint16Array;
}

const shared32 = (length: number) => new Int32Array(new SharedArrayBuffer(Math.max(4, length * 4)));
const shared16 = (length: number) => new Uint16Array(new SharedArrayBuffer(Math.max(2, length * 2)));

/** Builds the automaton. Patterns must be distinct and not empty. */
export function buildAutomaton(patterns: readonly string[]): Automaton {
  const alphabet = shared16(65_536);
  const counts = new Map<number, number>();
  for (const pattern of patterns) for (let i = 0; i < pattern.length; i++) counts.set(pattern.charCodeAt(i), (counts.get(pattern.charCodeAt(i)) ?? 0) + 1);
  // Frequent units get small symbols: denser tables.
  [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).forEach(([unit], i) => (alphabet[unit] = i + 1));
  const symbols = counts.size + 1;

  const order = patterns.map((_, i) => i);
  // By UTF-16 units: iterating the string would walk code points and break astral ones.
  const keys = patterns.map((pattern) => Array.from({ length: pattern.length }, (_, i) => alphabet[pattern.charCodeAt(i)]!));
  order.sort((a, b) => {
    const x = keys[a]!;
    const y = keys[b]!;
    const n = Math.min(x.length, y.length);
    for (let i = 0; i < n; i++) if (x[i] !== y[i]) return x[i]! - y[i]!;
    return x.length - y.length;
  });

  let size = Math.max(1024, patterns.reduce((sum, p) => sum + p.length, 0) + symbols * 2);
  let base = new Int32Array(size);
  let check = new Int32Array(size).fill(-1);
  let own = new Int32Array(size);
  // Free slots form a doubly linked list, so that looking for a place skips what is taken.
  let next = new Int32Array(size);
  let previous = new Int32Array(size);
  const chain = (from: number, to: number) => {
    for (let i = from; i < to; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
    }
  };
  chain(0, size);
  const take = (slot: number) => {
    next[previous[slot]!] = next[slot]!;
    if (next[slot]! < size) previous[next[slot]!] = previous[slot]!;
  };
  const ensure = (need: number) => {
    if (need < size) return;
    const wider = Math.max(need + 1, size * 2);
    const copy = (old: Int32Array, fill: number) => {
      const next = new Int32Array(wider).fill(fill);
      next.set(old);
      return next;
    };
    base = copy(base, 0);
    check = copy(check, -1);
    own = copy(own, 0);
    const last = size;
    // The list's end pointed at `last`, which now exists; its predecessor is the last free slot.
    let tail = last - 1;
    while (tail > 0 && check[tail] !== -1) tail--;
    next = copy(next, 0);
    previous = copy(previous, 0);
    size = wider;
    chain(last, wider);
    previous[last] = tail;
    next[tail] = last;
  };
  check[0] = 0;
  // Where a search for a node of several children begins: slots before it have failed often enough.
  let begin = 0;

  // Breadth first over ranges of the sorted patterns: node = (state, lo, hi, depth).
  const queue: number[] = [0, 0, order.length, 0];
  const states: number[] = [];
  const childSymbols: number[] = [];
  const childLo: number[] = [];
  let top = 0;
  for (let head = 0; head < queue.length; head += 4) {
    const state = queue[head]!;
    let lo = queue[head + 1]!;
    const hi = queue[head + 2]!;
    const depth = queue[head + 3]!;
    states.push(state);
    while (lo < hi && keys[order[lo]!]!.length === depth) {
      own[state] = order[lo]! + 1;
      lo++;
    }
    if (lo >= hi) continue;
    childSymbols.length = 0;
    childLo.length = 0;
    for (let i = lo; i < hi; i++) {
      const symbol = keys[order[i]!]![depth]!;
      if (childSymbols.at(-1) !== symbol) {
        childSymbols.push(symbol);
        childLo.push(i);
      }
    }
    const first = childSymbols[0]!;
    let slot = childSymbols.length > 1 && begin > 0 && check[begin] === -1 ? begin : next[0]!;
    let b = 0;
    for (let tries = 0; ; tries++) {
      if (slot >= size) ensure(slot + symbols);
      b = slot - first;
      if (b >= 1) {
        ensure(b + symbols);
        let fits = true;
        for (let k = 1; k < childSymbols.length; k++) {
          if (check[b + childSymbols[k]!] !== -1) {
            fits = false;
            break;
          }
        }
        if (fits) break;
      }
      if (tries === 64) begin = slot;
      slot = next[slot]!;
    }
    base[state] = b;
    for (let k = 0; k < childSymbols.length; k++) {
      const child = b + childSymbols[k]!;
      check[child] = state;
      take(child);
      if (child > top) top = child;
      queue.push(child, childLo[k]!, k + 1 < childLo.length ? childLo[k + 1]! : hi, depth + 1);
    }
  }

  const length = top + symbols + 1;
  ensure(length);
  const fail = new Int32Array(length);
  const link = new Int32Array(length);
  // `states` is in breadth-first order; a state's parent and symbol follow from check and base.
  for (const state of states) {
    if (state === 0) continue;
    const parent = check[state]!;
    const symbol = state - base[parent]!;
    if (parent === 0) fail[state] = 0;
    else {
      let f = fail[parent]!;
      for (;;) {
        const next = base[f]! + symbol;
        if (base[f]! > 0 && check[next] === f && next !== 0) {
          fail[state] = next;
          break;
        }
        if (f === 0) {
          fail[state] = 0;
          break;
        }
        f = fail[f]!;
      }
    }
    const g = fail[state];
    link[state] = own[g] ? g : link[g]!;
  }

  const out = (from: Int32Array) => {
    const to = shared32(length);
    to.set(from.subarray(0, length));
    return to;
  };
  const lengths = shared16(patterns.length);
  patterns.forEach((pattern, i) => (lengths[i] = pattern.length));
  return { alphabet, base: out(base), check: out(check), fail: out(fail), own: out(own), link: out(link), lengths };
}

/**
 * Scans `units[0, length)` and calls `hit(pattern, end)` for every occurrence; `end` is exclusive.
 * Time is linear in the text plus the number of hits.
 */
export function scan(automaton: Automaton, units: Uint16Array, length: number, hit: (pattern: number, end: number) => void): void {
  const { alphabet, base, check, fail, own, link } = automaton;
  let state = 0;
  for (let i = 0; i < length; i++) {
    const symbol = alphabet[units[i]!]!;
    if (symbol === 0) {
      state = 0;
      continue;
    }
    for (;;) {
      const next = base[state]! + symbol;
      if (check[next] === state && base[state] !== 0) {
        state = next;
        break;
      }
      if (state === 0) break;
      state = fail[state]!;
    }
    if (state === 0) continue;
    for (let s = own[state] ? state : link[state]!; s !== 0; s = link[s]!) hit(own[s]! - 1, i + 1);
  }
}
