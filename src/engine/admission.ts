import type { CompiledLexicon } from './compile.js';
import { isSign } from './cues.js';
import type { Hit } from './cues.js';
import { kind } from './fold.js';
import type { Reading as LanguageReading } from './language.js';
import { nearOnes } from './letters.js';
import type { View } from './normalise.js';
import type { CompiledEntry, Reading } from './readings.js';
import { attackClasses } from './rules.js';
import type { CueClass } from './types.js';
import { hasUnits } from './words.js';

/** Classes of the little words that every language has many of. */
const grammatical: ReadonlySet<CueClass> = new Set([
  'pronoun',
  'copula',
  'negation',
  'modality',
  'quantifier',
  'conjunction',
  'question',
  'comparison',
]);

/** What names or insults people by itself is read in every language. */
const everywhere: ReadonlySet<CueClass> = new Set(['group_term', 'slur', 'coded_term', 'event_code']);

/** Share of its letters that words of a language must cover for a brief text to be in it, whatever the detector says: "ban muslims". */
const coveredBrief = 0.8;

/** In a shorter text the languages in which people are called so say more than the detector. */
const brief = 24;

/** In a shorter text one word may be all there is. */
const shortest = 16;

/** A text of so many units shows its language. */
export const longText = 300;

/** True for a reading that says who people are. */
export const names = ({ entry }: Reading): boolean => entry.class === 'group_term' || entry.class === 'slur';

function covers(lang: string, hits: readonly Hit[], { units, length }: View): boolean {
  const covered = new Uint8Array(length);
  for (const { start, end, readings } of hits)
    if (readings.some(({ entry }) => entry.lang === lang)) covered.fill(1, start, end);
  let [all, own] = [0, 0];
  for (let i = 0; i < length; i++)
    if (units[i] !== 0x20) {
      all++;
      own += covered[i]!;
    }
  return own >= all * coveredBrief;
}

/**
 * Makes what decides which readings of the found words hold in the language of the text: those of its own language and of others it holds words of;
 * names and plain slurs are read in every language. Of one word that several languages write alike the text's own decides.
 */
export function createAdmission(compiled: CompiledLexicon) {
  const { kinds } = compiled.tables;
  const wordsOf = new Map(compiled.packs.map((pack) => [pack.lang, pack.words]));
  const commonOf = new Map(compiled.packs.map((pack) => [pack.lang, pack.common]));
  const languages = new Set(compiled.packs.map((pack) => pack.lang));
  /** Languages that are read beside another, whichever of the two a text is in. */
  const kin = new Map(
    compiled.packs.map(({ lang, also = [], neighbour }) => [
      lang,
      new Set([
        ...also,
        ...nearOnes(lang),
        ...(neighbour === undefined ? [] : [neighbour]),
        ...compiled.packs
          .filter((pack) => pack.also?.includes(lang) || pack.neighbour === lang)
          .map((pack) => pack.lang),
      ]),
    ]),
  );

  return (hits: readonly Hit[], language: LanguageReading, view: View): Hit[] => {
    // Where nothing tells the language, the names do: little words are read as in the languages that have them.
    const called =
      language.code === 'und' || view.length < brief
        ? new Set(hits.flatMap(({ readings }) => readings.filter(names).map(({ entry }) => entry.lang)))
        : undefined;
    const told = language.code !== 'und' && (called === undefined || called.size === 0 || called.has(language.code));
    const naming = told ? undefined : called;
    const knowing = naming && new Set([...naming].filter((lang) => covers(lang, hits, view)));
    const admitted: Hit[] = [];
    for (const hit of hits) {
      const one = admit(hit, language, view, naming, knowing);
      if (one) admitted.push(one);
    }
    return withoutStrangers(admitted, language, view);
  };

  /** True for an ordinary word of the language. */
  function isWordOf(code: string, { units }: View, { start, end }: Hit): boolean {
    const words = wordsOf.get(code);
    return words !== undefined && hasUnits(words, units, start, end);
  }

  /** One of the commonest words of the language. */
  function isCommonIn(code: string, { units }: View, { start, end }: Hit): boolean {
    const words = commonOf.get(code);
    return words !== undefined && hasUnits(words, units, start, end);
  }

  /** False inside a longer word: with the endings of another language it would be another word. */
  function wholeWord({ units, length }: View, { start, end }: Hit): boolean {
    return (
      (start === 0 || kinds[units[start - 1]!] !== kind.word) && (end === length || kinds[units[end]!] !== kind.word)
    );
  }

  /** Keeps the readings whose language is plausible here. Names and plain slurs are read in every language. */
  function admit(
    hit: Hit,
    language: LanguageReading,
    view: View,
    naming: ReadonlySet<string> | undefined,
    knowing: ReadonlySet<string> | undefined,
  ): Hit | undefined {
    // Signs are the same in all languages; a text may hold nothing else.
    if (isSign(view.units[hit.start]!)) return hit;
    // As most words of most texts: of the text's own language and no other.
    if (hit.readings.every(({ entry }) => entry.lang === language.code) && language.active.has(language.code))
      return hit;
    const little = naming !== undefined && hit.readings.some(({ entry }) => naming.has(entry.lang));
    const readings = hit.readings.filter(({ entry }) => {
      if (little && grammatical.has(entry.class) && !naming.has(entry.lang)) return false;
      if (language.active.has(entry.lang) || knowing?.has(entry.lang)) return true;
      // A short name of another language is too often a word of this one, and some are words of this one for certain; still
      // more what is one only if misspelt.
      if (entry.class === 'group_term')
        return (
          !(hit.obfuscated && languages.has(language.code)) &&
          !isWordOf(language.code, view, hit) &&
          !isCommonIn(language.code, view, hit) &&
          entry.ambiguity !== 'high' &&
          wholeWord(view, hit) &&
          hit.end - hit.start >= (languages.has(language.code) ? 5 : 4)
        );
      return (
        (entry.class === 'slur' || entry.class === 'coded_term') &&
        entry.standalone === true &&
        hit.end - hit.start >= 5 &&
        wholeWord(view, hit) &&
        !isWordOf(language.code, view, hit) &&
        !isCommonIn(language.code, view, hit)
      );
    });
    // One written word, several languages: the text's own decides; names and slurs are kept beside it.
    const own = naming ? [] : readings.filter(({ entry }) => entry.lang === language.code);
    // "denen" is a pronoun in German, whomever it names in Dutch; "araba" is a car in Turkish.
    const named = own.some(
      ({ entry }) => entry.class === 'group_term' || entry.class === 'object_noun' || grammatical.has(entry.class),
    );
    const kept =
      own.length > 0
        ? readings.filter(
            ({ entry }) =>
              entry.lang === language.code || (entry.class === 'group_term' && !named) || entry.class === 'slur',
          )
        : readings;
    return kept.length === 0 ? undefined : { ...hit, readings: kept };
  }

  /**
   * Without hostile words of a language that has no other word in the text, where the text is in another language: by chance some word of it is
   * written like one of any other ("top", "gano", "mili").
   */
  function withoutStrangers(hits: Hit[], { code }: LanguageReading, view: View): Hit[] {
    if (code === 'und' || view.length < shortest || !hits.some(({ readings }) => readings.some(isStrange))) return hits;
    const words = new Map<string, number>();
    for (const { start, readings } of hits) {
      if (isSign(view.units[start]!)) continue;
      const langs = new Set(readings.map(({ entry }) => entry.lang));
      for (const lang of langs) words.set(lang, (words.get(lang) ?? 0) + 1);
    }
    // Nor is a disguise looked for in a language that so long a text is not in.
    const once = (lang: string, hit: Hit) => words.get(lang) === 1 || (hit.obfuscated && view.length >= longText);
    const stranger = ({ entry }: Reading, hit: Hit) =>
      once(entry.lang, hit) && entry.lang !== code && !kin.get(code)?.has(entry.lang) && hostile(entry);
    return hits.flatMap((hit) => {
      if (
        isSign(view.units[hit.start]!) ||
        several(view, hit) ||
        !hit.readings.some((reading) => stranger(reading, hit))
      )
        return [hit];
      const readings = hit.readings.filter((reading) => !stranger(reading, hit));
      return readings.length > 0 ? [{ ...hit, readings }] : [];
    });

    function isStrange({ entry }: Reading): boolean {
      return entry.lang !== code && hostile(entry);
    }
  }
}

/** Several words at once are no accident. */
const several = ({ units }: View, { start, end }: Hit): boolean => units.subarray(start, end).includes(0x20);

const hostile = (entry: CompiledEntry): boolean => attackClasses.has(entry.class) && !everywhere.has(entry.class);
