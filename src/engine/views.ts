import { disguisable } from './compile.js';
import type { CompiledLexicon } from './compile.js';
import type { createFinder, Found, Hit } from './cues.js';
import type { createEvasion } from './evasion.js';
import type { Reading as LanguageReading } from './language.js';
import type { View } from './normalise.js';
import { createRespeller, respellingOf } from './respell.js';
import type { Respelling } from './respell.js';
import { createShorthand } from './shorthand.js';
import type { WrittenOut } from './shorthand.js';
import { hasUnits } from './words.js';

/** Which coarser alphabets the packs need, and for which of them. */
function respellings(compiled: CompiledLexicon) {
  const all = new Map<Respelling, { langs: Set<string>; script: string }>();
  for (const { lang, scripts } of compiled.packs)
    for (const script of scripts) {
      const how = respellingOf(lang, script);
      if (how === undefined) continue;
      const known = all.get(how) ?? { langs: new Set<string>(), script };
      known.langs.add(lang);
      all.set(how, known);
    }
  return all;
}

/**
 * Makes the finders of what the canonical view does not hold: words spelt in another of the ways their language has, written short, misspelt or disguised.
 * All give their hits in canonical offsets; `found` is told what else they saw.
 */
export function createOtherViews(
  compiled: CompiledLexicon,
  finder: ReturnType<typeof createFinder>,
  evade: ReturnType<typeof createEvasion>,
) {
  const respellingsOf = respellings(compiled);
  const respell = createRespeller();
  const writeOut = createShorthand(compiled);

  /** True for a word of a language whose ordinary words are known. */
  const ordinary = (view: View, start: number, end: number): boolean =>
    compiled.packs.some(({ words }) => words !== undefined && hasUnits(words, view.units, start, end));

  /** Hits of words spelt in another of the ways their language has, where the canonical view did not find them. */
  function respelt(view: View, language: LanguageReading, hits: readonly Hit[], found: Found): Hit[] {
    const list: Hit[] = [];
    const out = writeOut(view, language.active, language.code);
    if (out) list.push(...writtenOut(out, hits, found));
    for (const [how, { langs, script }] of respellingsOf) {
      // Where the sounds contrast in another language of the script the text must be in one of these; mixed talk may hold romanised words.
      const spoken =
        how === 'ethiopic'
          ? language.code === 'und' || langs.has(language.code)
          : [...langs].some((lang) => language.active.has(lang));
      if (script !== language.script || !spoken) continue;
      const other = respell(view, how);
      const own: Found = { inside: [], parts: [], harmless: [], cuts: [], marks: 0 };
      const taken = new Set(hits.map((hit) => `${hit.start}:${hit.end}`));
      /** What is hostile as it is spelt is not read as something else. */
      const settled = new Uint8Array(view.length + 1);
      for (const hit of hits)
        if (hit.readings.some(({ entry }) => disguisable.has(entry.class) && langs.has(entry.lang)))
          settled.fill(1, hit.start, hit.end);
      for (const hit of finder.canonical(other, own)) {
        const start = other.starts[hit.start]!;
        const end = other.starts[hit.end]!;
        if (
          taken.has(`${start}:${end}`) ||
          settled.subarray(start, end).includes(1) ||
          (how === 'romanised' && ordinary(view, start, end))
        )
          continue;
        list.push({ ...hit, start, end });
      }
      for (const part of own.parts)
        found.parts.push({ ...part, start: other.starts[part.start]!, end: other.starts[part.end]! });
      found.marks |= own.marks;
    }
    return list;
  }

  /** Hits of the view in which shortened words are written out, in canonical offsets, where the canonical view did not find them. */
  function writtenOut(view: WrittenOut, hits: readonly Hit[], found: Found): Hit[] {
    const own: Found = { inside: [], parts: [], harmless: [], cuts: [], marks: 0 };
    const taken = new Set(hits.map((hit) => `${hit.start}:${hit.end}`));
    const known = new Set(found.parts.map(({ start, end }) => `${start}:${end}`));
    const list = finder
      .canonical(view, own)
      .map((hit) => ({ ...hit, start: view.starts[hit.start]!, end: view.starts[hit.end]! }))
      .filter(({ start, end }) => end > start && !taken.has(`${start}:${end}`))
      .map((hit) => ({ ...hit, obfuscated: view.slips.some(({ start, end }) => start < hit.end && end > hit.start) }));
    for (const part of own.parts) {
      const [start, end] = [view.starts[part.start]!, view.starts[part.end]!];
      if (!known.has(`${start}:${end}`)) found.parts.push({ ...part, start, end });
    }
    for (const { start, end, named } of own.harmless)
      found.harmless.push({ start: view.starts[start]!, end: view.starts[end]!, named });
    found.cuts.push(...view.cuts);
    found.marks |= own.marks;
    return list;
  }

  /** From an offset in the text to the place in the canonical view. */
  const placeIn = (view: View) => (offset: number) => {
    let lo = 0;
    let hi = view.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (view.starts[mid]! < offset) lo = mid + 1;
      else hi = mid;
    }
    return lo;
  };
  const withoutSpace = (view: View, end: number) => (view.units[end - 1] === 0x20 ? end - 1 : end);

  /** Hits of the evasion view, in canonical offsets, where the canonical view found nothing. */
  function disguised(view: View, hits: readonly Hit[]): Hit[] {
    const other = evade(view);
    const taken = new Set(hits.map((hit) => `${hit.start}:${hit.end}`));
    const toCanonical = placeIn(view);
    return finder
      .evasion(other)
      .map((hit) => ({
        ...hit,
        start: toCanonical(other.starts[hit.start]!),
        end: withoutSpace(view, toCanonical(other.starts[hit.end]!)),
      }))
      .filter((hit) => hit.end > hit.start && !taken.has(`${hit.start}:${hit.end}`));
  }

  /** Expressions of several words with digits for letters or letters set apart ("m0rte aos", "d e a t h to"): of disguised words the tables of that view hold single ones only. */
  function decoded(view: View, hits: readonly Hit[], found: Found): Hit[] {
    const other = evade(view, true);
    const taken = new Set(hits.map((hit) => `${hit.start}:${hit.end}`));
    const toCanonical = placeIn(view);
    const own: Found = { inside: [], parts: [], harmless: [], cuts: [], marks: 0 };
    const list: Hit[] = [];
    for (const hit of finder.canonical(other, own)) {
      const start = toCanonical(other.starts[hit.start]!);
      const end = withoutSpace(view, toCanonical(other.starts[hit.end]!));
      if (end > start && other.units.subarray(hit.start, hit.end).includes(0x20) && !taken.has(`${start}:${end}`))
        list.push({ ...hit, start, end, obfuscated: true });
    }
    const known = new Set(found.parts.map(({ start, end }) => `${start}:${end}`));
    for (const part of own.parts) {
      const start = toCanonical(other.starts[part.start]!);
      const end = withoutSpace(view, toCanonical(other.starts[part.end]!));
      if (end > start && !known.has(`${start}:${end}`)) found.parts.push({ ...part, start, end });
    }
    found.marks |= own.marks;
    return list;
  }

  return { respelt, disguised, decoded };
}
