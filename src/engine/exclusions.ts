import type { CompiledEntry } from './readings.js';
import { kind } from './fold.js';
import type { View } from './normalise.js';

/** Letters that lead on, and whether an expression ends here. */
interface Node {
  next: Map<number, Node>;
  ends: boolean;
}

interface Trie {
  root: Node;
  longest: number;
}

function trieOf(expressions: readonly string[]): Trie {
  const root: Node = { next: new Map(), ends: false };
  let longest = 0;
  for (const expression of expressions) {
    longest = Math.max(longest, expression.length);
    let node = root;
    for (let i = 0; i < expression.length; i++) {
      const unit = expression.charCodeAt(i);
      let next = node.next.get(unit);
      if (!next) node.next.set(unit, (next = { next: new Map(), ends: false }));
      node = next;
    }
    node.ends = true;
  }
  return { root, longest };
}

/** Letters of a last word that has no endings, and where Latin letters end: in other scripts three letters are a long word. */
const shortLast = 3;
const latinEnd = 0x250;

/**
 * Makes what tells whether a word stands in one of its harmless expressions. Some words have thousands ("went back to" every country), so each entry's are
 * put into a trie when first asked for, and the cost depends on the longest of them and not on their number.
 */
export function createExclusions(kinds: Uint8Array) {
  const wordy = (unit: number) => kinds[unit] === kind.word;
  const tries = new WeakMap<CompiledEntry, Trie>();

  /** True when one of the harmless expressions of the entry covers [start, end) of the view. */
  return (entry: CompiledEntry, { units, length }: View, start: number, end: number): boolean => {
    let trie = tries.get(entry);
    if (!trie) tries.set(entry, (trie = trieOf(entry.excluded)));
    for (let from = Math.max(0, end - trie.longest); from <= start; from++) {
      let node: Node | undefined = trie.root;
      /** Letters of the last word of several so far; of a single word -1. */
      let last = -1;
      for (let at = from; at < length; at++) {
        const unit = units[at]!;
        node = node.next.get(unit);
        if (!node) break;
        if (unit === 0x20) last = 0;
        else if (last >= 0) last++;
        if (!node.ends || at + 1 < end) continue;
        // A word may have any ending; but so short a one begins too many others: "G won" is not "G wonder".
        const cut =
          last >= 0 && last <= shortLast && unit < latinEnd && at + 1 < length && wordy(unit) && wordy(units[at + 1]!);
        if (!cut) return true;
      }
    }
    return false;
  };
}

/** Words on either side that are looked at for what makes a word harmless. */
const around = 12;

/** Makes what tells whether one of the words near which the entry is harmless stands near: gravy beside faggots, the sea beside a dyke. */
export function createContexts(kinds: Uint8Array) {
  const words = new WeakMap<CompiledEntry, ReadonlySet<string>>();

  /** True when such a word stands within twelve words of [start, end). */
  return (entry: CompiledEntry, { units, length }: View, start: number, end: number): boolean => {
    let wanted = words.get(entry);
    if (!wanted) words.set(entry, (wanted = new Set(entry.harmlessNear)));
    const wordy = (at: number) => kinds[units[at]!] === kind.word;
    let at = start - 1;
    for (let n = 0; n < around && at >= 0; n++) {
      while (at >= 0 && !wordy(at)) at--;
      const to = at + 1;
      while (at >= 0 && wordy(at)) at--;
      if (to > at + 1 && wanted.has(String.fromCharCode(...units.subarray(at + 1, Math.min(to, at + 41))))) return true;
    }
    at = end;
    for (let n = 0; n < around && at < length; n++) {
      while (at < length && !wordy(at)) at++;
      const from = at;
      while (at < length && wordy(at)) at++;
      if (at > from && wanted.has(String.fromCharCode(...units.subarray(from, Math.min(at, from + 40))))) return true;
    }
    return false;
  };
}
