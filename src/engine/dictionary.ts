import { child, parentOf, patternAt, patternOf, symbolOf } from './automaton.js';
import type { Automaton } from './automaton.js';
import type { CompiledLexicon } from './compile.js';
import type { Senses } from './lists.js';
import type { CompiledAffix, CompiledEntry, Reading } from './readings.js';
import { decodeEntry } from './entries.js';
import { formFeatures } from './types.js';
import type { FormFeature } from './types.js';

/** A reading of a word in disguise, with the least length of each run of one letter; absent: one each. */
export interface EvasiveReading {
  reading: Reading;
  runs?: Uint8Array;
}

/**
 * What the patterns of a compiled lexicon mean. Entries are read back from the tables when a text first needs them, and kept: an engine holds only
 * what its texts spoke of. Readings are shared between hits and never changed.
 */
export interface Dictionary {
  automaton: Automaton;
  /** Readings of a pattern as it is written; none for patterns that only the evasion view knows. */
  readings(pattern: number): readonly Reading[];
  /** Those of them that may stand within a longer word. */
  inside(pattern: number): readonly Reading[];
  /** Readings of a pattern in the evasion view. */
  evasive(pattern: number): readonly EvasiveReading[];
  /** One entry, and features from their bits. */
  entry(index: number): CompiledEntry;
  features(bits: number): readonly FormFeature[];
  /** The pattern of the canonical view that ends exactly in a state of the automaton, or -1. */
  formAt(state: number): number;
  /** The written form of a pattern. */
  textOf(pattern: number): string;
  /** Symbols that lead on from a state, ascending. */
  next(state: number): readonly number[];
  /** The unit a symbol stands for. */
  unitOf(symbol: number): number;
  /** True when `units[from, to)` is a written form of some pack. */
  knows(units: ArrayLike<number>, from: number, to: number): boolean;
}

/** States whose ways on are remembered. */
const remembered = 20_000;

/** Opens the tables. */
export function openDictionary(compiled: CompiledLexicon): Dictionary {
  const { automaton, senses, evasion, runs } = compiled;
  const entries = new Map<number, CompiledEntry>();
  const features = new Map<number, readonly FormFeature[]>();
  const plain = new Map<number, readonly Reading[]>();
  const within = new Map<number, readonly Reading[]>();
  const disguised = new Map<number, readonly EvasiveReading[]>();
  const affixes = new Map<string, CompiledAffix>(
    Object.entries(compiled.affixes).map(([key, affix]) => [
      key,
      { prefixes: new Set(affix.prefixes), suffixes: new Set(affix.suffixes) },
    ]),
  );

  function entryAt(index: number): CompiledEntry {
    let entry = entries.get(index);
    if (!entry) {
      entry = decodeEntry(compiled.entries, index);
      const affixClass = entry.affix === undefined ? undefined : affixes.get(`${entry.lang}:${entry.affix}`);
      if (affixClass) entry.affixClass = affixClass;
      entries.set(index, entry);
    }
    return entry;
  }

  function featuresOf(bits: number): readonly FormFeature[] {
    let list = features.get(bits);
    if (!list) {
      list = formFeatures.filter((_, i) => (bits & (1 << i)) !== 0).sort();
      features.set(bits, list);
    }
    return list;
  }

  /** Looking through the whole alphabet is dear; the states near the root are asked for again and again. */
  const next = new Map<number, readonly number[]>();
  /** Symbol → unit. */
  const units: number[] = [0];
  automaton.alphabet.forEach((symbol, unit) => symbol !== 0 && (units[symbol] = unit));

  const read = (of: Senses, sense: number): Reading => ({
    entry: entryAt(of.entry[sense]!),
    features: featuresOf(of.features[sense]!),
  });

  function readings(pattern: number): readonly Reading[] {
    let list = plain.get(pattern);
    if (!list) {
      list = Array.from({ length: senses.first[pattern + 1]! - senses.first[pattern]! }, (_, i) =>
        read(senses, senses.first[pattern]! + i),
      );
      plain.set(pattern, list);
    }
    return list;
  }

  return {
    automaton,
    entry: entryAt,
    features: featuresOf,
    readings,
    inside(pattern) {
      let list = within.get(pattern);
      if (!list) {
        list = readings(pattern).filter(({ entry }) => entry.match === 'substring' || entry.affixClass !== undefined);
        within.set(pattern, list);
      }
      return list;
    },
    evasive(pattern) {
      let list = disguised.get(pattern);
      if (!list) {
        list = Array.from({ length: evasion.first[pattern + 1]! - evasion.first[pattern]! }, (_, i) => {
          const sense = evasion.first[pattern]! + i;
          const at = runs.first[sense]!;
          return {
            reading: read(evasion, sense),
            ...(at !== 0 && { runs: runs.least.subarray(at, at + automaton.lengths[pattern]!) }),
          };
        });
        disguised.set(pattern, list);
      }
      return list;
    },
    formAt(state) {
      const pattern = patternAt(automaton, state);
      return pattern >= 0 && senses.first[pattern] !== senses.first[pattern + 1] ? pattern : -1;
    },
    textOf(pattern) {
      let text = '';
      for (let state = automaton.ends[pattern]!; state !== 0; state = parentOf(automaton, state))
        text = String.fromCharCode(units[symbolOf(automaton, state)]!) + text;
      return text;
    },
    next(state) {
      let list = next.get(state);
      if (!list) {
        const found: number[] = [];
        for (let symbol = 1; symbol < units.length; symbol++)
          if (child(automaton, state, symbol) !== 0) found.push(symbol);
        list = found;
        if (next.size >= remembered) next.clear();
        next.set(state, list);
      }
      return list;
    },
    unitOf: (symbol) => units[symbol]!,
    knows(word, from, to) {
      const pattern = patternOf(automaton, word, from, to);
      return pattern >= 0 && senses.first[pattern] !== senses.first[pattern + 1];
    },
  };
}
