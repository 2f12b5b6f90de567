import { firstFrom } from './cues.js';
import type { Cue } from './cues.js';
import type { Draft } from './draft.js';
import type { Reading as LanguageReading } from './language.js';
import { firstTokenOf } from './scene.js';
import type { Structure } from './structure.js';
import { sentenceOf } from './structure.js';

/** A language of a pack that is surer than this is that of the text. */
const sure = 0.45;
/** Letters from which a sentence shows whether it can be read, and the share of them that known words must have. Measured on declarations of human rights in 500 languages. */
const least = { letters: 40, share: 0.2 };

/**
 * Without what is found in sentences of a language that no pack reads: of hundreds of short words some are written like an insult in one of fifty other
 * languages. Where the language is in doubt, or one without a pack, and of so long a sentence hardly a word is known, nothing can be said of it. `languages`: those of the packs.
 */
export function withoutUnread(
  drafts: readonly Draft[],
  cues: readonly Cue[],
  s: Structure,
  language: Pick<LanguageReading, 'code' | 'confidence'>,
  languages: ReadonlySet<string>,
): readonly Draft[] {
  if (drafts.length === 0 || (language.confidence >= sure && languages.has(language.code))) return drafts;
  return drafts.filter(({ attack, target }) => {
    const langs = new Set([language.code, ...(attack ?? target.cue).readings.map(({ entry }) => entry.lang)]);
    return reads(sentenceOf(s, attack ?? target), cues, s, langs);
  });
}

function reads(sentence: number, cues: readonly Cue[], s: Structure, langs: ReadonlySet<string>): boolean {
  let letters = 0;
  let covered = 0;
  const first = firstTokenOf(s, sentence);
  let next = firstFrom(cues, first);
  let upTo = 0;
  for (let token = first; s.sentence[token] === sentence; token++) {
    for (; next < cues.length && cues[next]!.from <= token; next++) {
      const { to, readings } = cues[next]!;
      if (readings.some(({ entry }) => langs.has(entry.lang))) upTo = Math.max(upTo, to);
    }
    const size = s.ends[token]! - s.starts[token]!;
    letters += size;
    if (token < upTo) covered += size;
  }
  return letters < least.letters || covered >= letters * least.share;
}
