import { dots, isMasked, roleOf } from './roles.js';
import type { EvidenceWire, FindingWire, Mask, Role } from './roles.js';

export interface Segment {
  start: number;
  text: string;
  /** Absent: plain text. */
  role?: Role;
  masked: boolean;
  /** Class of the evidence that decided the role. */
  kind?: EvidenceWire['class'];
}

const rank: Record<Role, number> = { cue: 0, target: 1, attack: 2 };

/** Cuts a text at the borders of its evidence. Where evidence overlaps, the attack shows before the target and the cue. */
export function segments(text: string, findings: readonly FindingWire[], mask: Mask): Segment[] {
  const evidence = findings
    .flatMap((finding) => finding.evidence)
    .filter(({ start, end }) => start >= 0 && start < end && end <= text.length);
  const cuts = [...new Set([0, text.length, ...evidence.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(0, -1).map((start, at): Segment => {
    const end = cuts[at + 1]!;
    const here = evidence.filter((piece) => piece.start <= start && piece.end >= end);
    const strongest = here.toSorted((a, b) => rank[roleOf(b)] - rank[roleOf(a)])[0];
    const masked = here.some((piece) => isMasked(piece, mask));
    return {
      start,
      text: text.slice(start, end),
      masked,
      ...(strongest && { role: roleOf(strongest), kind: strongest.class }),
    };
  });
}

/** The first words: segments up to about `length` UTF-16 units, cut between words. */
export function firstWords(all: readonly Segment[], length: number): Segment[] {
  const result: Segment[] = [];
  let left = length;
  for (const segment of all) {
    if (segment.text.length <= left) {
      result.push(segment);
      left -= segment.text.length;
      continue;
    }
    const space = segment.text.lastIndexOf(' ', left);
    const graphemes = Array.from(
      new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(segment.text.slice(0, left + 12)),
    );
    const whole = graphemes.findLast((grapheme) => grapheme.index <= left)?.index ?? 0;
    result.push({ ...segment, text: `${segment.text.slice(0, space > 0 ? space : whole)}…` });
    break;
  }
  return result;
}

/** A sentence about a text, with the words that are hidden in the text hidden in the sentence too. */
export function hideWords(sentence: string, findings: readonly FindingWire[], mask: Mask): string {
  const words = findings
    .flatMap((finding) => finding.evidence)
    .filter((evidence) => isMasked(evidence, mask))
    .flatMap((evidence) => [evidence.text, evidence.term ?? '']);
  return words
    .filter((word) => word !== '')
    .toSorted((a, b) => b.length - a.length)
    .reduce((result, word) => result.replaceAll(word, dots(word)), sentence);
}
