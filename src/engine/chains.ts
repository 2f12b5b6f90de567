import { mayOpen } from './chain-list.js';
import { marks } from './compile.js';
import type { CompiledLexicon } from './compile.js';
import type { Dictionary } from './dictionary.js';
import type { View } from './normalise.js';
import type { CompiledEntry, Reading } from './readings.js';

/** Something in the text that may stand in a slot. */
export interface Link {
  pattern: number;
  start: number;
  end: number;
  /** Something stands before or behind it in the same word. */
  glued: boolean;
}

/** A form found, of one entry. */
export interface Chained {
  start: number;
  end: number;
  readings: Reading[];
  obfuscated: boolean;
}

const space = 0x20;
/** Ways to go on from one place that are tried: of a text made to have many, the rest is not looked at. */
const mostWays = 400;

/** Pairs of patterns whose forms are remembered. */
const remembered = 20_000;

/**
 * Makes what puts neighbouring links together: see `chain-list.ts`. `found` is told the marks of these, and the second parts among them; `fits` tells whether an entry may have what
 * stands before its first word and behind its last one in the same words.
 */
export function createChains(
  { chains }: CompiledLexicon,
  dictionary: Dictionary,
  fits: (entry: CompiledEntry, view: View, start: number, end: number) => boolean,
) {
  const { first, slot, begin, at, length, apart, glued, row, entry, features, mark } = chains;
  /** The first place of `from` to `to` at which `value` gives no less than `least`. */
  const lower = (from: number, to: number, least: number, value: (place: number) => number): number => {
    let [lo, hi] = [from, to];
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (value(mid) < least) lo = mid + 1;
      else hi = mid;
    }
    return lo;
  };
  const slotAt = (i: number): number => slot[i]!;
  const secondOf = (chain: number): number => row[at[chain]! + 1]!;
  const stands = (pattern: number, wanted: number): boolean => {
    const end = first[pattern + 1]!;
    const i = lower(first[pattern]!, end, wanted, slotAt);
    return i < end && slot[i] === wanted;
  };

  /** Adds every form that begins with a slot and goes on with one in which the pattern may stand. */
  function addOpened(opening: number, pattern: number, forms: number[]): void {
    const end = begin[opening + 1]!;
    const last = first[pattern + 1]!;
    // Both lists are sorted: each looks the other's next one up.
    let chain = begin[opening]!;
    let i = first[pattern]!;
    while (chain < end && i < last) {
      const second = secondOf(chain);
      if (slot[i]! < second) i = lower(i + 1, last, second, slotAt);
      else if (slot[i]! > second) chain = lower(chain + 1, end, slot[i]!, secondOf);
      else forms.push(chain++);
    }
  }

  const opened = new Map<number, readonly number[]>();

  /** The forms that begin with two patterns. The same two words meet in many texts. */
  function openedBy(head: number, second: number): readonly number[] {
    const key = head * (first.length - 1) + second;
    const known = opened.get(key);
    if (known) return known;
    const forms: number[] = [];
    for (let i = first[head]!; i < first[head + 1]!; i++) addOpened(slot[i]!, second, forms);
    if (opened.size >= remembered) opened.clear();
    opened.set(key, forms);
    return forms;
  }

  return (
    view: View,
    links: readonly Link[],
    found: { parts: { pattern: number; start: number; end: number }[]; marks: number },
  ): Chained[] => {
    if (links.length < 2) return [];
    const hits: Chained[] = [];
    const { units } = view;
    /** By where they begin. */
    const from = new Map<number, Link[]>();
    for (const link of links) {
      const list = from.get(link.start);
      if (list) list.push(link);
      else from.set(link.start, [link]);
    }
    const next = ({ end }: Link) => from.get(units[end] === space ? end + 1 : end);
    const follows = (chain: number, place: number, link: Link, other: Link): boolean =>
      (((other.start === link.end ? glued : apart)[chain]! >> place) & 1) !== 0;
    for (const head of links) {
      const seconds = next(head)?.filter(({ pattern }) => mayOpen(chains, head.pattern, pattern)) ?? [];
      if (seconds.length === 0) continue;
      let ways = mostWays;
      const follow = (chain: number, link: Link, place: number): void => {
        if (place === length[chain]) {
          const told = mark[chain]!;
          if ((told & marks.tail) !== 0) {
            if (head.glued || link.glued) return;
            found.parts.push({ pattern: first.length - 1 + entry[chain]!, start: head.start, end: link.end });
            found.marks |= told;
            return;
          }
          const one = dictionary.entry(entry[chain]!);
          if ((head.glued || link.glued) && !fits(one, view, head.start, link.end)) return;
          hits.push({
            start: head.start,
            end: link.end,
            readings: [{ entry: one, features: dictionary.features(features[chain]!) }],
            obfuscated: false,
          });
          found.marks |= told;
          return;
        }
        const wanted = row[at[chain]! + place]!;
        for (const other of next(link) ?? [])
          if (follows(chain, place, link, other) && stands(other.pattern, wanted) && ways-- > 0)
            follow(chain, other, place + 1);
      };
      for (const second of seconds)
        for (const chain of openedBy(head.pattern, second.pattern))
          if (follows(chain, 1, head, second) && ways-- > 0) follow(chain, second, 2);
    }
    return hits;
  };
}
