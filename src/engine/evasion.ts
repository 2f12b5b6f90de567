import { kind } from './fold.js';
import { isHan, masked } from './normalise.js';
import type { Suspicion, View } from './normalise.js';

/**
 * The evasion view: the same text read as somebody who disguises letters means it. Digits and signs inside words become
 * letters, single letters set apart are joined, letters of look-alike scripts become those of the word's script, repeated letters
 * become one. It is built only when the canonical pass saw something that asks for it; a hit found only here is `obfuscated`.
 */

const unitOf = (char: string): number => char.charCodeAt(0);
const leet: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'i',
  '+': 't',
  '€': 'e',
  '£': 'l',
  '¢': 'c',
  '¥': 'y',
};
const leetUnits = new Map(Object.entries(leet).map(([from, to]) => [unitOf(from), unitOf(to)]));
/** A second letter some of them are read as; tried by the matcher of masked words. */
export const leetAlternatives: ReadonlyMap<number, number> = new Map([
  [unitOf('1'), unitOf('l')],
  [unitOf('|'), unitOf('l')],
  [unitOf('!'), unitOf('l')],
]);
/** Digits and signs that stand for other letters in a word of Cyrillic ones. */
const cyrillicLeet = new Map(
  [...'0о3з4ч6б7т9я1і@а$с€е'].reduce<[number, number][]>((list, char, i, all) => {
    if (i % 2 === 0) list.push([unitOf(char), unitOf(all[i + 1]!)]);
    return list;
  }, []),
);
const isCyrillic = (unit: number): boolean => unit >= 0x400 && unit < 0x530;
/** Letters drawn with several signs, the longest first. */
const drawn: readonly (readonly [string, string])[] = [
  ['|\\/|', 'm'],
  ['/\\/\\', 'm'],
  ['\\/\\/', 'w'],
  ['|\\|', 'n'],
  ['/\\/', 'n'],
  ['|-|', 'h'],
  ['|_|', 'u'],
  ['/-\\', 'a'],
  ['|<', 'k'],
  ['|{', 'k'],
  ['|_', 'l'],
  ['/\\', 'a'],
  ['\\/', 'v'],
  ['|)', 'd'],
  ['|>', 'p'],
  ['|3', 'b'],
  ['()', 'o'],
  ['[]', 'o'],
  ['><', 'x'],
];
const drawnBy = new Map<number, (readonly [number[], number])[]>();
for (const [signs, letter] of drawn) {
  const units = Array.from(signs, unitOf);
  drawnBy.set(units[0]!, [...(drawnBy.get(units[0]!) ?? []), [units, unitOf(letter)]]);
}
/** Cyrillic and Greek letters that look like Latin ones, folded form. */
const homoglyphs = new Map(
  [...'аaеeоoрpсcхxуyіiјjѕsкkмmтtнhвbгrԁdԛqԝwӏlһhαaεeοoρpνvτtιiκkυuηnωwґrσoγyχx'].reduce<[number, number][]>(
    (list, char, i, all) => {
      if (i % 2 === 0) list.push([unitOf(char), unitOf(all[i + 1]!)]);
      return list;
    },
    [],
  ),
);
/** Signs that may set letters apart, one or two between each. */
const separators: ReadonlySet<number> = new Set([...' .-_*/|,~·•#\n'].map(unitOf));

/** Collapses runs of one letter to a single one: "nooo" and "no" read the same. */
export function collapse(folded: string): string {
  let out = '';
  for (const char of folded) if (char !== out.at(-1)) out += char;
  return out;
}

/** Lengths of the runs that `collapse` made one of each. */
export function runsOf(folded: string): number[] {
  const runs: number[] = [];
  let last = '';
  for (const char of folded) {
    if (char === last) runs[runs.length - 1]!++;
    else runs.push(1);
    last = char;
  }
  return runs;
}

/** An evasion view also knows how long each run was: "Niger" must not be read as a word that has two g. */
export interface EvasionView extends View {
  runs: Uint16Array;
  /** Letters that stood apart: any of them may begin or end a word, as an article may have been spaced out with it. */
  loose: Uint8Array;
}

/** True when the evasion view could read something that the canonical one does not. */
export const suspicious = (s: Suspicion): boolean =>
  s.mixedDigits || s.longRun || s.singles || s.mixedScript || s.starred || s.drawn;

/** Makes the builder with its own scratch buffers. `runsKept`: repeated letters stay as they are. */
export function createEvasion(kinds: Uint8Array): (view: View, runsKept?: boolean) => EvasionView {
  let units = new Uint16Array(4096);
  let runs = new Uint16Array(4096);
  let loose = new Uint8Array(4096);
  let starts = new Int32Array(4097);
  const isLetter = (unit: number) => kinds[unit] === kind.word;
  const inWord = (unit: number) => kinds[unit] === kind.word || kinds[unit] === kind.digit || leetUnits.has(unit);

  return (view, runsKept = false) => {
    if (units.length < view.length + 1) {
      units = new Uint16Array(view.length + 1024);
      runs = new Uint16Array(view.length + 1024);
      loose = new Uint8Array(view.length + 1024);
      starts = new Int32Array(view.length + 1025);
    }
    let n = 0;
    const push = (unit: number, at: number, apart = 0) => {
      if (!runsKept && n > 0 && units[n - 1] === unit && isLetter(unit)) {
        if (runs[n - 1]! < 0xffff) runs[n - 1]!++;
        return;
      }
      units[n] = unit;
      runs[n] = 1;
      loose[n] = apart;
      starts[n] = at;
      n++;
    };
    for (let i = 0; i < view.length;) {
      const unit = view.units[i]!;
      const boxed = endOfBoxes(view, i);
      if (boxed > i) {
        for (let k = i; k < boxed; k++)
          if (isBox(view, k)) push(view.units[k + 1]! - 0xdde6 + 0x61, view.starts[k]!, 1);
        i = boxed;
        continue;
      }
      if (isHan(unit)) {
        const apart = endOfSpacedCharacters(view, i);
        for (let k = i; k < Math.max(apart, i + 1); k++)
          if (isHan(view.units[k]!)) push(view.units[k]!, view.starts[k]!);
        i = Math.max(apart, i + 1);
        continue;
      }
      if ((!inWord(unit) && !drawnBy.has(unit)) || unit === masked) {
        push(unit, view.starts[i]!);
        i++;
        continue;
      }
      const spaced = endOfSpacedLetters(view, i, isLetter);
      if (spaced > i) {
        for (let k = i; k < spaced; k++)
          if (inWord(view.units[k]!)) push(readLetter(view.units[k]!), view.starts[k]!, 1);
        i = spaced;
        continue;
      }
      let end = i;
      let letters = 0;
      let latin = 0;
      let cyrillic = 0;
      let alike = 0;
      let signs = 0;
      while (end < view.length) {
        const u = view.units[end]!;
        const width = drawnAt(view, end);
        if (width > 0 && !isLetter(u)) {
          signs++;
          end += width;
          continue;
        }
        if (!inWord(u)) break;
        if (isLetter(u)) letters++;
        if (u < 0x250 && isLetter(u)) latin++;
        if (isCyrillic(u)) cyrillic++;
        if (homoglyphs.has(u)) alike++;
        end++;
      }
      if (end === i) {
        push(unit, view.starts[i]!);
        i++;
        continue;
      }
      // Signs at the end of a word are punctuation, not letters.
      let tail = end;
      const punctuation = (unit: number) => !isLetter(unit) && kinds[unit] !== kind.digit && unit !== 0x24;
      if (signs === 0) while (tail > i && punctuation(view.units[tail - 1]!)) tail--;
      const decode = (letters > 0 && tail - i >= 3) || signs >= 2;
      const unmix = latin > 0 && alike > 0;
      const table = cyrillic > 0 && latin === 0 ? cyrillicLeet : leetUnits;
      for (let k = i; k < end;) {
        let u = view.units[k]!;
        const width = decode && !isLetter(u) ? drawnAt(view, k) : 0;
        if (width > 0) {
          push(letterDrawnAt(view, k), view.starts[k]!);
          k += width;
          continue;
        }
        if (decode && k < tail && !isLetter(u)) u = table.get(u) ?? u;
        if (unmix) u = homoglyphs.get(u) ?? u;
        push(u, view.starts[k]!);
        k++;
      }
      i = end;
    }
    starts[n] = view.starts[view.length]!;
    return { units, starts, runs, loose, length: n };
  };

  function readLetter(unit: number): number {
    return leetUnits.get(unit) ?? unit;
  }
}

function drawnOf(view: View, at: number): readonly [number[], number] | undefined {
  return drawnBy
    .get(view.units[at]!)
    ?.find(([units]) => at + units.length <= view.length && units.every((unit, k) => view.units[at + k] === unit));
}

/** Units of the letter drawn with several signs at a place; 0: none is. */
const drawnAt = (view: View, at: number): number => drawnOf(view, at)?.[0].length ?? 0;
const letterDrawnAt = (view: View, at: number): number => drawnOf(view, at)![1];

const isBox = (view: View, at: number): boolean =>
  at + 1 < view.length && view.units[at] === 0xd83c && view.units[at + 1]! >= 0xdde6 && view.units[at + 1]! <= 0xddff;

/** The end of at least three letters in boxes (which in pairs are flags), apart or not: "🇰🇮🇱🇱". `from` when there are fewer. */
function endOfBoxes(view: View, from: number): number {
  let end = from;
  let count = 0;
  for (let at = from; isBox(view, at); at = view.units[end] === 0x20 ? end + 1 : end) {
    end = at + 2;
    count++;
  }
  return count >= 3 ? end : from;
}

/**
 * The end of a run of at least three single letters that one same separator (a sign or two: space, dot, hyphen, underscore, star …) sets apart,
 * or `from` when there is none.
 */
function endOfSpacedLetters(view: View, from: number, isLetter: (unit: number) => boolean): number {
  const { units, length } = view;
  const boundary = from === 0 || !isLetter(units[from - 1]!);
  if (!boundary || !isLetter(units[from]!)) return from;
  const separator = units[from + 1];
  if (separator === undefined || from + 2 >= length || !separators.has(separator)) return from;
  const second = units[from + 2]!;
  const step = separators.has(second) ? 2 : 1;
  let i = from;
  let count = 1;
  const parted = (at: number) => units[at + 1] === separator && (step === 1 || units[at + 2] === second);
  while (i + step + 1 < length && parted(i) && isSingle(view, i + step + 1, isLetter)) {
    i += step + 1;
    count++;
  }
  return count >= 3 ? i + 1 : from;
}

/** The end of a run of single Chinese characters that one sign each sets apart ("垃 圾", "该.死"), or `from` when there is none. */
function endOfSpacedCharacters({ units, length }: View, from: number): number {
  if (from > 0 && isHan(units[from - 1]!)) return from;
  const separator = units[from + 1];
  if (separator === undefined || !separators.has(separator)) return from;
  let end = from;
  const single = (at: number) => at < length && isHan(units[at]!) && (at + 1 === length || !isHan(units[at + 1]!));
  while (units[end + 1] === separator && single(end + 2)) end += 2;
  return end > from ? end + 1 : from;
}

function isSingle(view: View, at: number, isLetter: (unit: number) => boolean): boolean {
  const unit = view.units[at]!;
  if (!isLetter(unit) && !leetUnits.has(unit)) return false;
  return at + 1 >= view.length || !isLetter(view.units[at + 1]!);
}
