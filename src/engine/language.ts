import type { CompiledLexicon } from './compile.js';
import type { Hit } from './cues.js';
import type { View } from './normalise.js';
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
  /** What the detector said; empty when the text was too short to ask it. */
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

export function scriptOf(unit: number): string {
  let lo = 0;
  let hi = blocks.length - 1;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (blocks[mid]![0] < unit) lo = mid + 1;
    else hi = mid;
  }
  return blocks[lo]![1];
}

/** The script most letters are in, over at most the first 2,000 units; `Zyyy` when there are none. */
export function dominantScript(view: View): { script: string; letters: number } {
  const counts = new Map<string, number>();
  let letters = 0;
  const end = Math.min(view.length, 2_000);
  for (let i = 0; i < end; i++) {
    const script = scriptOf(view.units[i]!);
    if (script === '') continue;
    letters++;
    counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  let best = 'Zyyy';
  for (const [script, count] of counts) if (count > (counts.get(best) ?? 0)) best = script;
  return { script: best, letters };
}

const sample = 600;
/** Letters below which a text is too short for a sure answer. */
const short = 30;

/**
 * Decides the language from three witnesses: the grammar words of the packs found in the text, the injected detector (when the
 * text is long enough for it), and the sender's hint. `und` when none is convincing.
 */
export function identify(
  text: string,
  view: View,
  hits: readonly Hit[],
  compiled: CompiledLexicon,
  detect: Detect,
  context: Context,
): Reading {
  const { script, letters } = dominantScript(view);
  const known = compiled.packs.filter((pack) => pack.scripts.includes(script)).map((pack) => pack.lang);
  const votes = new Map<string, number>();
  for (const hit of hits) {
    // Names of groups are the same in many languages, and signs in all: they are no witnesses.
    const langs = new Set(hit.readings.filter((r) => r.entry.class !== 'group_term').map((r) => r.entry.lang));
    if (langs.size === 0 || (view.units[hit.start]! >= 0xd800 && view.units[hit.start]! <= 0xdfff)) continue;
    const share = (hit.end - hit.start) / langs.size;
    for (const lang of langs) votes.set(lang, (votes.get(lang) ?? 0) + share);
  }
  const scores = new Map<string, number>();
  for (const [lang, vote] of votes) scores.set(lang, Math.min(1, (1.6 * vote) / Math.max(8, letters)));
  const guesses = letters >= 8 ? detect(text.slice(0, sample)).slice(0, 8) : [];
  if (letters >= 8) {
    const weight = Math.min(1, letters / 60);
    for (const guess of guesses) scores.set(guess.code, (scores.get(guess.code) ?? 0) + guess.confidence * weight);
    // Several packs know words of it and the detector names none of them: let it choose between these.
    const rivals = [...votes.keys()].filter((lang) => known.includes(lang)).sort();
    if (rivals.length > 1 && !rivals.includes(guesses[0]?.code ?? ''))
      for (const guess of detect(text.slice(0, sample), rivals))
        scores.set(guess.code, (scores.get(guess.code) ?? 0) + guess.confidence * 0.25);
  }
  if (context.language) scores.set(context.language, (scores.get(context.language) ?? 0) + 0.35);
  const ranked = [...scores].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const best = ranked[0];
  const total = ranked.slice(0, 5).reduce((sum, [, score]) => sum + score, 0);
  const sure = best && best[1] >= 0.18;
  const confidence = sure ? Math.min(0.99, best[1] / Math.max(total, 1e-9)) : 0;
  const active = new Set<string>();
  // A few words say little about their language: whatever else they may be is read too.
  const near = letters < short ? 0.2 : 0.45;
  for (const [lang, score] of ranked)
    if (known.includes(lang) && (score >= near * (best?.[1] ?? 0) || lang === context.language)) active.add(lang);
  // A detector is often wrong on a few words: a short text is read by every pack that knows some of it.
  if (active.size === 0 && (!sure || letters < 60))
    for (const lang of known) if (!sure || votes.has(lang)) active.add(lang);
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
}

export const round = (x: number): number => Math.round(x * 1000) / 1000;
