import type { CompiledLexicon } from './compile.js';
import { firstBy, firstFrom } from './cues.js';
import type { Cue } from './cues.js';
import type { Ref } from './ref.js';
import type { Structure } from './structure.js';
import type { Context, Grammar } from './types.js';

/** Everything the composing stages look at. */
export interface Scene {
  cues: readonly Cue[];
  refs: readonly Ref[];
  s: Structure;
  compiled: CompiledLexicon;
  context: Context;
}

/** The grammar of the pack a cue comes from; of a sign, which all languages have, that of the word nearest to it. */
export function grammarOf(cue: Cue, scene: Scene): Grammar {
  const { lang } = (cue.sign ? (wordBeside(cue, scene) ?? cue) : cue).readings[0]!.entry;
  return scene.compiled.packs.find((pack) => pack.lang === lang)!.grammar;
}

/** How many signs may stand between a sign and the word that has its grammar. */
const signs = 16;

function wordBeside(sign: Cue, { cues }: Scene): Cue | undefined {
  const at = firstAt(cues, sign.start);
  for (let k = 1; k <= signs; k++)
    for (const other of [cues[at - k], cues[at + k]]) if (other && !other.sign) return other;
  return undefined;
}

/** No sentence says anything of what stands so many words away: what lies farther is not looked at. */
const sight = 64;
/** A text of so many words is read whole. */
const short = 240;
/** Cues looked at on either side: words written without spaces are one token, however many they are. */
const company = 2 * sight;

const firstAt = (cues: readonly Cue[], start: number): number => firstBy(cues, (other) => other.start >= start);

/** The scene as seen from a cue: long texts are read a stretch at a time, so that time grows with their length and no faster. */
export function around(scene: Scene, cue: Cue): Scene {
  if (scene.s.starts.length <= short && scene.cues.length <= 2 * company) return scene;
  const [from, to] = [cue.from - sight, cue.to + sight];
  const at = firstAt(scene.cues, cue.start);
  const cues = scene.cues.slice(
    Math.max(firstFrom(scene.cues, from), at - company),
    Math.min(firstFrom(scene.cues, to), at + company),
  );
  // By units: words written without spaces are one token.
  const named = scene.refs.slice(
    firstBy(scene.refs, (ref) => ref.cue.start >= cues[0]!.start),
    firstBy(scene.refs, (ref) => ref.cue.start > cues.at(-1)!.start),
  );
  return { ...scene, cues, refs: named };
}

/** The first token of a sentence. */
export function firstTokenOf({ sentence }: Structure, wanted: number): number {
  let lo = 0;
  let hi = sentence.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (sentence[mid]! < wanted) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

/** True for what stands first in its clause. */
export const opensClause = ({ from }: { from: number }, { s }: Scene): boolean =>
  from === 0 || s.clause[from - 1] !== s.clause[from];

/** The first token of the clause in which something stands. */
export function clauseStart({ from }: { from: number }, { s }: Scene): number {
  let first = from;
  while (first > 0 && s.clause[first - 1] === s.clause[from]) first--;
  return first;
}

/** Cues wholly between two token positions. */
export function between({ cues }: Scene, from: number, to: number): Cue[] {
  const list: Cue[] = [];
  for (let i = firstFrom(cues, from); i < cues.length && cues[i]!.from <= to; i++)
    if (cues[i]!.to <= to && cues[i]!.to > cues[i]!.from) list.push(cues[i]!);
  return list;
}

/** How many of the tokens between two positions that no cue covers are counted. */
function uncovered(scene: Scene, from: number, to: number, counted: (token: number) => boolean): number {
  const covered = between(scene, from, to);
  let count = 0;
  let next = 0;
  let upTo = 0;
  for (let token = from; token < to; token++) {
    while (next < covered.length && covered[next]!.from <= token) upTo = Math.max(upTo, covered[next++]!.to);
    if (token >= upTo && counted(token)) count++;
  }
  return count;
}

/** Words between two positions that no cue covers. Short ones (articles, prepositions) do not count: they part nothing. */
export function unknownBetween(scene: Scene, from: number, to: number): number {
  const { starts, ends } = scene.s;
  return uncovered(scene, from, to, (token) => ends[token]! - starts[token]! > 3);
}

/** A word that no pack knows stands between two positions of a script without spaces, where short ones are words too. */
export function strangerBetween(scene: Scene, from: number, to: number): boolean {
  const { starts, ends, dense } = scene.s;
  return uncovered(scene, from, to, (token) => dense[token]! && ends[token]! - starts[token]! >= 2) > 0;
}

export const eligible = (ref: Ref) => ref.kind !== 'self' && ref.certainty >= 0.5;
