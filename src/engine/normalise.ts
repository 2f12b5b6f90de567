import { expand, foldCharacter, kind, skip } from './fold.js';
import type { FoldTables } from './fold.js';

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
}

/** What stands for a URL or an @-name: one unit that no pattern contains. */
export const masked = 0xfffc;

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', '#39': "'" };

/** Reads `&name;` or `&#n;` at `at`; social platforms deliver text with these. Returns the character and the length consumed. */
function entityAt(text: string, at: number): { char: string; length: number } | undefined {
  const end = text.indexOf(';', at + 2);
  if (end < 0 || end - at > 9) return undefined;
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

/** Makes a normaliser with its own scratch buffers. Linear in the text; never throws, whatever the string holds. */
export function createNormaliser(tables: FoldTables): (text: string) => { view: View; suspicion: Suspicion } {
  const { fold, kinds, expansions } = tables;
  let units = new Uint16Array(4096);
  let starts = new Int32Array(4097);

  const grow = (need: number) => {
    const size = Math.max(need, units.length * 2);
    const more = new Uint16Array(size);
    more.set(units);
    units = more;
    const moreStarts = new Int32Array(size + 1);
    moreStarts.set(starts);
    starts = moreStarts;
  };

  return (text) => {
    let n = 0;
    let previous = 0x20;
    let run = 0;
    let token = 0;
    let digitsInToken = false;
    let lettersInToken = false;
    let scripts = 0;
    let singleRun = 0;
    const suspicion: Suspicion = { mixedDigits: false, longRun: false, starred: false, singles: false, mixedScript: false, longToken: false };

    const push = (unit: number, at: number) => {
      const what = kinds[unit]!;
      // Runs of white space become one space; a line break survives them, as it ends a sentence.
      if (what === kind.space && (previous === 0x20 || previous === 0x0a)) return;
      if (unit === 0x0a && previous === 0x20 && n > 0) n--;
      if (n + 1 >= units.length) grow(n + 2);
      units[n] = unit;
      starts[n] = at;
      n++;
      if (what === kind.word || what === kind.digit) {
        token++;
        if (unit === previous) {
          if (++run >= 2 && what === kind.word) suspicion.longRun = true;
        } else run = 0;
        if (what === kind.digit) digitsInToken = true;
        else {
          lettersInToken = true;
          scripts |= unit < 0x250 ? 1 : unit >= 0x370 && unit < 0x530 ? 2 : 4;
        }
      } else {
        if (unit === 0x2a && (previous === 0x2a || token > 0)) suspicion.starred = true;
        if ((unit === 0x40 || unit === 0x24 || unit === 0x21 || unit === 0x7c || unit === 0x2b) && token > 0) digitsInToken = true;
        else {
          if (token === 1) {
            if (++singleRun >= 3) suspicion.singles = true;
          } else if (token > 1) singleRun = 0;
          if (token > 0) endToken();
        }
        run = 0;
      }
      previous = unit;
    };
    const endToken = () => {
      if (digitsInToken && lettersInToken) suspicion.mixedDigits = true;
      if ((scripts & 3) === 3) suspicion.mixedScript = true;
      if (token >= 9) suspicion.longToken = true;
      token = 0;
      digitsInToken = false;
      lettersInToken = false;
      scripts = 0;
    };
    const pushString = (folded: string, at: number) => {
      for (let k = 0; k < folded.length; k++) push(folded.charCodeAt(k), at);
    };

    const length = text.length;
    for (let i = 0; i < length; ) {
      const c = text.charCodeAt(i);
      if (c === 0x26 && i + 3 < length) {
        const entity = entityAt(text, i);
        if (entity) {
          pushString(foldCharacter(entity.char), i);
          i += entity.length;
          continue;
        }
      } else if (kinds[previous] !== kind.word && ((c === 0x68 && isUrlStart(text, i)) || (c === 0x77 && isUrlStart(text, i)))) {
        const end = endOfUnspaced(text, i);
        push(masked, i);
        i = end;
        continue;
      } else if (c === 0x40 && kinds[previous] !== kind.word && kinds[previous] !== kind.digit) {
        const end = endOfHandle(text, i);
        const disguised = end < length && (text.charCodeAt(end) === 0x40 || text.charCodeAt(end) === 0x24);
        if (end > i + 1 && !disguised) {
          push(masked, i);
          i = end;
          continue;
        }
      }
      if (c >= 0xd800 && c <= 0xdbff && i + 1 < length) {
        const low = text.charCodeAt(i + 1);
        if (low >= 0xdc00 && low <= 0xdfff) {
          pushString(foldCharacter(text.slice(i, i + 2)), i);
          i += 2;
          continue;
        }
      }
      const f = fold[c]!;
      if (f === expand) for (const unit of expansions.get(c)!) push(unit, i);
      else if (f !== skip) push(f, i);
      i++;
    }
    if (token === 1 && singleRun >= 2) suspicion.singles = true;
    if (token > 0) endToken();
    starts[n] = length;
    return { view: { units, starts, length: n }, suspicion };
  };
}

/** Folds forms of packs the way texts are folded. One instance remembers the characters it has seen: forms share few. */
export function createFormFolder(): (form: string) => string {
  const known = new Map<string, string>();
  return (form) => {
    let out = '';
    for (const char of form.trim().normalize('NFC')) {
      let folded = known.get(char);
      if (folded === undefined) {
        folded = foldCharacter(char);
        known.set(char, folded);
      }
      if (folded === ' ' || folded === '\n') {
        if (!out.endsWith(' ')) out += ' ';
      } else out += folded;
    }
    return out;
  };
}

/** Folds one form. */
export const foldForm = (form: string): string => createFormFolder()(form);
