import { foldCharacter } from './fold.js';
import type { FoldTables } from './fold.js';

/** True when every unit of the form folds to itself and no two spaces meet, as in most forms of most packs. */
function foldsToItself(form: string, fold: Uint16Array): boolean {
  for (let i = 0, last = 0; i < form.length; i++) {
    const c = form.charCodeAt(i);
    if (fold[c] !== c || c === 0x0a || (c === 0x20 && last === 0x20) || (c >= 0xd800 && c <= 0xdfff)) return false;
    last = c;
  }
  return true;
}

/** Folds forms of packs the way texts are folded. With the tables it does not fold what folds to itself; without, it remembers characters. */
export function createFormFolder(tables?: FoldTables): (form: string) => string {
  const known = new Map<string, string>();
  return (form) => {
    const composed = form.trim().normalize('NFC');
    if (tables && foldsToItself(composed, tables.fold)) return composed;
    let out = '';
    for (const char of composed) {
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
