import { child } from './automaton.js';
import type { Hit } from './cues.js';
import type { CompiledLexicon } from './compile.js';
import type { Dictionary } from './dictionary.js';
import { kind } from './fold.js';
import { inSome } from './words.js';
import type { View } from './normalise.js';
import { attackClasses } from './rules.js';

const shortest = 7;
const longest = 60;
/** Words that a name is written together with: "Muslimsare", "allmuslims". */
const grammatical: ReadonlySet<string> = new Set(['copula', 'negation', 'modality', 'quantifier', 'group_noun']);
/** What a piece costs: more than all that long words save. */
const dearest = longest * longest;
const scrap = 40;
/** Classes that some rule asks about, and that are no attack by themselves. */
const mild: ReadonlySet<string> = new Set(['praise', 'counter_speech', 'profanity', 'conjunction']);
/** Words whose pieces are remembered: a text's long words are mostly those of other texts. */
const mostRemembered = 20_000;
/** Letters of a name that a grammar word alone stands beside: shorter ones are in many words. */
const leastName = 4;

/**
 * Reads words written without spaces ("killthemall", hashtags): a long word counts when known words cover it from end to end,
 * an attack and somebody attacked among them, or a name and the verb that belongs to it. Anything less would find hidden words in ordinary ones.
 */
export function createUnspaced(compiled: CompiledLexicon, dictionary: Dictionary) {
  /** Words of any language that are none put together, however well they could be. */
  const ordinary = compiled.packs.flatMap(({ words, common }) => [words, common].filter((list) => list !== undefined));
  const { automaton } = dictionary;
  const { alphabet } = automaton;
  const space = alphabet[0x20]!;
  /** Of one letter only the speaker: "ihate…". */
  const isSelf = (pattern: number) =>
    dictionary.readings(pattern).some(({ entry }) => entry.class === 'pronoun' && entry.sub === 'i');

  /** What was found out of a pattern: 1 when it is "he" or "she" of some language, 2 when not. */
  const known = new Uint8Array(automaton.lengths.length);
  const isOne = (pattern: number): boolean => {
    if (pattern < 0) return false;
    known[pattern] ||= dictionary
      .readings(pattern)
      .some(({ entry }) => entry.class === 'pronoun' && entry.sub === 'he_she')
      ? 1
      : 2;
    return known[pattern] === 1;
  };

  const tiled = new Map<string, readonly Hit[]>();

  /** `positions`: places in the view where a known word stood inside a longer one. */
  return (view: View, kinds: Uint8Array, positions: readonly number[]): Hit[] => {
    const hits: Hit[] = [];
    let done = 0;
    for (const position of positions) {
      if (position < done) continue;
      let start = position;
      while (start > 0 && kinds[view.units[start - 1]!] === kind.word) start--;
      let end = position;
      while (end < view.length && kinds[view.units[end]!] === kind.word) end++;
      done = end;
      if (end - start < shortest || end - start > longest) continue;
      // "mongoose" is a word, whatever stands inside it.
      if (inSome(ordinary, view.units, start, end)) continue;
      for (const piece of remembered(view, start, end))
        hits.push({ ...piece, start: start + piece.start, end: start + piece.end });
    }
    return hits;
  };

  /** The pieces of the word, in offsets from its beginning. */
  function remembered(view: View, start: number, end: number): readonly Hit[] {
    const word = String.fromCharCode(...view.units.subarray(start, end));
    let pieces = tiled.get(word);
    if (!pieces) {
      pieces = tile(view, start, end).map((piece) => ({
        ...piece,
        start: piece.start - start,
        end: piece.end - start,
      }));
      if (tiled.size >= mostRemembered) tiled.clear();
      tiled.set(word, pieces);
    }
    return pieces;
  }

  /** The pieces of the word where they say something of somebody; of one language, which is looked for where the best pieces are of several. */
  function tile(view: View, start: number, end: number): Hit[] {
    const pieces = cut(view, start, end);
    if (oneLanguage(pieces)) return telling(pieces, end - start) ? pieces : [];
    const langs = new Set(pieces.flatMap(({ readings }) => readings.map(({ entry }) => entry.lang)));
    for (const lang of [...langs].sort()) {
      const own = cut(view, start, end, lang);
      if (own.length > 0 && telling(own, end - start)) return own;
    }
    return [];
  }

  /** Known words that cover the word from end to end, of one language and the names of groups when `lang` is given; none when there are none. */
  function cut(view: View, start: number, end: number, lang?: string): Hit[] {
    const read = (pattern: number) => {
      const all = dictionary.readings(pattern);
      return lang === undefined
        ? all
        : all.filter(({ entry }) => entry.lang === lang || entry.class === 'group_term' || entry.class === 'slur');
    };
    const length = end - start;
    /** The least cost of pieces that cover [0, i), and the pattern that ends there. */
    const fewest = new Array<number>(length + 1).fill(Number.POSITIVE_INFINITY);
    const last = new Array<{ pattern: number; from: number } | undefined>(length + 1).fill(undefined);
    fewest[0] = 0;
    const step = (state: number, at: number, from: number): void => {
      const pattern = dictionary.formAt(state);
      const size = at - from;
      // Of as many pieces the ones with the longest words: "blacks are", not "black sare".
      // … and of as few, rather the ones without scraps: "burn the", not "burnt he".
      const cost = fewest[from]! + dearest - size * size + (size === 2 && isOne(pattern) ? scrap : 0);
      const fits = pattern >= 0 && size >= 1 && cost < fewest[at]! && (size >= 2 || (from === 0 && isSelf(pattern)));
      if (fits && read(pattern).length > 0) {
        fewest[at] = cost;
        last[at] = { pattern, from };
      }
      if (at === length) return;
      const next = child(automaton, state, alphabet[view.units[start + at]!]!);
      if (next !== 0) step(next, at + 1, from);
      // A phrase written without its spaces.
      const gap = at > from ? child(automaton, state, space) : 0;
      if (gap !== 0) step(gap, at, from);
    };
    for (let from = 0; from < length; from++) if (Number.isFinite(fewest[from]!)) step(0, from, from);
    if (!Number.isFinite(fewest[length]!)) return [];
    const pieces: Hit[] = [];
    for (let at = length; at > 0;) {
      const { pattern, from } = last[at]!;
      pieces.unshift({
        start: start + from,
        end: start + at,
        obfuscated: true,
        readings: read(pattern),
      });
      at = from;
    }
    return pieces;
  }

  /** An attack and somebody attacked, or a name and the verb that belongs to it. */
  function telling(pieces: readonly Hit[], length: number): boolean {
    const has = (test: (of: string) => boolean) =>
      pieces.some((piece) => piece.readings.some(({ entry }) => test(entry.class)));
    const attack = has((of) => (attackClasses as ReadonlySet<string>).has(of) && !mild.has(of));
    const somebody = has((of) => of === 'group_term' || of === 'slur' || of === 'pronoun' || of === 'group_noun');
    // "Jewsare vermin": a name and the word after it, the attack beside them.
    const name = pieces.some(
      ({ start, end, readings }) =>
        end - start >= leastName &&
        readings.some(({ entry }) => entry.class === 'group_term' || entry.class === 'slur'),
    );
    const sworn = pieces.some(({ readings }) =>
      readings.some(({ entry }) => entry.class === 'profanity' && entry.sub === 'verb'),
    );
    const named = name && (sworn || has((of) => grammatical.has(of)));
    const ordered = attack && length >= 7 && has((of) => of === 'modality' || of === 'quantifier' || of === 'copula');
    // One piece is a phrase without its spaces: "killall".
    const phrase = attack && length >= 7 && pieces.length === 1;
    return (
      (attack && somebody) || named || ordered || phrase || (pieces.length === 1 && has((of) => of === 'group_term'))
    );
  }
}

/** Pieces of one word are of one language; names of groups belong to all. */
function oneLanguage(pieces: readonly Hit[]): boolean {
  let common: Set<string> | undefined;
  for (const { readings } of pieces) {
    if (readings.some(({ entry }) => entry.class === 'group_term' || entry.class === 'slur')) continue;
    const langs = new Set(readings.map(({ entry }) => entry.lang));
    common = new Set([...langs].filter((lang) => common === undefined || common.has(lang)));
  }
  return common === undefined || common.size > 0;
}
