import type { Line } from './lid.js';

/** What says nothing of the language: addresses, names, tags' signs, emoji, digits. The model has seen them beside some languages more than others. */
const address = /(?:https?:\/\/|www\.|@)\S+/g;
const addressed = /:\/\/|www\.|@/i;
/** Letters, and what may stand inside of a word. */
const inWord = /^[\p{L}\p{M}'’-]$/u;
const joiner = /^(?:\u200c|\u200d)$/;
/** What stands beside them in an ordinary sentence. */
const plainly = /^[\s.,;:!?]$/u;
const space = /^\s$/u;

/** What is known of a unit. `odd`: it takes more than the unit to tell. */
const sorts = { unmet: 0, letter: 1, joiner: 2, ordinary: 3, sign: 4, odd: 5 } as const;
type Sort = (typeof sorts)[keyof typeof sorts];

function sortOf(character: string): Sort {
  if (joiner.test(character)) return sorts.joiner;
  if (inWord.test(character)) return sorts.letter;
  return plainly.test(character) ? sorts.ordinary : sorts.sign;
}

/**
 * Makes the reader of a text for the language model: its words in lower case; without addresses, digits, signs and punctuation when it holds any of the
 * first three, as it stands when it is an ordinary sentence. The line it returns is scratch space: valid until the next text.
 */
export function createLineReader(): (text: string) => Line {
  const sort = new Uint8Array(65_536);
  const small = new Uint16Array(65_536);
  let units = new Uint16Array(2_048);
  let length = 0;

  function meet(unit: number): number {
    const low = String.fromCharCode(unit).toLowerCase();
    small[unit] = space.test(low) ? 0x20 : low.charCodeAt(0);
    const odd = low.length !== 1 || (unit >= 0xd800 && unit <= 0xdfff);
    return (sort[unit] = odd ? sorts.odd : sortOf(low));
  }

  function write(characters: string): void {
    for (let i = 0; i < characters.length; i++) units[length++] = characters.charCodeAt(i);
  }

  /** Reads the text, only its words or as it stands. False where it is no ordinary sentence, in which case it need be read for its words. */
  function read(text: string, wordsOnly: boolean): boolean {
    length = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const known = sort[unit]! || meet(unit);
      if (known === sorts.letter) units[length++] = small[unit]!;
      else if (known === sorts.ordinary) units[length++] = wordsOnly ? 0x20 : small[unit]!;
      else if (known === sorts.odd) {
        const character = String.fromCodePoint(text.codePointAt(i)!);
        const low = character.toLowerCase();
        i += character.length - 1;
        if (inWord.test(low[0] === 'i' ? 'i' : low)) write(low);
        else if (wordsOnly) units[length++] = 0x20;
        else return false;
      } else if (!wordsOnly) return false;
      else units[length++] = known === sorts.joiner ? unit : 0x20;
    }
    return true;
  }

  return (given) => {
    // The small letter of a capital sigma depends on where in the word it stands.
    const text = given.includes('Σ') ? given.toLowerCase() : given;
    // A capital may have a small letter of two units.
    if (units.length < text.length * 2) units = new Uint16Array(text.length * 4);
    if (!read(text, false)) read(addressed.test(text) ? text.toLowerCase().replace(address, ' ') : text, true);
    return { units, length };
  };
}
