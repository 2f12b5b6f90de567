import { marks } from './compile.js';
import type { CompiledLexicon } from './compile.js';
import { firstBy } from './cues.js';
import type { Cue, Part } from './cues.js';
import type { Dictionary } from './dictionary.js';
import type { Reading } from './readings.js';
import type { Structure } from './structure.js';
import type { CueClass } from './types.js';

/** Signs behind which another clause begins. */
const commas: ReadonlySet<string> = new Set([',', '،', '、', '-']);

/** Classes of expressions that take the edge off what their parts would say. */
const disarming: ReadonlySet<CueClass> = new Set(['counter_speech']);

/** Most words between the two parts: "throw the whole rotten lot of them back". */
const widest = 7;

/**
 * Finds verbs whose second part stands behind their object ("ship them all back") and puts them among the cues, in order. Where a cue
 * already stands on the first part, the verb becomes one of its readings. Linear: a part looks only a few words ahead.
 */
export function createTwoPart(compiled: CompiledLexicon, dictionary: Dictionary) {
  const { pairs, facts } = compiled;
  /** Second parts with choices have numbers behind those of all patterns. */
  const hasChoices = (pattern: number): boolean => pattern >= facts.length;
  /** Second parts that begin with a comma or a dash, and so in the next clause: "if it weren't for …, we'd be better off". */
  const beyond = new Map<number, boolean>();
  const crosses = (pattern: number): boolean => {
    if (hasChoices(pattern)) return false;
    let known = beyond.get(pattern);
    if (known === undefined) beyond.set(pattern, (known = commas.has(dictionary.textOf(pattern)[0]!)));
    return known;
  };

  return (cues: Cue[], parts: readonly Part[], s: Structure, languages: ReadonlySet<string>): Cue[] => {
    const tails = parts
      .filter(({ pattern }) => hasChoices(pattern) || (facts[pattern]! & marks.tail) !== 0)
      .sort((a, b) => a.start - b.start || b.end - a.end);
    if (tails.length === 0) return cues;
    const added: Cue[] = [];
    const dropped = new Set<Cue>();
    for (const head of parts) {
      if (hasChoices(head.pattern) || (facts[head.pattern]! & marks.head) === 0) continue;
      const first = firstAt(s.starts, head.start);
      const after = firstAt(s.starts, head.end);
      const limit = s.ends[Math.min(after + widest, s.ends.length - 1)] ?? 0;
      const near: Part[] = [];
      for (let i = firstBy(tails, (part) => part.start >= head.end); i < tails.length && tails[i]!.start < limit; i++)
        near.push(tails[i]!);
      const found = near.length > 0 ? pairOf(head, near, first, after, s, languages) : undefined;
      if (!found) continue;
      const at = firstBy(cues, (cue) => cue.to > first);
      const same = cues[at] && cues[at].from < after ? cues[at] : undefined;
      // A longer known expression says more than the verb's first part alone.
      if (same && (same.from < first || same.to > after)) continue;
      // "why can't … just leave": what is denied inside the first part belongs to the expression.
      const longer = same !== undefined && same.to < after;
      if (longer)
        for (let i = at; i < cues.length && cues[i]!.from < after; i++) if (cues[i]!.to <= after) dropped.add(cues[i]!);
      if (same && !longer) {
        // "don't want … to be afraid": the whole says the contrary of its first part.
        same.readings = found.readings.some(({ entry }) => disarming.has(entry.class))
          ? found.readings
          : [...same.readings, ...found.readings];
        same.tail ??= found.tail;
      } else if (added.at(-1)?.from !== first)
        added.push({
          start: head.start,
          end: head.end,
          readings: found.readings,
          obfuscated: false,
          sign: false,
          from: first,
          to: after,
          tail: found.tail,
        });
    }
    if (added.length === 0) return cues;
    const kept = dropped.size === 0 ? cues : cues.filter((cue) => !dropped.has(cue));
    return [...kept, ...added].sort((a, b) => a.start - b.start || a.end - b.end);
  };

  function inSet(set: number, pattern: number): boolean {
    let lo = pairs.begin[set]!;
    let hi = pairs.begin[set + 1]!;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (pairs.tail[mid]! < pattern) lo = mid + 1;
      else hi = mid;
    }
    return lo < pairs.begin[set + 1]! && pairs.tail[lo] === pattern;
  }

  /** The nearest second part of the head's that stands in the same clause; of several that begin together the longest. */
  function pairOf(
    head: Part,
    near: readonly Part[],
    first: number,
    after: number,
    s: Structure,
    languages: ReadonlySet<string>,
  ): { readings: Reading[]; tail: NonNullable<Cue['tail']> } | undefined {
    const readings: Reading[] = [];
    let best: Part | undefined;
    for (const tail of near) {
      // The same words may be the second part of several forms.
      if (best && (tail.start !== best.start || tail.end !== best.end)) break;
      const from = firstAt(s.starts, tail.start);
      // The first part may itself reach into the next clause: "wen juckt es, wenn …".
      const clauses = s.clause[from]! - s.clause[after - 1]!;
      if (
        clauses !== (crosses(tail.pattern) ? 1 : 0) ||
        from - after > widest ||
        s.sentence[from] !== s.sentence[first]
      )
        continue;
      for (let pair = pairs.first[head.pattern]!; pair < pairs.first[head.pattern + 1]!; pair++) {
        if (!inSet(pairs.set[pair]!, tail.pattern)) continue;
        const entry = dictionary.entry(pairs.entry[pair]!);
        if (languages.has(entry.lang) && !readings.some((known) => known.entry === entry))
          readings.push({ entry, features: dictionary.features(pairs.features[pair]!) });
      }
      if (readings.length > 0) best = tail;
    }
    return (
      best && {
        readings,
        tail: {
          start: best.start,
          end: best.end,
          from: firstAt(s.starts, best.start),
          to: firstAt(s.starts, best.end),
        },
      }
    );
  }
}

const firstAt = (starts: readonly number[], offset: number): number => firstBy(starts, (start) => start >= offset);
