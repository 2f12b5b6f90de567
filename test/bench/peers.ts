import { AhoCorasick } from '@monyone/aho-corasick/fast';
import { AllProfanity } from 'allprofanity';
import { DataSet, RegExpMatcher, englishRecommendedTransformers, parseRawPattern } from 'obscenity';
import { iso6393To1 } from 'iso-639-3';
import type { Runner } from './arms.js';
import type { Term } from './terms.js';

/** The fastest matcher on npm, given lower-cased terms and texts: it folds nothing itself. */
export function monyone(terms: readonly Term[]): Runner {
  const automaton = new AhoCorasick(terms.map(({ text }) => text.toLowerCase()));
  return {
    count: (text) => automaton.matchInText(text.toLowerCase()).length,
    finds: (text, term) =>
      automaton.matchInText(text.toLowerCase()).some(({ keyword }) => keyword === term.text.toLowerCase()),
  };
}

/** A moderation library as its users call it, with the benchmark's terms in place of its own lists. */
export function allprofanity(terms: readonly Term[]): Runner {
  const filter = new AllProfanity({ languages: [], silent: true });
  filter.clearList();
  filter.add(terms.map(({ text }) => text));
  return {
    count: (text) => filter.detect(text).detectedWords.length,
    finds: (text, term) =>
      filter.detect(text).detectedWords.some((word) => word.toLowerCase().includes(term.text.toLowerCase())),
  };
}

/** The matcher with a regular expression a term, with the transformers it recommends for English. */
export function obscenity(terms: readonly Term[]): Runner {
  const data = new DataSet<{ term: string }>();
  for (const { text } of terms)
    data.addPhrase((phrase) => phrase.setMetadata({ term: text }).addPattern(parseRawPattern(text)));
  const matcher = new RegExpMatcher({ ...data.build(), ...englishRecommendedTransformers });
  return {
    count: (text) => matcher.getAllMatches(text).length,
    finds: (text, term) =>
      matcher
        .getAllMatches(text)
        .some((match) => data.getPayloadWithPhraseMetadata(match).phraseMetadata?.term === term.text),
  };
}

/** The fastest identification of languages on npm; it knows some sixty languages. */
export async function eld(): Promise<Runner> {
  // Only here: it holds some fifty megabytes, which the others should not carry along.
  const { eld: detector } = await import('eld/small');
  const three = new Map(Object.entries(iso6393To1).map(([code, two]) => [two, code]));
  const language = (text: string) => {
    const code = detector.detect(text).language;
    return three.get(code) ?? code;
  };
  return { count: (text) => language(text).length, language };
}
