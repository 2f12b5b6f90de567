import type { Span } from './types.js';

/**
 * Widens a span so that it splits no grapheme cluster and no surrogate pair. The segmenter looks only at a window around an end
 * that is not plainly simple, so the cost does not grow with the text.
 */
export function snap(text: string, start: number, end: number): Span {
  return { start: boundary(text, start, -1), end: boundary(text, end, 1) };
}

/**
 * Letters that join nothing before or behind them (Grapheme_Cluster_Break "Other", no Indic consonant, no pictograph), as ranges of units. The
 * segmenter is dear, and between two of these, or between one and a space, there is always a boundary (UAX 29, GB999).
 */
const ranges: readonly (readonly [number, number])[] = [
  [0x0e, 0xa8],
  [0xaa, 0xac],
  [0xaf, 0x2ff],
  [0x370, 0x482],
  [0x48a, 0x58a],
  [0x5d0, 0x5f4],
  [0x606, 0x60f],
  [0x61e, 0x64a],
  [0x660, 0x66f],
  [0x671, 0x6d5],
  [0x6ee, 0x6ff],
  [0x10a0, 0x10ff],
  [0x1200, 0x135c],
  [0x1360, 0x1399],
  [0x1e00, 0x1fff],
  [0x3041, 0x3096],
  [0x30a0, 0x30ff],
  [0x3400, 0x9fff],
];
/** Letters that nothing before them joins unless it is a mark: they may begin a cluster only behind plain ones. */
const starters: readonly (readonly [number, number])[] = [
  ...[0x900, 0x980, 0xa00, 0xa80, 0xb00, 0xb80, 0xc00, 0xc80].map((block) => [block + 5, block + 0x39] as const),
  [0xe01, 0xe30],
  [0x1000, 0x102a],
  [0x1780, 0x17b3],
  [0xac00, 0xd7a3],
];
/** Joins what follows: nothing is plainly simple behind it. */
const prepends = (unit: number) =>
  unit === 0x0d ||
  unit === 0x200d ||
  (unit >= 0x600 && unit <= 0x605) ||
  unit === 0x6dd ||
  unit === 0x70f ||
  unit === 0x890 ||
  unit === 0x891 ||
  unit === 0x8e2 ||
  unit === 0xd4e ||
  (unit >= 0x1100 && unit <= 0x11ff) ||
  (unit >= 0xa960 && unit <= 0xa97f) ||
  (unit >= 0xd800 && unit <= 0xdfff);

const plain = 1;
const starter = 2;
const kindOf = new Uint8Array(65_536);
for (const [from, to] of ranges) kindOf.fill(plain, from, to + 1);
for (const [from, to] of starters) kindOf.fill(starter, from, to + 1);

let segmenter: Intl.Segmenter | undefined;

function boundary(text: string, at: number, direction: 1 | -1): number {
  if (at <= 0 || at >= text.length) return Math.max(0, Math.min(at, text.length));
  const before = text.charCodeAt(at - 1);
  const after = kindOf[text.charCodeAt(at)]!;
  if (after === plain ? !prepends(before) : after === starter && kindOf[before] === plain) return at;
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  const from = Math.max(0, at - 64);
  const window = text.slice(from, at + 64);
  for (const { index, segment } of segmenter.segment(window)) {
    const a = from + index;
    const b = a + segment.length;
    if (a === at) return at;
    if (a < at && b > at) return direction < 0 ? a : Math.min(b, text.length);
  }
  return at;
}
