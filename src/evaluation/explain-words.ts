import { printable } from './printable.js';

export type Tone = 'title' | 'soft' | 'bad' | 'warn' | 'good';
/** Gives a text its tone: colours on a terminal, nothing elsewhere. */
export type Paint = (tone: Tone, text: string) => string;

/** English names beside ids. */
export interface Names {
  group: (id: string) => string;
  category: (id: string) => string;
}

export const wholePercent = (share: number): string => `${Math.round(share * 100)} %`;
export const quoted = (text: string): string => `“${printable(text)}”`;
export const none = '–';
export const listed = (parts: readonly string[]): string => parts.join(', ') || none;
