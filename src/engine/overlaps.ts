import { firstBy } from './cues.js';
import type { Hit } from './cues.js';
import type { Reading as LanguageReading } from './language.js';
import type { Reading } from './readings.js';
import type { CueClass } from './types.js';

// Which of the known words that overlap in a text are kept.

/** Classes that speak of an atrocity: whoever it struck may be named inside the expression. */
const ofEvents: ReadonlySet<CueClass> = new Set(['atrocity_event', 'denial', 'justification', 'glorification']);

/** Classes whose expressions may hold those they are about: "rape all the women", "burn the mosque". */
export const holding: ReadonlySet<CueClass> = new Set(['sexual_violence_predicate', 'property_destruction_predicate']);

/** What an insult is made of beside the name of those it is for. */
const insulting: ReadonlySet<CueClass> = new Set(['derogatory_attribute', 'dehumanising_noun', 'profanity']);

/** A slur that may not attack by itself, or not on the word of its pack alone. */
const weak = ({ entry }: Reading): boolean =>
  (entry.class === 'slur' || entry.class === 'coded_term') && (entry.standalone !== true || entry.unverified === true);

/**
 * "lazy G" may be listed as a slur that is none in every sentence; whoever says it still calls a G lazy. Such an expression gives way to the name and the
 * insult that it is made of.
 */
function withoutTransparent(hits: readonly Hit[]): readonly Hit[] {
  const isWeak = (hit: Hit) => hit.end - hit.start > 3 && hit.readings.length > 0 && hit.readings.every(weak);
  if (!hits.some(isWeak)) return hits;
  const byStart = [...hits].sort((a, b) => a.start - b.start);
  const transparent = (hit: Hit): boolean => {
    let named = false;
    let insulted = false;
    for (let i = firstBy(byStart, (other) => other.start >= hit.start); i < byStart.length; i++) {
      const other = byStart[i]!;
      if (other.start >= hit.end) break;
      if (other.end > hit.end || other.end - other.start === hit.end - hit.start) continue;
      named ||= other.readings.some(({ entry }) => entry.class === 'group_term');
      insulted ||= other.readings.some(({ entry }) => insulting.has(entry.class));
    }
    return named && insulted;
  };
  return hits.filter((hit) => !isWeak(hit) || !transparent(hit));
}

/** What is read in every language, whatever the text is in. */
const read: ReadonlySet<CueClass> = new Set(['group_term', 'slur', 'coded_term', 'event_code']);

/**
 * "have to deport" in an English text is "have to" and "deport", though a neighbouring language writes "to deport": an expression of another language
 * that cuts one of the text's own in two gives way to it, unless the text may as well be in that one.
 */
function withoutCrossing(
  hits: readonly Hit[],
  length: number,
  { code: own, confidence, alternatives }: LanguageReading,
) {
  const likely = new Set(alternatives.filter((other) => other.confidence * 1.5 > confidence).map(({ code }) => code));
  const foreign = (hit: Hit) =>
    hit.readings.every(({ entry }) => entry.lang !== own && !likely.has(entry.lang) && !read.has(entry.class));
  if (!hits.some((hit) => hit.end - hit.start > 1 && foreign(hit))) return hits;
  // For each place inside an own expression, how far such expressions reach at least, and where the last of them began.
  const ends = new Int32Array(length + 1).fill(length + 1);
  const starts = new Int32Array(length + 1).fill(-1);
  for (const { start, end, readings } of hits) {
    if (!readings.some(({ entry }) => entry.lang === own)) continue;
    for (let at = start + 1; at < end; at++) {
      if (end < ends[at]!) ends[at] = end;
      if (start > starts[at]!) starts[at] = start;
    }
  }
  return hits.filter((hit) => !foreign(hit) || !(ends[hit.start]! < hit.end || starts[hit.end]! > hit.start));
}

/**
 * Where hits overlap the longest wins; of equally long ones all readings are kept. `length` is the view's, `language` what the text is in. A shorter hit that
 * overlaps a longer one has one of its ends inside it, so two look-ups decide and the whole is linear after the sort.
 */
export function resolveOverlaps(all: readonly Hit[], length: number, language: LanguageReading): Hit[] {
  const hits = withoutTransparent(withoutCrossing(all, length, language));
  const sorted = [...hits].sort(
    (a, b) => b.end - b.start - (a.end - a.start) || Number(a.obfuscated) - Number(b.obfuscated) || a.start - b.start,
  );
  const owner = new Int32Array(length).fill(-1);
  const kept: Hit[] = [];
  for (const hit of sorted) {
    const first = owner[hit.start]!;
    const last = owner[hit.end - 1]!;
    if (first >= 0 && first === last) {
      const same = kept[first]!;
      if (same.start === hit.start && same.end === hit.end && (!hit.obfuscated || same.obfuscated))
        same.readings = [
          ...same.readings,
          ...hit.readings.filter((r) => !same.readings.some((k) => k.entry.id === r.entry.id)),
        ];
      continue;
    }
    if (first >= 0 || last >= 0) continue;
    owner.fill(kept.length, hit.start, hit.end);
    kept.push({ ...hit });
  }
  for (const hit of hits) {
    const outer = kept[owner[hit.start]!];
    if (
      !outer ||
      outer.end - outer.start <= hit.end - hit.start ||
      !outer.readings.some((r) => ofEvents.has(r.entry.class) || holding.has(r.entry.class))
    )
      continue;
    const named = hit.readings
      .filter(
        (r) =>
          r.entry.class === 'group_term' ||
          r.entry.class === 'atrocity_event' ||
          r.entry.class === 'coded_term' ||
          r.entry.class === 'object_noun',
      )
      .flatMap((r) => r.entry.targets ?? []);
    if (named.length > 0) outer.inner = [...new Set([...(outer.inner ?? []), ...named])];
  }
  return kept.sort((a, b) => a.start - b.start);
}
