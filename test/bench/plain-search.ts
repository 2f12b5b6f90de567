/** Where a term stands in a text. */
export interface Place {
  term: number;
  start: number;
  end: number;
}

const wordCharacter = /[\p{L}\p{M}\p{Nd}]/u;
const denseCharacter = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]/u;

/** The code point that begins at or covers `at`, as a string; `''` outside the text. */
function characterAt(text: string, at: number): string {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? text.slice(Math.max(0, at - 1), at + 1) : text.slice(at, at + 1);
}

const wordy = (char: string) => char !== '' && wordCharacter.test(char) && !denseCharacter.test(char);

/** True when neither end of the place falls inside a word. */
export function onWordBoundaries(text: string, { start, end }: Place): boolean {
  const openLeft = start > 0 && wordy(characterAt(text, start)) && wordy(characterAt(text, start - 1));
  const openRight = end < text.length && wordy(characterAt(text, end - 1)) && wordy(characterAt(text, end));
  return !openLeft && !openRight;
}

/**
 * The reference that every matcher must agree with: at each position it tries the terms that begin with the three units found there.
 * Slow and plain; it shares no code with the engine.
 */
export class PlainSearch {
  readonly #heads = new Map<string, number[]>();
  readonly #terms: readonly string[];

  /** `terms` and the texts searched must be folded the same way (lower case, or the canonical fold). At least 3 units each. */
  constructor(terms: readonly string[]) {
    this.#terms = terms;
    terms.forEach((term, index) => {
      if (term.length < 3) throw new RangeError(`term of ${term.length} units`);
      const head = term.slice(0, 3);
      const list = this.#heads.get(head);
      if (list) list.push(index);
      else this.#heads.set(head, [index]);
    });
  }

  /** Every occurrence, overlapping ones too. */
  everywhere(text: string): Place[] {
    const places: Place[] = [];
    for (let start = 0; start + 3 <= text.length; start++) {
      for (const term of this.#heads.get(text.slice(start, start + 3)) ?? []) {
        const word = this.#terms[term]!;
        if (text.startsWith(word, start)) places.push({ term, start, end: start + word.length });
      }
    }
    return places;
  }
}
