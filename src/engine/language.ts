import { createCommonWords } from './common.js';
import type { Common, Neighbours } from './common.js';
import type { CompiledLexicon } from './compile.js';
import type { Hit } from './cues.js';
import { lackedLetters, near, nearLanguages, nearOnes, ownLetters, showsSpelling } from './letters.js';
import type { View } from './normalise.js';
import { spokenInSentences } from './runs.js';
import type { Context, Detect, LanguageGuess } from './types.js';

/** What language the text is in, and which packs therefore read it. */
export interface Reading {
  code: string;
  script: string;
  confidence: number;
  alternatives: LanguageGuess[];
  /** Languages whose grammar words count. */
  active: ReadonlySet<string>;
  witnesses: Witnesses;
}

/** Who spoke for which language. */
export interface Witnesses {
  /** Letters of pack words found in the text, by language. */
  words: ReadonlyMap<string, number>;
  /** What the detector said; empty when it was not asked. Where one language alone uses the script, that one. */
  detector: readonly LanguageGuess[];
  hint: string | undefined;
}

/** Upper bounds of Unicode blocks, ascending, with their ISO 15924 script; '' for signs common to all. */
const blocks: [number, string][] = [
  [0x40, ''],
  [0x5a, 'Latn'],
  [0x60, ''],
  [0x7a, 'Latn'],
  [0xbf, ''],
  [0x24f, 'Latn'],
  [0x2af, 'Latn'],
  [0x36f, ''],
  [0x3ff, 'Grek'],
  [0x52f, 'Cyrl'],
  [0x58f, 'Armn'],
  [0x5ff, 'Hebr'],
  [0x6ff, 'Arab'],
  [0x74f, 'Syrc'],
  [0x77f, 'Arab'],
  [0x7bf, 'Thaa'],
  [0x7ff, 'Nkoo'],
  [0x8ff, 'Arab'],
  [0x97f, 'Deva'],
  [0x9ff, 'Beng'],
  [0xa7f, 'Guru'],
  [0xaff, 'Gujr'],
  [0xb7f, 'Orya'],
  [0xbff, 'Taml'],
  [0xc7f, 'Telu'],
  [0xcff, 'Knda'],
  [0xd7f, 'Mlym'],
  [0xdff, 'Sinh'],
  [0xe7f, 'Thai'],
  [0xeff, 'Laoo'],
  [0xfff, 'Tibt'],
  [0x109f, 'Mymr'],
  [0x10ff, 'Geor'],
  [0x11ff, 'Hang'],
  [0x139f, 'Ethi'],
  [0x177f, ''],
  [0x17ff, 'Khmr'],
  [0x18af, 'Mong'],
  [0x1dff, ''],
  [0x1eff, 'Latn'],
  [0x2d2f, ''],
  [0x2d7f, 'Tfng'],
  [0x2ddf, 'Ethi'],
  [0x303f, ''],
  [0x30ff, 'Jpan'],
  [0x33ff, ''],
  [0x9fff, 'Hani'],
  [0xabff, ''],
  [0xd7a3, 'Hang'],
  [0xffff, ''],
];

/** ISO 15924 codes, and per unit the index of its own: 0 for signs common to all. */
const scripts = ['', ...new Set(blocks.map(([, script]) => script).filter((script) => script !== ''))];
const scriptAt = new Uint8Array(65_536);
blocks.reduce((from, [last, script]) => {
  scriptAt.fill(scripts.indexOf(script), from, last + 1);
  return last + 1;
}, 0);

export const scriptOf = (unit: number): string => scripts[scriptAt[unit]!]!;

const scriptCounts = new Uint16Array(scripts.length);
/** No script. */
const other = scripts.length;

/** The script most letters are in, over at most the first 2,000 units; `Zyyy` when there are none. */
export function dominantScript({ units, length }: View): { script: string; letters: number; share: number } {
  /** Scripts in the order in which the text uses them: the first of equals wins. */
  const seen: number[] = [];
  const counts = scriptCounts;
  let letters = 0;
  let current = 0;
  let run = 0;
  const end = Math.min(length, 2_000);
  // The last round only counts the run before it. No inner function: what closures share the JIT keeps in memory.
  for (let i = 0; i <= end; i++) {
    const script = i < end ? scriptAt[units[i]!]! : other;
    if (script === current) run++;
    else if (script !== 0) {
      if (current !== 0) {
        if (counts[current] === 0) seen.push(current);
        counts[current]! += run;
        letters += run;
      }
      current = script;
      run = 1;
    }
  }
  let best = 0;
  let most = 0;
  for (const script of seen) {
    if (counts[script]! > most) {
      best = script;
      most = counts[script]!;
    }
    counts[script] = 0;
  }
  return best === 0
    ? { script: 'Zyyy', letters, share: 0 }
    : { script: scripts[best]!, letters, share: most / letters };
}

/** Scripts that one language of today writes: nobody need be asked. */
const soleLanguage: Partial<Record<string, string>> = {
  Grek: 'ell',
  Armn: 'hye',
  Guru: 'pan',
  Gujr: 'guj',
  Orya: 'ori',
  Taml: 'tam',
  Telu: 'tel',
  Knda: 'kan',
  Mlym: 'mal',
  Sinh: 'sin',
  Thai: 'tha',
  Laoo: 'lao',
  Khmr: 'khm',
  Hang: 'kor',
  Thaa: 'div',
  Nkoo: 'nqo',
  Jpan: 'jpn',
};
const soleGuess: Partial<Record<string, readonly LanguageGuess[]>> = Object.fromEntries(
  Object.entries(soleLanguage).map(([script, code]) => [script, [{ code: code!, confidence: 1 }]]),
);
/** Share of the letters that must be of the script. */
const purely = 0.8;

const sample = 600;
const none: ReadonlyMap<string, number> = new Map();
const noGuess: readonly LanguageGuess[] = [];
const nobody: ReadonlySet<string> = new Set();
/** Letters below which a text is too short for a sure answer, unless the detector is as sure as this. */
const short = 30;
/** … and below which a detector is not asked. */
const least = 8;
const beyondDoubt = 0.9;

/** Words of the packs settle the language by themselves when they cover so much of the letters, and those of any other language so little. */
const plainWords = { own: 0.6, others: 0.2, letters: 40 };

/**
 * How much common words say: in plain sentences of a language about every third word is one. `own`: words that are common in no other; `rival`: what
 * a detector takes off that is sure of a language whose words nobody has listed.
 */
const commonWeight = { share: 3, own: 4, most: 1.5, agreed: 0.4, learnt: 0.4, rival: 0.9 };
/** From so many common words that no other language has, a language is read beside the text's own: half a post may be in it. */
const ownWords = 3;
/** … and where they are one of so many words: a long text holds words of many languages by chance. */
const leastShare = 30;
/** … and from so many where the place is one where it is spoken. */
const localWords = 2;
/** From one in so many words that are common in it and not in its neighbour, a text is taken for a language. */
const neighbourShare = 45;
/** What a letter that no other language of the script has says, up to the most that several say. */
const ownLetter = { each: 0.3, most: 0.6, detector: 0.3 };

/** From one in so many letters that a language does not have, so much is left of what speaks for it. */
const lackedShare = 25;
const lacked = 0.1;

/** Languages that speak through the readings of a hit, by those, which hits of one word share. */
const spoken = new WeakMap<Hit['readings'], readonly string[]>();

/** Languages that speak through a hit, each once. Names of groups are the same in many languages: they are no witnesses. */
function speaking({ readings }: Hit): readonly string[] {
  const known = spoken.get(readings);
  if (known) return known;
  const langs: string[] = [];
  for (const { entry } of readings)
    if (entry.class !== 'group_term' && !langs.includes(entry.lang)) langs.push(entry.lang);
  spoken.set(readings, langs);
  return langs;
}

/** How many letters of the text are words of each language. */
function votesOf(view: View, hits: readonly Hit[]): ReadonlyMap<string, number> {
  const votes = new Map<string, number>();
  for (const hit of hits) {
    const unit = view.units[hit.start]!;
    // Signs are the same in all languages.
    if (unit >= 0xd800 && unit <= 0xdfff) continue;
    const langs = speaking(hit);
    for (const lang of langs) votes.set(lang, (votes.get(lang) ?? 0) + (hit.end - hit.start) / langs.length);
  }
  return votes;
}

const loudness = (vote: number, letters: number): number => Math.min(1, (1.6 * vote) / Math.max(8, letters));

/** The two languages with the highest scores; of equal ones those that spoke first. */
function foremost(scores: ReadonlyMap<string, number>): [string | undefined, string | undefined] {
  let [first, second]: [string | undefined, string | undefined] = [undefined, undefined];
  let [most, next] = [-Infinity, -Infinity];
  for (const [lang, score] of scores)
    if (score > most) {
      [second, next] = [first, most];
      [first, most] = [lang, score];
    } else if (score > next) [second, next] = [lang, score];
  return [first, second];
}

/**
 * Makes what decides the language, from three witnesses: the grammar words of the packs found in the text, the injected detector, and the
 * sender's hint. The detector is the dear one: it is asked only where something depends on its answer (`needed`) and the text is long enough for it, its
 * script is that of several languages, and the words do not settle it. `und` when none is convincing.
 */
export function createIdentifier(compiled: CompiledLexicon, detect: Detect) {
  const readers = new Map(
    scripts.map((script) => [
      script,
      new Set(compiled.packs.filter((pack) => pack.scripts.includes(script)).map((pack) => pack.lang)),
    ]),
  );

  const also = new Map(compiled.packs.map((pack) => [pack.lang, pack.also ?? []]));
  const countries = new Map(compiled.packs.map((pack) => [pack.lang, new Set(pack.countries)]));
  const commonWords = createCommonWords(compiled);
  const listed = new Set(compiled.packs.filter(({ common }) => common).map(({ lang }) => lang));
  const native = new Map(compiled.packs.map(({ lang, scripts: [first] }) => [lang, first]));
  /** Written in Latin letters though it has its own: as every writer pleases, and no detector has learnt it. */
  const romanised = (lang: string, script: string) => script === 'Latn' && (native.get(lang) ?? script) !== script;
  const learnt = (lang: string, script: string) => (detect.knows?.(lang) ?? true) && !romanised(lang, script);

  /** What is said of texts in which no word is known, by script: where one language alone writes it that one, elsewhere none. */
  const wordless = new Map<string, Reading>();
  function wordlessOf(script: string, detector: readonly LanguageGuess[]): Reading {
    const key = detector.length > 0 ? `${script} alone` : script;
    let reading = wordless.get(key);
    if (!reading) {
      const known = readers.get(script) ?? nobody;
      const code = detector[0]?.code ?? 'und';
      const own = [...known].filter((lang) => code === 'und' || lang === code);
      const active = new Set(own.flatMap((lang) => [lang, ...(also.get(lang) ?? [])]));
      const witnesses = { words: new Map<string, number>(), detector, hint: undefined };
      reading = { code, script, confidence: code === 'und' ? 0 : 0.99, alternatives: [], active, witnesses };
      wordless.set(key, reading);
    }
    return reading;
  }

  /** `telling`: the text may hold letters that only one language has, or lacks. */
  return (
    text: string,
    view: View,
    hits: readonly Hit[],
    context: Context,
    needed: boolean,
    telling: boolean,
  ): Reading => {
    const { script, letters, share } = dominantScript(view);
    // Most texts hold no word that is known: nothing is made for them.
    const votes = hits.length === 0 ? none : votesOf(view, hits);
    const heard = hits.length === 0 ? none : new Map([...votes].map(([lang, vote]) => [lang, loudness(vote, letters)]));
    const guesses = guess(text, script, share, letters, heard, needed);
    const { of: common, between } = commonWords(view);
    const bare = hits.length === 0 && common.size === 0 && !telling && !context.language;
    if (bare && (guesses.length === 0 || (guesses === soleGuess[script] && letters >= short)))
      return wordlessOf(script, guesses);
    const known = readers.get(script) ?? nobody;
    const scores = new Map(heard);
    // Which of two languages spelt nearly alike has more words in its pack says less than how the text is spelt.
    for (const [lang, loud] of text.length < showsSpelling ? none : heard)
      for (const other of nearOnes(lang)) if ((scores.get(other) ?? 0) < loud) scores.set(other, loud);
    const add = (lang: string, score: number) => scores.set(lang, (scores.get(lang) ?? 0) + score);
    for (const [lang, of] of common) add(lang, commonScore(lang, of, guesses[0], script));
    const spelt = telling ? ownLetters(text, script, sample) : none;
    for (const [lang, count] of spelt) add(lang, Math.min(ownLetter.most, count * ownLetter.each));
    if (letters >= least || guesses === soleGuess[script]) {
      // What is spelt in letters of a language that the detector has not learnt is not what it says.
      const foreign = [...spelt].some(([lang, count]) => !learnt(lang, script) && (count >= 2 || spelt.size === 1));
      const weight =
        (guesses === soleGuess[script] ? 1 : Math.min(1, letters / 60)) * (foreign ? ownLetter.detector : 1);
      for (const { code, confidence } of guesses) {
        // Whichever of two near languages the detector names, it means either.
        for (const other of nearOnes(code))
          if (other !== code && (guesses.find((guess) => guess.code === other)?.confidence ?? 0) < confidence)
            add(other, (confidence - (guesses.find((guess) => guess.code === other)?.confidence ?? 0)) * weight);
        add(code, confidence * weight);
      }
      for (const [lang, score] of mistaken(between, guesses, common)) add(lang, score * weight);
      // Several packs know words of it and the detector names none of them: let it choose between these.
      const rivals = votes.size > 1 ? [...votes.keys()].filter((lang) => known.has(lang)).sort() : [];
      if (rivals.length > 1 && guesses.length > 0 && !rivals.includes(guesses[0]!.code))
        for (const { code, confidence } of detect(text.slice(0, sample), rivals))
          scores.set(code, (scores.get(code) ?? 0) + confidence * 0.25 * (1 - guesses[0]!.confidence));
    }
    for (const [lang, count] of telling ? lackedLetters(text, script, sample) : none)
      if (count * lackedShare >= letters) scores.set(lang, (scores.get(lang) ?? 0) * lacked);
    // Neighbours that every other witness confuses.
    const [first, second] = foremost(scores);
    if (first !== undefined && second !== undefined && near(first) && near(second))
      for (const [lang, count] of nearLanguages(text.slice(0, sample).toLowerCase()))
        add(lang, Math.min(2 * ownLetter.most, count * ownLetter.each));
    if (context.language) scores.set(context.language, (scores.get(context.language) ?? 0) + 0.35);
    const ranked = [...scores].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const best = ranked[0];
    let total = 0;
    for (let i = 0; i < ranked.length && i < 5; i++) total += ranked[i]![1];
    const sure = best && best[1] >= 0.18;
    const confidence = sure ? Math.min(0.99, best[1] / Math.max(total, 1e-9)) : 0;
    const active = new Set<string>();
    // A few words say little about their language: whatever else they may be is read too.
    const enough = letters < short && (guesses[0]?.confidence ?? 0) < beyondDoubt ? 0.2 : 0.45;
    for (const [lang, score] of ranked)
      if (known.has(lang) && (score >= enough * (best?.[1] ?? 0) || lang === context.language)) active.add(lang);
    // A detector is often wrong on a few words: a short text is read by every pack that knows some of it.
    if (active.size === 0 && (!sure || letters < 60))
      for (const lang of known) if (!sure || votes.has(lang)) active.add(lang);
    for (const lang of known) {
      // Half a post may be in another language; and where the place is known its languages are looked for.
      const own = common.get(lang)?.own ?? 0;
      const local = context.country !== undefined && (countries.get(lang)?.has(context.country) ?? false);
      if (own >= (local ? localWords : ownWords) && own * leastShare >= (common.get(lang)?.words ?? 0))
        active.add(lang);
    }
    // Misspelt and short: where no word of what it seems to be was found, the names in it say more.
    if (letters < 60 && (votes.get(best?.[0] ?? '') ?? 0) === 0)
      for (const hit of hits)
        for (const { entry } of hit.readings)
          if (entry.class === 'group_term' && known.has(entry.lang)) active.add(entry.lang);
    for (const other of [...active].flatMap((lang) => also.get(lang) ?? [])) active.add(other);
    // Somebody who says one sentence in another language means it as well.
    if ([...votes.keys()].some((lang) => !active.has(lang)))
      for (const lang of spokenInSentences(view, compiled.tables.kinds, hits, active)) active.add(lang);
    return {
      code: sure ? best[0] : 'und',
      script,
      confidence: round(confidence),
      alternatives: ranked
        .slice(sure ? 1 : 0, 4)
        .map(([code, score]) => ({ code, confidence: round(score / Math.max(total, 1e-9)) })),
      active,
      witnesses: { words: votes, detector: guesses, hint: context.language },
    };
  };

  /**
   * What is to be added for languages that the detector takes for their neighbours: what it says for those, and what the words say that are
   * common in one of the two alone.
   */
  function mistaken(
    between: readonly Neighbours[],
    guesses: readonly LanguageGuess[],
    common: ReadonlyMap<string, Common>,
  ): [string, number][] {
    const said = (lang: string) => guesses.find((guess) => guess.code === lang)?.confidence ?? 0;
    return between.flatMap(({ lang, neighbour, lead }): [string, number][] => {
      const [meant, taken] = lead > 0 ? [lang, neighbour] : [neighbour, lang];
      const words = Math.abs(lead);
      if (words < 1 || words * neighbourShare < (common.get(meant)?.words ?? 0) || said(taken) === 0) return [];
      // Half of it is in a third language, whose words these are as well.
      for (const [lang, { own }] of common) if (lang !== meant && lang !== taken && own >= words) return [];
      return [[meant, Math.max(0, said(taken) - said(meant)) + Math.min(2 * ownLetter.most, words * ownLetter.each)]];
    });
  }

  /**
   * What its common words say for a language. Where the detector has learnt it they only back what it says, and count as far as it is unsure: they
   * are common in neighbours that no pack reads, too. Where it has not they are the one who knows.
   */
  function commonScore(
    lang: string,
    { share, own, words }: Common,
    said: LanguageGuess | undefined,
    script: string,
  ): number {
    const part = Math.min(1, share * commonWeight.share);
    if (said?.code === lang) return part * commonWeight.agreed;
    const doubt = said === undefined ? 1 : 1 - said.confidence;
    if (learnt(lang, script)) return part * doubt * doubt * commonWeight.learnt;
    // The detector takes it for a neighbour; one of another family it would hardly be so sure of.
    const rival = said !== undefined && !listed.has(said.code) ? 1 - said.confidence * commonWeight.rival : 1;
    // One word romanised may be a word of any language.
    const telling = romanised(lang, script) ? Math.max(0, own - 1) : own;
    return Math.min(commonWeight.most, part + (telling / Math.max(4, words)) * commonWeight.own) * rival;
  }

  /** What the script says, or the detector. Nothing when the words have settled it. `scores` are those of the words. */
  function guess(
    text: string,
    script: string,
    share: number,
    letters: number,
    scores: ReadonlyMap<string, number>,
    needed: boolean,
  ): readonly LanguageGuess[] {
    const sole = share >= purely ? soleGuess[script] : undefined;
    if (sole !== undefined) return sole;
    if (letters < least) return noGuess;
    if (letters >= plainWords.letters && scores.size > 0) {
      let [own, others] = [0, 0];
      for (const score of scores.values()) {
        others = Math.max(others, Math.min(own, score));
        own = Math.max(own, score);
      }
      if (own >= plainWords.own && others <= plainWords.others) return noGuess;
    }
    return needed ? detect(text.slice(0, sample)).slice(0, 8) : noGuess;
  }
}

export const round = (x: number): number => Math.round(x * 1000) / 1000;
