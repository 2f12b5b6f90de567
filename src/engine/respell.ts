import type { View } from './normalise.js';

/**
 * A second reading of a text for languages that spell one sound in several ways: a coarser alphabet into which both the forms of these languages
 * and the text are put. Its letters lie where no text has any (private use), so the patterns made of them sit in the one automaton and are found in
 * this view and nowhere else. Offsets are those of the canonical view.
 *
 * Amharic writes ሀ ሐ ኀ ኸ, ሰ ሠ, አ ዐ and ጸ ፀ for one sound each; in Tigrinya, which shares the script, they are sounds of their own. So the canonical view
 * keeps them apart, Tigrinya's forms are found as they are spelt, and Amharic's are found here as well.
 * Hindi, Urdu and their neighbours in Latin letters have no spelling: maaro, maro; kutte, kute; zyada, jyada.
 */
const ethiopic: ReadonlySet<string> = new Set(['amh']);
const romanised: ReadonlySet<string> = new Set(['hin', 'urd', 'pan', 'guj', 'mar', 'nep', 'ben']);

export type Respelling = 'ethiopic' | 'romanised';

/** Which respelling the packs of a language are read in, in a script. */
export function respellingOf(lang: string, script: string): Respelling | undefined {
  if (script === 'Ethi' && ethiopic.has(lang)) return 'ethiopic';
  return script === 'Latn' && romanised.has(lang) ? 'romanised' : undefined;
}

const own = (unit: number): number => 0xe000 | (unit & 0xfff);
/** The shortest form in Latin letters that is read so: of shorter ones too little is left. */
const shortest = 4;

const homophones = new Uint16Array(0x400);
for (let unit = 0x1200; unit < 0x1400; unit++) homophones[unit - 0x1200] = unit;
const alike = (from: number, to: number, count = 7) => {
  for (let i = 0; i < count; i++) homophones[from + i - 0x1200] = to + i;
};
alike(0x1210, 0x1200);
alike(0x1280, 0x1200);
alike(0x12b8, 0x1200);
alike(0x1220, 0x1230);
alike(0x12d0, 0x12a0);
alike(0x1340, 0x1338);
// Behind these four the first and the fourth vowel sound alike: ሀ ሃ, አ ኣ.
for (const first of [0x1200, 0x1210, 0x1280, 0x12b8]) homophones[first - 0x1200] = 0x1203;
for (const first of [0x12a0, 0x12d0]) homophones[first - 0x1200] = 0x12a3;

const a = (letter: string): number => letter.charCodeAt(0);
const isLatin = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a;

/** What a Latin letter becomes after the one written before it; 0: nothing, as it doubles that or only lengthens it. */
function romanLetter(unit: number, before: number): number {
  if (unit === before) return 0;
  if (unit === a('w')) return a('v');
  if (unit === a('z')) return a('j');
  if (unit === a('q')) return a('k');
  if (unit === a('h') && before === a('p')) return a('f');
  return unit;
}

/** Puts a unit into the coarser alphabet behind what is already there; `push`: takes it or takes the last one back. */
function respellUnit(how: Respelling, unit: number, before: number, last: number): { unit: number; replaces: boolean } {
  if (how === 'ethiopic') {
    const alphabet = unit >= 0x1200 && unit < 0x1400 ? own(homophones[unit - 0x1200]!) : unit;
    return { unit: alphabet, replaces: false };
  }
  if (!isLatin(unit)) return { unit, replaces: false };
  const letter = romanLetter(unit, before);
  // "ee" is i and "oo" is u, as ii and uu are.
  if (letter === 0 && unit === a('e') && last === own(a('e'))) return { unit: own(a('i')), replaces: true };
  if (letter === 0 && unit === a('o') && last === own(a('o'))) return { unit: own(a('u')), replaces: true };
  if (letter === 0) return { unit: 0, replaces: false };
  return { unit: own(letter), replaces: letter === a('f') && unit === a('h') };
}

/** A folded form in the coarser alphabet; `undefined` when its language has none for the letters it is written in. */
export function respell(lang: string, folded: string): string | undefined {
  const how: Respelling | undefined = ethiopic.has(lang)
    ? /[\u1200-\u13ff]/.test(folded)
      ? 'ethiopic'
      : undefined
    : romanised.has(lang) && /^[a-z ']+$/.test(folded) && folded.length >= shortest
      ? 'romanised'
      : undefined;
  return how && respellAs(how, folded);
}

/** Any letters in the coarser alphabet: a form, or what may be glued to one. */
export function respellAs(how: Respelling, folded: string): string {
  let out = '';
  for (let i = 0; i < folded.length; i++) {
    const { unit, replaces } = respellUnit(
      how,
      folded.charCodeAt(i),
      i > 0 ? folded.charCodeAt(i - 1) : 0,
      out === '' ? 0 : out.charCodeAt(out.length - 1),
    );
    if (replaces) out = out.slice(0, -1);
    if (unit !== 0) out += String.fromCharCode(unit);
  }
  return out;
}

/** True for a form in the coarser alphabet. */
export const isRespelt = (form: string): boolean => /[\ue000-\uefff]/.test(form);

/** Makes the builder of the view, with its own scratch buffers. `starts` are positions in the canonical view. */
export function createRespeller(): (view: View, how: Respelling) => View {
  let units = new Uint16Array(1024);
  let starts = new Int32Array(1025);
  return (view, how) => {
    if (units.length < view.length + 1) {
      units = new Uint16Array(view.length * 2);
      starts = new Int32Array(view.length * 2 + 1);
    }
    let n = 0;
    for (let i = 0; i < view.length; i++) {
      const before = i > 0 ? view.units[i - 1]! : 0;
      const { unit, replaces } = respellUnit(how, view.units[i]!, before, n > 0 ? units[n - 1]! : 0);
      if (unit === 0) continue;
      if (replaces) units[n - 1] = unit;
      else {
        units[n] = unit;
        starts[n] = i;
        n++;
      }
    }
    starts[n] = view.length;
    return { units, starts, length: n };
  };
}
