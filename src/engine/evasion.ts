import { kind } from './fold.js';
import { masked } from './normalise.js';
import type { Suspicion, View } from './normalise.js';

/**
 * The evasion view: the same text read as somebody who disguises letters means it. Digits and signs inside words become
 * letters, single letters set apart are joined, letters of look-alike scripts become those of the word's script, repeated letters
 * become one. It is built only when the canonical pass saw something that asks for it; a hit found only here is `obfuscated`.
 */

const leet: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '9': 'g', '@': 'a', $: 's', '!': 'i', '|': 'i', '+': 't' };
const leetUnits = new Map(Object.entries(leet).map(([from, to]) => [from.charCodeAt(0), to.charCodeAt(0)]));
/** Cyrillic and Greek letters that look like Latin ones, folded form. */
const homoglyphs = new Map([...'аaеeоoрpсcхxуyіiјjѕsкkмmтtнhвbгrαaεeοoρpνvτtιiκkυuηnωwґr'].reduce<[number, number][]>((list, char, i, all) => {
  if (i % 2 === 0) list.push([char.charCodeAt(0), all[i + 1]!.charCodeAt(0)]);
  return list;
}, []));

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
export const suspicious = (s: Suspicion): boolean => s.mixedDigits || s.longRun || s.singles || s.mixedScript || s.starred;

/** Makes the builder with its own scratch buffers. */
export function createEvasion(kinds: Uint8Array): (view: View) => EvasionView {
  let units = new Uint16Array(4096);
  let runs = new Uint16Array(4096);
  let loose = new Uint8Array(4096);
  let starts = new Int32Array(4097);
  const isLetter = (unit: number) => kinds[unit] === kind.word;
  const inWord = (unit: number) => kinds[unit] === kind.word || kinds[unit] === kind.digit || leetUnits.has(unit);

  return (view) => {
    if (units.length < view.length + 1) {
      units = new Uint16Array(view.length + 1024);
      runs = new Uint16Array(view.length + 1024);
      loose = new Uint8Array(view.length + 1024);
      starts = new Int32Array(view.length + 1025);
    }
    let n = 0;
    const push = (unit: number, at: number, apart = 0) => {
      if (n > 0 && units[n - 1] === unit && isLetter(unit)) {
        if (runs[n - 1]! < 0xffff) runs[n - 1]!++;
        return;
      }
      units[n] = unit;
      runs[n] = 1;
      loose[n] = apart;
      starts[n] = at;
      n++;
    };
    for (let i = 0; i < view.length; ) {
      const unit = view.units[i]!;
      if (!inWord(unit) || unit === masked) {
        push(unit, view.starts[i]!);
        i++;
        continue;
      }
      const spaced = endOfSpacedLetters(view, i, isLetter);
      if (spaced > i) {
        for (let k = i; k < spaced; k++) if (inWord(view.units[k]!)) push(readLetter(view.units[k]!), view.starts[k]!, 1);
        i = spaced;
        continue;
      }
      let end = i;
      let letters = 0;
      let latin = 0;
      let alike = 0;
      while (end < view.length && inWord(view.units[end]!)) {
        const u = view.units[end]!;
        if (isLetter(u)) letters++;
        if (u < 0x250 && isLetter(u)) latin++;
        if (homoglyphs.has(u)) alike++;
        end++;
      }
      // Signs at the end of a word are punctuation, not letters.
      let tail = end;
      while (tail > i && !isLetter(view.units[tail - 1]!) && kinds[view.units[tail - 1]!] !== kind.digit && view.units[tail - 1] !== 0x24) tail--;
      const decode = letters > 0 && tail - i >= 3;
      const unmix = latin > 0 && alike > 0;
      for (let k = i; k < end; k++) {
        let u = view.units[k]!;
        if (decode && k < tail && !isLetter(u)) u = leetUnits.get(u) ?? u;
        if (unmix) u = homoglyphs.get(u) ?? u;
        push(u, view.starts[k]!);
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

/**
 * The end of a run of at least four single letters that one same separator (space, dot, hyphen, underscore, star) sets apart,
 * or `from` when there is none.
 */
function endOfSpacedLetters(view: View, from: number, isLetter: (unit: number) => boolean): number {
  const boundary = from === 0 || !isLetter(view.units[from - 1]!);
  if (!boundary || !isLetter(view.units[from]!)) return from;
  const separator = view.units[from + 1];
  if (separator !== 0x20 && separator !== 0x2e && separator !== 0x2d && separator !== 0x5f && separator !== 0x2a) return from;
  let i = from;
  let count = 1;
  while (i + 2 < view.length && view.units[i + 1] === separator && isSingle(view, i + 2, isLetter)) {
    i += 2;
    count++;
  }
  return count >= 4 ? i + 1 : from;
}

function isSingle(view: View, at: number, isLetter: (unit: number) => boolean): boolean {
  const unit = view.units[at]!;
  if (!isLetter(unit) && !leetUnits.has(unit)) return false;
  return at + 1 >= view.length || !isLetter(view.units[at + 1]!);
}
