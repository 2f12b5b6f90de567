import { recode } from './burmese.js';
import type { Zawgyi } from './burmese.js';
import { expand, foldCharacter, kind, skip } from './fold.js';
import type { FoldTables } from './fold.js';
import { telling } from './letters.js';

/** A position in a view, not in the text as given: the two must not be mixed. */
export type ViewOffset = number & { readonly view: unique symbol };

/**
 * One view of a text: folded units and where each came from. The buffers are the engine's scratch space, valid until the
 * next text is normalised.
 */
export interface View {
  units: Uint16Array;
  /** `starts[i]` is the offset in the given text of unit i; `starts[length]` is the text's length. */
  starts: Int32Array;
  length: number;
}

/** What the canonical pass saw that asks for the evasion view. */
export interface Suspicion {
  mixedDigits: boolean;
  longRun: boolean;
  starred: boolean;
  singles: boolean;
  mixedScript: boolean;
  longToken: boolean;
  /** Letters drawn with several signs, or set in boxes: `|<`, `/\\`, 🇰. */
  drawn: boolean;
  /** Single signs between letters: `k_ll`. */
  masks: boolean;
}

/** What stands for a URL or an @-name: one unit that no pattern contains. */
export const masked = 0xfffc;

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', '#39': "'" };

/** Reads `&name;` or `&#n;` at `at`; social platforms deliver text with these. Returns the character and the length consumed. */
function entityAt(text: string, at: number): { char: string; length: number } | undefined {
  // The semicolon is looked for nearby only: a text of ampersands must not be searched to its end for each.
  const near = text.slice(at + 2, at + 10).indexOf(';');
  if (near < 0) return undefined;
  const end = at + 2 + near;
  const name = text.slice(at + 1, end);
  const known = entities[name];
  if (known) return { char: known, length: end - at + 1 };
  const numeric = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))$/i.exec(name);
  if (!numeric) return undefined;
  const code = numeric[1] ? Number.parseInt(numeric[1], 16) : Number(numeric[2]);
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return { char: String.fromCodePoint(code), length: end - at + 1 };
}

const isUrlStart = (text: string, at: number) =>
  text.startsWith('http://', at) || text.startsWith('https://', at) || text.startsWith('www.', at);

function endOfUnspaced(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) > 0x20) end++;
  return end;
}

function endOfHandle(text: string, at: number): number {
  let end = at + 1;
  for (; end < text.length; end++) {
    const c = text.charCodeAt(end);
    const named = (c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a) || c === 0x5f;
    if (!named) break;
  }
  return end;
}

/**
 * What a token held, as bits: digits, or signs that stand for letters; below it letters of Latin (1), of Greek or Cyrillic (2), of another
 * script (4), and letters that tell the language (8).
 */
const digits = 16;
const tells = 8;
const signs = {
  mixedDigits: 1,
  longRun: 2,
  starred: 4,
  singles: 8,
  mixedScript: 16,
  longToken: 32,
  drawn: 64,
  masks: 128,
  burmese: 256,
  telling: 512,
};
/** Signs that stand for a letter they look like. */
const signsForLetters: ReadonlySet<number> = new Set([...'@$!|+€£¢¥'].map((c) => c.charCodeAt(0)));
/** Signs that stand for a hidden letter: each one between two letters stands for one. */
export const maskSigns: ReadonlySet<number> = new Set([...'*#_-.•·~^%'].map((c) => c.charCodeAt(0)));

/** A Chinese character, of which words are written without spaces. */
export const isHan = (unit: number): boolean => unit >= 0x4e00 && unit <= 0x9fff;

/** What a finished token of `units` letters and digits says against the text. */
function signsOf(held: number, units: number): number {
  let found = 0;
  if ((held & digits) !== 0 && (held & 7) !== 0) found |= signs.mixedDigits;
  if ((held & tells) !== 0) found |= signs.telling;
  if ((held & 3) === 3) found |= signs.mixedScript;
  if (units >= 9) found |= signs.longToken;
  return found;
}

const scriptBit = (unit: number): number => (unit < 0x250 ? 1 : unit >= 0x370 && unit < 0x530 ? 2 : 4);

const unitsOf = (folded: string): number[] => Array.from({ length: folded.length }, (_, i) => folded.charCodeAt(i));

/** Folded characters outside the tables (astral ones), remembered up to this many. */
const remembered = 4096;

export interface Normalised {
  view: View;
  suspicion: Suspicion;
  /** It holds letters, or figures among letters, that may tell its language. */
  telling: boolean;
}

/** Makes a normaliser with its own scratch buffers. Linear in the text; never throws, whatever the string holds. */
export function createNormaliser(tables: FoldTables, zawgyi?: Zawgyi): (text: string) => Normalised {
  const fold = createFolder(tables);
  return (text) => {
    const { found, view } = fold(text);
    const recoded = zawgyi && (found & signs.burmese) !== 0 ? recode(text, zawgyi) : undefined;
    if (!recoded)
      return { view, suspicion: suspicionOf(found), telling: (found & (signs.telling | signs.mixedDigits)) !== 0 };
    const again = fold(recoded.text);
    const { starts, length } = again.view;
    for (let i = 0; i <= length; i++) starts[i] = recoded.starts[starts[i]!]!;
    return { view: again.view, suspicion: suspicionOf(again.found), telling: true };
  };
}

const suspicionOf = (found: number): Suspicion => ({
  mixedDigits: (found & signs.mixedDigits) !== 0,
  longRun: (found & signs.longRun) !== 0,
  starred: (found & signs.starred) !== 0,
  singles: (found & signs.singles) !== 0,
  mixedScript: (found & signs.mixedScript) !== 0,
  longToken: (found & signs.longToken) !== 0,
  drawn: (found & signs.drawn) !== 0,
  masks: (found & signs.masks) !== 0,
});

/** Behind the sign at `i` the word goes on, or one more of the same sign follows, dots and hyphens excepted. */
function masking(text: string, i: number, plain: Uint32Array): boolean {
  if (i + 1 >= text.length) return false;
  const next = text.charCodeAt(i + 1);
  return plain[next] !== 0 || (next === text.charCodeAt(i) && next !== 0x2e && next !== 0x2d);
}

/** The first unit of an emoji, or the whole of one. */
export const beginsEmoji = (unit: number): boolean =>
  (unit >= 0xd83c && unit <= 0xd83e) || (unit >= 0x2600 && unit <= 0x27bf);

/** An emoji that ends at `end` stands in the middle of a word ("m🔥slims"), its skin tone and whatever it is joined with behind it. */
function hiding(text: string, end: number, plain: Uint32Array): boolean {
  for (let i = end; i < text.length && i < end + 16; i++) {
    const unit = text.charCodeAt(i);
    if ((unit < 0xd83c || unit > 0xd83e) && (unit < 0xdc00 || unit > 0xdfff) && unit !== 0xfe0f && unit !== 0x200d)
      return plain[unit] !== 0;
  }
  return false;
}

/** `found`: bits of `signs`. */
function createFolder(tables: FoldTables): (text: string) => { view: View; found: number } {
  const { fold, kinds, expansions } = tables;
  let scratch = new Uint16Array(4096);
  let scratchStarts = new Int32Array(4097);
  /** For units that fold to one letter: the letter, and its script's bit above it. 0: everything that needs a closer look. */
  const plain = new Uint32Array(65_536);
  for (let unit = 0; unit < 65_536; unit++)
    if (fold[unit]! < expand && kinds[fold[unit]!] === kind.word)
      plain[unit] = fold[unit]! | ((scriptBit(fold[unit]!) | (telling[unit]! * tells)) << 16);
  const pairs = new Map<number, readonly number[]>();
  const maskedUnits = [masked];

  const ensure = (need: number) => {
    if (need < scratch.length) return;
    const more = new Uint16Array(need * 2);
    more.set(scratch);
    scratch = more;
    const moreStarts = new Int32Array(need * 2 + 1);
    moreStarts.set(scratchStarts);
    scratchStarts = moreStarts;
  };

  const foldPair = (text: string, at: number): readonly number[] => {
    const code = text.codePointAt(at)!;
    let folded = pairs.get(code);
    if (folded === undefined) {
      folded = unitsOf(foldCharacter(text.slice(at, at + 2)));
      if (pairs.size >= remembered) pairs.clear();
      pairs.set(code, folded);
    }
    return folded;
  };

  // One loop without inner functions: this is the hottest code of the engine, and what closures share the JIT keeps in memory.
  return (text) => {
    const { length } = text;
    ensure(length + 1);
    let units = scratch;
    let starts = scratchStarts;
    let n = 0;
    let previous = 0x20;
    let run = 0;
    let token = 0;
    let held = 0;
    let singleRun = 0;
    let found = 0;

    for (let i = 0; i < length;) {
      const c = text.charCodeAt(i);
      let letter = plain[c]!;
      if (letter !== 0 && ((c !== 0x68 && c !== 0x77) || kinds[previous] === kind.word || !isUrlStart(text, i))) {
        const from = n;
        do {
          const unit = letter & 0xffff;
          units[n] = unit;
          starts[n] = i;
          n++;
          if (unit !== previous) run = 0;
          else if (++run >= 2) found |= signs.longRun;
          previous = unit;
          held |= letter >> 16;
          i++;
          if (i === length) break;
          letter = plain[text.charCodeAt(i)]!;
        } while (letter !== 0);
        token += n - from;
        continue;
      }
      if (c === 0x20) {
        if (previous !== 0x20 && previous !== 0x0a) {
          units[n] = 0x20;
          starts[n] = i;
          n++;
          run = 0;
          if (token > 0) {
            if (token > 1) singleRun = 0;
            else if (++singleRun >= 3) found |= signs.singles;
            found |= signsOf(held, token);
            token = 0;
            held = 0;
          }
          previous = 0x20;
        }
        i++;
        continue;
      }
      if (telling[c] === 1) found |= signs.telling;
      // What comes of the character: one unit, or several (`many`), and how far it reaches.
      let single = fold[c]!;
      let many: readonly number[] | undefined;
      let end = i + 1;
      if (letter !== 0) {
        many = maskedUnits;
        end = endOfUnspaced(text, i);
      } else if (c === 0x26 && i + 3 < length) {
        const entity = entityAt(text, i);
        if (entity) {
          many = unitsOf(foldCharacter(entity.char));
          end = i + entity.length;
        }
      } else if (c === 0x40 && kinds[previous] !== kind.word && kinds[previous] !== kind.digit) {
        const after = endOfHandle(text, i);
        const disguised = after < length && (text.charCodeAt(after) === 0x40 || text.charCodeAt(after) === 0x24);
        if (after > i + 1 && !disguised) {
          many = maskedUnits;
          end = after;
        }
      } else if (c >= 0xd800 && c <= 0xdbff && i + 1 < length) {
        const low = text.charCodeAt(i + 1);
        if (low >= 0xdc00 && low <= 0xdfff) {
          many = foldPair(text, i);
          end = i + 2;
        }
      } else if (single === expand) many = expansions.get(c)!;
      else if (single === skip) {
        i++;
        continue;
      }
      const count = many === undefined ? 1 : many.length;
      if (count > end - i) {
        ensure(n + count + (length - i) + 1);
        units = scratch;
        starts = scratchStarts;
      }
      for (let k = 0; k < count; k++) {
        if (many !== undefined) single = many[k]!;
        const what = kinds[single]!;
        // Runs of white space become one space; a line break survives them, as it ends a sentence.
        if (what === kind.space && (previous === 0x20 || previous === 0x0a)) continue;
        if (single === 0x0a && previous === 0x20 && n > 0) n--;
        units[n] = single;
        starts[n] = i;
        n++;
        if (what === kind.word || what === kind.digit) {
          token++;
          if (single !== previous) run = 0;
          else if (++run >= 2 && what === kind.word) found |= signs.longRun;
          held |= what === kind.digit ? digits : scriptBit(single);
        } else {
          run = 0;
          if (token > 0 && signsForLetters.has(single)) held |= digits;
          else {
            if (single === 0x2a && (previous === 0x2a || token > 0)) found |= signs.starred;
            else if (token > 0 && maskSigns.has(single) && masking(text, i, plain)) found |= signs.masks;
            else if (token > 0 && beginsEmoji(single) && hiding(text, end, plain)) found |= signs.masks;
            else if (single === 0x5c || single === 0x7c || (single === 0x29 && previous === 0x28)) found |= signs.drawn;
            if (what === kind.dense) {
              if (single >= 0x1000 && single <= 0x109f) found |= signs.burmese;
              else if (isHan(single) && (previous === 0x20 || maskSigns.has(previous)) && n > 2 && isHan(units[n - 3]!))
                found |= signs.singles;
            } else if (single >= 0xdde6 && single <= 0xddff && previous === 0xd83c) found |= signs.drawn;
            if (token === 1) {
              if (++singleRun >= 3) found |= signs.singles;
            } else if (token > 1) singleRun = 0;
            if (token > 0) {
              found |= signsOf(held, token);
              token = 0;
              held = 0;
            }
          }
        }
        previous = single;
      }
      i = end;
    }
    if (token === 1 && singleRun >= 2) found |= signs.singles;
    if (token > 0) found |= signsOf(held, token);
    starts[n] = length;
    return { view: { units, starts, length: n }, found };
  };
}
