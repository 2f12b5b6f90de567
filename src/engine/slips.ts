import { disguisable } from './compile.js';
import type { CompiledLexicon } from './compile.js';
import type { Hit } from './cues.js';
import { kind } from './fold.js';
import { scriptOf } from './language.js';
import type { View } from './normalise.js';
import { hasWord } from './words.js';

/** Shorter words are too close to others; without a list of the language's ordinary words more caution is needed. */
const shortest = 5;
/** A word may be one letter shorter than the one it stands for. */
const shortestFound = 4;
const shortestBlind = 7;
const longest = 24;

/**
 * Reads a word with one slip of the keyboard: two letters swapped, one dropped, one doubled. Never an ordinary word of the language, never a
 * word some pack knows. The trie is walked once a candidate slip, so nothing is stored. Where no list of ordinary words is at hand it runs
 * only on texts in which a hostile word or a group was found (`hostile`).
 */
export function createSlips(compiled: CompiledLexicon) {
  const { canonical, senses, entries } = compiled;
  const { alphabet, base, check, own } = canonical;
  /** Letters a slip may have dropped, by script: only those of the word's own. */
  const lettersOf = new Map<string, number[]>();
  alphabet.forEach((symbol, unit) => {
    if (symbol === 0 || compiled.tables.kinds[unit] !== kind.word) return;
    const script = scriptOf(unit);
    lettersOf.set(script, [...(lettersOf.get(script) ?? []), symbol]);
  });
  const known = new Set(compiled.patterns);
  const ordinary = new Map(compiled.packs.map((pack) => [pack.lang, pack.words]));

  const child = (state: number, symbol: number): number => {
    const next = base[state]! + symbol;
    return symbol !== 0 && base[state] !== 0 && check[next] === state ? next : 0;
  };
  const walk = (state: number, word: readonly number[], from: number): number => {
    let at = state;
    for (let i = from; i < word.length; i++) {
      at = child(at, word[i]!);
      if (at === 0) return 0;
    }
    return at;
  };

  /** Patterns that the word is one slip away from. */
  function candidates(units: readonly number[]): number[] {
    const word = units.map((unit) => alphabet[unit]!);
    const letters = lettersOf.get(scriptOf(units[0]!)) ?? [];
    const found = new Set<number>();
    const end = (state: number) => {
      if (state !== 0 && own[state]) found.add(own[state] - 1);
    };
    let state = 0;
    for (let i = 0; i <= word.length; i++) {
      // The first letter is rarely mistaken; a slip there would find other words.
      if (i >= 1) {
        if (i + 1 < word.length && word[i] !== word[i + 1]) {
          const second = child(state, word[i + 1]!);
          const first = second === 0 ? 0 : child(second, word[i]!);
          if (first !== 0) end(walk(first, word, i + 2));
        }
        for (const symbol of letters) {
          const next = child(state, symbol);
          if (next !== 0) end(walk(next, word, i));
        }
        if (i < word.length && word[i] === word[i - 1]) end(walk(state, word, i + 1));
      }
      if (i === word.length) break;
      const next = child(state, word[i]!);
      if (next === 0) break;
      state = next;
    }
    return [...found];
  }

  return (view: View, kinds: Uint8Array, taken: readonly Hit[], languages: ReadonlySet<string>, hostile: boolean): Hit[] => {
    const covered = new Uint8Array(view.length);
    for (const hit of taken) covered.fill(1, hit.start, hit.end);
    const hits: Hit[] = [];
    for (let i = 0; i < view.length; ) {
      if (kinds[view.units[i]!] !== kind.word) {
        i++;
        continue;
      }
      let end = i;
      while (end < view.length && kinds[view.units[end]!] === kind.word) end++;
      const start = i;
      i = end;
      if (end - start < shortestFound || end - start > longest || covered[start] === 1) continue;
      const units = [...view.units.subarray(start, end)];
      const word = String.fromCharCode(...units);
      if (known.has(word)) continue;
      let readings: Hit['readings'] | undefined;
      for (const lang of languages) {
        const words = ordinary.get(lang);
        if (words ? hasWord(words, word) : !hostile || end - start < shortestBlind) continue;
        readings ??= candidates(units)
          .filter((pattern) => canonical.lengths[pattern]! >= shortest)
          // A bare root of a language with affixes is seldom a word of its own: it must be longer.
          .flatMap((pattern) => senses[pattern]!.filter((sense) => !entries[sense.entry]!.affixClass || canonical.lengths[pattern]! >= 6))
          .map((sense) => ({ entry: entries[sense.entry]!, features: sense.features }))
          .filter(({ entry }) => disguisable.has(entry.class));
        const own = readings.filter(({ entry }) => entry.lang === lang);
        if (own.length > 0) hits.push({ start, end, readings: own, obfuscated: true });
      }
    }
    return hits;
  };
}
