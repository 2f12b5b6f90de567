import type { CompiledLexicon } from './compile.js';
import type { Dictionary } from './dictionary.js';
import type { View } from './normalise.js';
import type { Reading } from './readings.js';

/** Something in the text that may stand in a slot. */
export interface Link {
  pattern: number;
  start: number;
  end: number;
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

/** Makes what puts neighbouring links together: see `chain-list.ts`. `told` is given the marks of what was found. */
export function createChains({ chains }: CompiledLexicon, dictionary: Dictionary) {
  const { first, slot, begin, at, length, row, entry, features, mark } = chains;
  const stands = (pattern: number, wanted: number): boolean => {
    for (let i = first[pattern]!; i < first[pattern + 1]!; i++) if (slot[i] === wanted) return true;
    return false;
  };

  return (view: View, links: readonly Link[], told: (marks: number) => void): Chained[] => {
    if (links.length < 2) return [];
    const hits: Chained[] = [];
    const from = new Map<number, Link[]>();
    for (const link of links) {
      const list = from.get(link.start);
      if (list) list.push(link);
      else from.set(link.start, [link]);
    }
    const next = ({ end }: Link) => (view.units[end] === space ? from.get(end + 1) : undefined);
    for (const head of links) {
      if (!next(head)) continue;
      let ways = mostWays;
      for (let i = first[head.pattern]!; i < first[head.pattern + 1]!; i++) {
        const opening = slot[i]!;
        for (let chain = begin[opening]!; chain < begin[opening + 1]!; chain++) {
          const size = length[chain]!;
          const follow = (link: Link, place: number): void => {
            if (place === size) {
              const one = dictionary.entry(entry[chain]!);
              hits.push({
                start: head.start,
                end: link.end,
                readings: [{ entry: one, features: dictionary.features(features[chain]!) }],
                obfuscated: false,
              });
              told(mark[chain]!);
              return;
            }
            const wanted = row[at[chain]! + place]!;
            for (const other of next(link) ?? [])
              if (stands(other.pattern, wanted) && ways-- > 0) follow(other, place + 1);
          };
          follow(head, 1);
        }
      }
    }
    return hits;
  };
}
