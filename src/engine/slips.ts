import { disguisable } from './compile.js';
import { child, patternAt } from './automaton.js';
import { grow } from './beginnings.js';
import type { CompiledLexicon } from './compile.js';
import type { Hit } from './cues.js';
import type { Dictionary } from './dictionary.js';
import { kind } from './fold.js';
import { scriptOf } from './language.js';
import type { View } from './normalise.js';
import { hasUnits } from './words.js';

/** Shorter words are too close to others; without a list of the language's ordinary words more caution is needed. */
const shortest = 5;
/** A word may be one letter shorter than the one it stands for. */
const shortestFound = 4;
const shortestBlind = 7;
const longest = 24;
/** From this length on one letter may be that of a neighbouring key, and from the second the first letter too. */
const shortestWrong = 6;
const shortestWrongFirst = 8;
/** A word of consonants alone, or nearly so, from this length on. */
const shortestBare = 4;
/** From this length on a third of the letters may be vowels that were kept: "palestnans". */
const shortestSparse = 8;
const mostVowels = 4;
const mostSteps = 1_500;
const vowels = [...'aeiou'].map((vowel) => vowel.charCodeAt(0));
const isVowel = (unit: number): boolean => vowels.includes(unit) || unit === 0x79;

/** Rows of the keyboards that the scripts are typed on; a row is half a key to the right of the one above it. */
const keyboards = [
  ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  ['йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю'],
  ['ضصثقفغعهخحجد', 'شسيبلاتنمكط', 'ءرىوزظ'],
];
const neighbours = new Map<number, number[]>();
for (const rows of keyboards)
  rows.forEach((row, r) =>
    [...row].forEach((key, c) => {
      const near = [
        row[c - 1],
        row[c + 1],
        rows[r - 1]?.[c],
        rows[r - 1]?.[c + 1],
        rows[r + 1]?.[c - 1],
        rows[r + 1]?.[c],
      ];
      neighbours.set(
        key.charCodeAt(0),
        near.filter((other) => other !== undefined).map((other) => other.charCodeAt(0)),
      );
    }),
  );

/** Words whose candidates are remembered: a text's unknown words are mostly those of other texts. */
const remembered = 20_000;

/**
 * Reads a word with one slip of the keyboard: two letters swapped, one dropped, one doubled, one of a neighbouring key; or with its vowels left out. Never an ordinary word of the language, never a
 * word some pack knows. The trie is walked once a candidate slip, so nothing is stored. Where no list of ordinary words is at hand it runs
 * only on texts in which a hostile word or a group was found (`hostile`).
 */
export function createSlips(compiled: CompiledLexicon, dictionary: Dictionary) {
  const { automaton } = compiled;
  const { alphabet, lengths } = automaton;
  /** Letters a slip may have dropped, by script: only those of the word's own. */
  const lettersOf = new Map<string, number[]>();
  alphabet.forEach((symbol, unit) => {
    if (symbol === 0 || compiled.tables.kinds[unit] !== kind.word) return;
    const script = scriptOf(unit);
    lettersOf.set(script, [...(lettersOf.get(script) ?? []), symbol]);
  });
  const ordinary = new Map(compiled.packs.map((pack) => [pack.lang, pack.words]));
  const frequent = new Map(compiled.packs.map((pack) => [pack.lang, pack.common]));

  const walk = (state: number, word: readonly number[], from: number): number => {
    let at = state;
    for (let i = from; i < word.length; i++) {
      at = child(automaton, at, word[i]!);
      if (at === 0) return 0;
    }
    return at;
  };

  /** Patterns that the word is one slip away from. `listed`: the ordinary words are known that a wrong letter might make. */
  function candidates(units: readonly number[], listed: boolean): number[] {
    const word = units.map((unit) => alphabet[unit]!);
    const letters = lettersOf.get(scriptOf(units[0]!)) ?? [];
    const found = new Set<number>();
    const end = (state: number) => {
      const pattern = state === 0 ? -1 : patternAt(automaton, state);
      if (pattern >= 0) found.add(pattern);
    };
    let state = 0;
    for (let i = 0; i <= word.length; i++) {
      if (i + 1 < word.length && word[i] !== word[i + 1]) {
        const second = child(automaton, state, word[i + 1]!);
        const first = second === 0 ? 0 : child(automaton, second, word[i]!);
        if (first !== 0) end(walk(first, word, i + 2));
      }
      // The first letter is rarely dropped or doubled; a slip there would find other words.
      if (i >= 1) {
        for (const symbol of letters) {
          const next = child(automaton, state, symbol);
          if (next !== 0) end(walk(next, word, i));
        }
        if (i < word.length && word[i] === word[i - 1]) end(walk(state, word, i + 1));
      }
      if (i === word.length) break;
      if (listed && word.length >= (i === 0 ? shortestWrongFirst : shortestWrong))
        for (const near of neighbours.get(units[i]!) ?? []) {
          const next = child(automaton, state, alphabet[near]!);
          if (next !== 0) end(walk(next, word, i + 1));
        }
      const next = child(automaton, state, word[i]!);
      if (next === 0) break;
      state = next;
    }
    return [...found];
  }

  /** Patterns that the word is without some of their vowels: "mslms", "immgrnts". */
  function unvoiced(units: readonly number[]): number[] {
    const kept = units.filter(isVowel).length;
    const bare = kept * 4 <= units.length || (units.length >= shortestSparse && kept * 3 <= units.length);
    if (units.length < shortestBare || !bare || units[0]! > 0x7a) return [];
    const found = new Set<number>();
    let steps = 0;
    const step = (state: number, at: number, added: number, here: number): void => {
      if (++steps > mostSteps) return;
      if (at === units.length) {
        const pattern = added > 0 ? patternAt(automaton, state) : -1;
        if (pattern >= 0) found.add(pattern);
      } else {
        const next = child(automaton, state, alphabet[units[at]!]!);
        if (next !== 0) step(next, at + 1, added, 0);
      }
      if (at === 0 || added === mostVowels || here === 2) return;
      for (const vowel of vowels) {
        const next = child(automaton, state, alphabet[vowel]!);
        if (next !== 0) step(next, at, added + 1, here + 1);
      }
    };
    step(0, 0, 0, 0);
    return [...found];
  }

  /** What a misspelt word may mean in any language, by the hash of its letters: of words with the same the last one. */
  const known = new Map<number, { word: readonly number[]; how: number; readings: Hit['readings'] }>();
  function meanings(
    units: Uint16Array,
    start: number,
    end: number,
    hostile: boolean,
    listed: boolean,
  ): Hit['readings'] {
    const how = (hostile ? 1 : 0) | (listed ? 2 : 0);
    let hash = how;
    for (let i = start; i < end; i++) hash = grow(hash, units[i]!);
    const met = known.get(hash);
    if (met && met.how === how && met.word.length === end - start) {
      let i = 0;
      while (i < met.word.length && met.word[i] === units[start + i]) i++;
      if (i === met.word.length) return met.readings;
    }
    const word = [...units.subarray(start, end)];
    const readings = read(word, hostile, listed);
    if (known.size >= remembered) known.clear();
    known.set(hash, { word, how, readings });
    return readings;
  }

  function read(word: readonly number[], hostile: boolean, listed: boolean): Hit['readings'] {
    // Four letters are enough where two of them changed places beside something hostile ("csum").
    const swapped = hostile && word.length === 4;
    const bare = listed && (hostile || word.length > shortestBare) ? unvoiced(word) : [];
    return (
      [...new Set([...candidates(word, listed), ...bare])]
        .filter((pattern) => lengths[pattern]! >= shortest || (swapped && lengths[pattern] === word.length))
        // A bare root of a language with affixes is seldom a word of its own: it must be longer.
        .flatMap((pattern) =>
          dictionary.readings(pattern).filter(({ entry }) => !entry.affixClass || lengths[pattern]! >= 6),
        )
        // A name of four letters short of one is too often a word of another language.
        .filter(
          ({ entry }) =>
            disguisable.has(entry.class) && (entry.class !== 'group_term' || word.length >= shortest || swapped),
        )
    );
  }

  let covered = new Uint8Array(4096);

  return (
    view: View,
    kinds: Uint8Array,
    taken: readonly Hit[],
    languages: ReadonlySet<string>,
    hostile: boolean,
  ): Hit[] => {
    const hits: Hit[] = [];
    const lists = [...languages].map((lang) => ({ lang, words: ordinary.get(lang), common: frequent.get(lang) }));
    const isCommon = (start: number, end: number) =>
      lists.some(({ common }) => common !== undefined && hasUnits(common, view.units, start, end));
    if (!hostile && lists.every(({ words }) => !words)) return hits;
    const { units, length } = view;
    if (covered.length < length) covered = new Uint8Array(length * 2);
    covered.fill(0, 0, length);
    for (const hit of taken) covered.fill(1, hit.start, hit.end);
    for (let i = 0; i < length;) {
      if (kinds[units[i]!] !== kind.word) {
        i++;
        continue;
      }
      let end = i;
      while (end < length && kinds[units[end]!] === kind.word) end++;
      const start = i;
      i = end;
      if (end - start < shortestFound || end - start > longest || covered[start] === 1) continue;
      if (isCommon(start, end)) continue;
      for (const { lang, words } of lists) {
        if (words ? hasUnits(words, units, start, end) : !hostile || end - start < shortestBlind) continue;
        if (dictionary.knows(units, start, end)) break;
        const any = meanings(units, start, end, hostile, words !== undefined);
        if (any.length === 0) continue;
        const own = any.filter(({ entry }) => entry.lang === lang);
        if (own.length > 0) hits.push({ start, end, readings: own, obfuscated: true });
      }
    }
    return hits;
  };
}
