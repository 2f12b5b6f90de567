import type { Hit } from './cues.js';
import { kind } from './fold.js';
import type { View } from './normalise.js';

/** Letters a sentence must have to be of a language of its own, and the share of them that words of the pack must cover. */
const shortest = 6;
const covers = 0.6;
/** … and by how much more than those of any language that the text is read in already. */
const ahead = 0.25;

/** Letters of one sentence that words of each language cover. */
class Run {
  letters = 0;
  /** Letters of names, which are the same in many languages. */
  named = 0;
  readonly #covers = new Map<string, { letters: number; until: number }>();
  #namedUntil = 0;

  add({ start, end, readings }: Hit): void {
    let name = false;
    for (let i = 0; i < readings.length; i++) {
      const { entry } = readings[i]!;
      if (entry.class === 'group_term') {
        name = true;
        continue;
      }
      const covered = this.#covers.get(entry.lang);
      if (covered === undefined) this.#covers.set(entry.lang, { letters: end - start, until: end });
      else if (covered.until < end) {
        covered.letters += end - Math.max(start, covered.until);
        covered.until = end;
      }
    }
    if (!name || this.#namedUntil >= end) return;
    this.named += end - Math.max(start, this.#namedUntil);
    this.#namedUntil = end;
  }

  share(lang: string): number {
    return (this.#covers.get(lang)?.letters ?? 0) / Math.max(1, this.letters - this.named);
  }

  /** Languages that speak here and in none of the `active` ones as much. */
  *foreign(active: ReadonlySet<string>): Generator<string> {
    let known = 0;
    for (const lang of active) known = Math.max(known, this.share(lang));
    for (const [lang, { letters }] of this.#covers) {
      const share = this.share(lang);
      if (!active.has(lang) && letters >= shortest && share >= covers && share >= known + ahead) yield lang;
    }
  }
}

/**
 * Languages of single sentences of a text in several: those whose pack knows most of a sentence of which the packs the text is read by know little.
 * Linear in the text and the hits.
 */
export function spokenInSentences(
  view: View,
  kinds: Uint8Array,
  hits: readonly Hit[],
  active: ReadonlySet<string>,
): string[] {
  const { units, length } = view;
  const sorted = [...hits].sort((a, b) => a.start - b.start || b.end - a.end);
  const found = new Set<string>();
  let next = 0;
  for (let i = 0; i < length;) {
    let end = i;
    let letters = 0;
    while (end < length && kinds[units[end]!] !== kind.stop) {
      const what = kinds[units[end]!];
      if (what === kind.word || what === kind.dense || what === kind.space) letters++;
      end++;
    }
    const run = new Run();
    run.letters = letters;
    for (; next < sorted.length && sorted[next]!.start < end; next++) run.add(sorted[next]!);
    if (letters >= shortest) for (const lang of run.foreign(active)) found.add(lang);
    i = end + 1;
  }
  return [...found].sort();
}
