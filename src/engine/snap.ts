import type { Span } from './types.js';

const simple = (unit: number) => unit < 0x300 && unit !== 0x0d;

/**
 * Widens a span so that it splits no grapheme cluster and no surrogate pair. The segmenter looks only at a window around an end
 * that is not plainly simple, so the cost does not grow with the text.
 */
export function snap(text: string, start: number, end: number): Span {
  return { start: boundary(text, start, -1), end: boundary(text, end, 1) };
}

let segmenter: Intl.Segmenter | undefined;

function boundary(text: string, at: number, direction: 1 | -1): number {
  if (at <= 0 || at >= text.length) return Math.max(0, Math.min(at, text.length));
  if (simple(text.charCodeAt(at - 1)) && simple(text.charCodeAt(at))) return at;
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
