import { scan } from './automaton.js';
import { createWordScan } from './word-scan.js';
import { leastInside, lengthOf, marks } from './compile.js';
import type { CompiledLexicon } from './compile.js';
import type { CompiledEntry, Reading } from './readings.js';
import { createChains } from './chains.js';
import type { Link } from './chains.js';
import { createContexts, createExclusions } from './exclusions.js';
import type { Dictionary } from './dictionary.js';
import type { EvasionView } from './evasion.js';
import { kind } from './fold.js';
import type { View } from './normalise.js';
import type { Structure } from './structure.js';
import type { CueClass, FormFeature } from './types.js';

/** A place in the text where the packs know a word. */
export interface Cue {
  /** Half-open, in units of the canonical view. */
  start: number;
  end: number;
  readings: readonly Reading[];
  obfuscated: boolean;
  inner?: string[];
  /** An emoji or other pictograph. */
  sign: boolean;
  /** Token indexes, half-open. */
  from: number;
  to: number;
  /** The second part of a form in two parts: "ship … back". */
  tail?: { start: number; end: number; from: number; to: number };
}

/** A raw hit: readings that hold at the boundaries found there. */
export interface Hit {
  start: number;
  end: number;
  readings: readonly Reading[];
  obfuscated: boolean;
  /** Groups named inside a longer expression: "the genocide against the Tutsi". */
  inner?: string[];
}

/** A place where one part of a form in two parts stands. */
export interface Part {
  pattern: number;
  start: number;
  end: number;
}

/** A stretch of a view. `named`: a name of people stands there. */
export interface Span {
  start: number;
  end: number;
  named?: boolean | undefined;
}

/** What the canonical pass found besides hits. */
export interface Found {
  /** Where a known word stands within a longer one. */
  inside: number[];
  /** Parts of forms in two parts. */
  parts: Part[];
  /** Places of known words that stand in a harmless expression: whatever finds the word again there is wrong. */
  harmless: Span[];
  /** Where a word begins that is written together with the one before it. */
  cuts: number[];
  /** Marks of all patterns found. */
  marks: number;
}

// Plain loops: these three are asked of every cue by every rule.

/** True when some reading has the class (and sub, when given). */
export function is({ readings }: Cue, of: CueClass, sub?: string): boolean {
  for (let i = 0; i < readings.length; i++) {
    const { entry } = readings[i]!;
    if (entry.class === of && (sub === undefined || entry.sub === sub)) return true;
  }
  return false;
}

export function isAny({ readings }: Cue, of: ReadonlySet<CueClass>): boolean {
  for (let i = 0; i < readings.length; i++) if (of.has(readings[i]!.entry.class)) return true;
  return false;
}

export function has({ readings }: Cue, feature: FormFeature, of?: CueClass): boolean {
  for (let i = 0; i < readings.length; i++) {
    const { entry, features } = readings[i]!;
    if ((of === undefined || entry.class === of) && features.includes(feature)) return true;
  }
  return false;
}

/** Of patterns without any of these only disguised words are made. */
const asked = marks.known | marks.head | marks.tail | marks.link;
/** Units that an affix has at most. */
const longestAffix = 24;

/** Makes the finder of hits over one view. Boundaries: see `lexicons/README.md` (token, affix class, substring). */
export function createFinder(compiled: CompiledLexicon, dictionary: Dictionary) {
  const { automaton, evasion, facts } = compiled;
  const { lengths } = automaton;
  const { kinds } = compiled.tables;
  const excluded = createExclusions(kinds);
  const besideHarmless = createContexts(kinds);
  const anywhere = facts.some((fact) => (fact & marks.insideWords) !== 0);
  const scanWords = anywhere ? scan.bind(undefined, automaton) : createWordScan(compiled);
  const wordy = (unit: number) => {
    const k = kinds[unit]!;
    return k === kind.word || k === kind.digit;
  };

  function slice(units: Uint16Array, from: number, to: number): string {
    let out = '';
    for (let i = from; i < to; i++) out += String.fromCharCode(units[i]!);
    return out;
  }

  /** True when neither end of the place falls inside a word. */
  function apart({ units, length }: View, start: number, end: number): boolean {
    return (
      !(start > 0 && wordy(units[start - 1]!) && wordy(units[start]!)) &&
      !(end < length && wordy(units[end]!) && wordy(units[end - 1]!))
    );
  }

  /** What stands before and after the place within the same word; undefined where the word begins or ends there. */
  function around(view: View, start: number, end: number): { before?: string; after?: string } {
    const { units, length } = view;
    const { loose } = view as Partial<EvasionView>;
    const ends: { before?: string; after?: string } = {};
    if (start > 0 && wordy(units[start]!) && wordy(units[start - 1]!) && !loose?.[start - 1]) {
      let from = start;
      while (from > 0 && wordy(units[from - 1]!) && start - from < longestAffix) from--;
      ends.before = slice(units, from, start);
    }
    if (end < length && wordy(units[end - 1]!) && wordy(units[end]!) && !loose?.[end]) {
      let to = end;
      while (to < length && wordy(units[to]!) && to - end < longestAffix) to++;
      ends.after = slice(units, end, to);
    }
    return ends;
  }

  function fits(entry: CompiledEntry, { before, after }: { before?: string; after?: string }): boolean {
    if (entry.match === 'substring' || (before === undefined && after === undefined)) return true;
    const affix = entry.affixClass;
    return (
      affix !== undefined &&
      (before === undefined || affix.prefixes.has(before)) &&
      (after === undefined || affix.suffixes.has(after))
    );
  }

  const chained = createChains(compiled, dictionary, (entry, view, start, end) =>
    fits(entry, around(view, start, end)),
  );

  /** Readings that hold inside of a longer word; all share one look at what stands around them. */
  function fitting(pattern: number, view: View, start: number, end: number): readonly Reading[] {
    const inside = dictionary.inside(pattern);
    if (inside.length === 0) return inside;
    const ends = around(view, start, end);
    return inside.filter(({ entry }) => fits(entry, ends));
  }

  /** Every run in the text is at least as long as in the word: letters may be repeated, not left out. */
  function runsFit(runs: Uint8Array | undefined, found: Uint16Array, start: number): boolean {
    return !runs || runs.every((least, i) => found[start + i]! >= least);
  }

  const harmless = (entry: CompiledEntry, view: View, start: number, end: number): boolean =>
    (entry.excluded.length > 0 && excluded(entry, view, start, end)) ||
    (entry.harmlessNear !== undefined && besideHarmless(entry, view, start, end));

  function canonical(view: View, found: Found): Hit[] {
    const hits: Hit[] = [];
    const links: Link[] = [];
    const { units, length } = view;
    scanWords(units, length, (pattern, end) => {
      const mark = facts[pattern]!;
      // Most of what is found are a few letters inside of words: one look sends them away.
      if ((mark & marks.within) === 0 && end < length && wordy(units[end]!) && wordy(units[end - 1]!)) return;
      if ((mark & asked) === 0) return;
      const known = (mark & marks.known) !== 0;
      const start = end - lengthOf(mark);
      const whole = apart(view, start, end);
      if (whole && (mark & (marks.head | marks.tail)) !== 0) {
        found.parts.push({ pattern, start, end });
        found.marks |= mark;
      }
      if ((mark & marks.link) !== 0 && (whole || (mark & marks.insideWords) !== 0))
        links.push({ pattern, start, end, glued: !whole });
      if (!known) return;
      if (whole || (mark & marks.insideWords) !== 0) {
        const readings = whole ? dictionary.readings(pattern) : fitting(pattern, view, start, end);
        // A harmless expression is harmless for every pack that knows the word.
        if ((mark & marks.exclusions) !== 0 && readings.some(({ entry }) => harmless(entry, view, start, end))) {
          found.harmless.push({ start, end, named: readings.some(({ entry }) => entry.class === 'group_term') });
          return;
        }
        if (readings.length > 0) {
          hits.push({ start, end, readings, obfuscated: false });
          found.marks |= mark;
          return;
        }
      }
      if (end - start >= leastInside) found.inside.push(start);
    });
    if (links.length === 0) return hits;
    for (const hit of chained(view, links, found)) {
      const { entry } = hit.readings[0]!;
      if (harmless(entry, view, hit.start, hit.end)) found.harmless.push({ start: hit.start, end: hit.end });
      else hits.push(hit);
    }
    return hits;
  }

  /** Hits of words in disguise, in offsets of the evasion view. */
  function disguised(view: EvasionView): Hit[] {
    const hits: Hit[] = [];
    scan(automaton, view.units, view.length, (pattern, end) => {
      if (evasion.first[pattern] === evasion.first[pattern + 1]) return;
      const start = end - lengths[pattern]!;
      const readings: Reading[] = [];
      const ends = around(view, start, end);
      for (const { reading, runs } of dictionary.evasive(pattern)) {
        const { entry } = reading;
        if (!fits(entry, ends) || !runsFit(runs, view.runs, start)) continue;
        if (entry.excluded.length > 0 && excluded(entry, view, start, end)) return;
        readings.push(reading);
      }
      if (readings.length > 0) hits.push({ start, end, readings, obfuscated: true });
    });
    return hits;
  }

  return { canonical, evasion: disguised };
}

/** An emoji or a dingbat, by its first unit. */
export const isSign = (unit: number): boolean =>
  (unit >= 0xd83c && unit <= 0xd83e) || (unit >= 0x2600 && unit <= 0x27bf);

/** Gives each hit its tokens. Hits must be sorted by start. */
export function placeCues(hits: Hit[], s: Structure, view: View): Cue[] {
  const cues: Cue[] = [];
  let token = 0;
  for (const hit of hits) {
    while (token < s.starts.length && s.ends[token]! <= hit.start) token++;
    let to = token;
    while (to < s.starts.length && s.starts[to]! < hit.end) to++;
    // An emoji or sign is no token of its own: it stands between two.
    cues.push({ ...hit, from: token, to, sign: isSign(view.units[hit.start]!) });
  }
  return cues;
}

/** The first index from which on `holds`; the length when it never does. */
export function firstBy<T>(list: readonly T[], holds: (item: T) => boolean): number {
  let lo = 0;
  let hi = list.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (holds(list[mid]!)) hi = mid;
    else lo = mid + 1;
  }
  return lo;
}

/** The first of a list in order that begins at `token` or behind it. */
export const firstFrom = (list: readonly { from: number }[], token: number): number =>
  firstBy(list, ({ from }) => from >= token);
