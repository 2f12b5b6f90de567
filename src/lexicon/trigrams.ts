import { francAll } from 'franc';
import { data } from 'franc/data.js';
import { expressions } from 'franc/expressions.js';
import { isSpace } from './lid.js';

/**
 * franc's ranking of languages, from franc's own trigrams, number for number as `francAll` gives it, many times as fast: franc looks every
 * trigram of a text up in the table of every language; here a trigram leads to the languages that have it. `most`: how many of the best are wanted.
 */
export type Rank = (text: string, only?: readonly string[], most?: number) => [lang: string, score: number][];

const longest = 2048;
const shortest = 6;
/** What a trigram adds to the distance of a language that lacks it. */
const absent = 300;
const unmet = 255;

/** The trigrams of the languages of one script: an open table of their units, and the languages and ranks each leads to. */
interface Index {
  langs: string[];
  mask: number;
  slots: Int32Array;
  head: Int32Array;
  last: Uint16Array;
  first: Int32Array;
  lang: Uint16Array;
  rank: Uint16Array;
}

const hashOf = (head: number, last: number): number => {
  const h = Math.imul(head ^ Math.imul(last, 0x9e3779b1), 0x85ebca6b);
  return h ^ (h >>> 15);
};
const headOf = (text: string, at: number): number => (text.charCodeAt(at) << 16) | text.charCodeAt(at + 1);

function indexOf(models: Record<string, string>): Index {
  const langs = Object.keys(models);
  const ranks = new Map<string, [lang: number, rank: number][]>();
  langs.forEach((lang, l) =>
    models[lang]!.split('|').forEach((trigram, rank) => {
      const list = ranks.get(trigram);
      if (list) list.push([l, rank]);
      else ranks.set(trigram, [[l, rank]]);
    }),
  );
  let capacity = 1024;
  while (capacity < ranks.size * 3) capacity *= 2;
  const entries = [...ranks.values()].reduce((sum, list) => sum + list.length, 0);
  const index: Index = {
    langs,
    mask: capacity - 1,
    slots: new Int32Array(capacity).fill(-1),
    head: new Int32Array(ranks.size),
    last: new Uint16Array(ranks.size),
    first: new Int32Array(ranks.size + 1),
    lang: new Uint16Array(entries),
    rank: new Uint16Array(entries),
  };
  let id = 0;
  let n = 0;
  for (const [trigram, list] of ranks) {
    index.head[id] = headOf(trigram, 0);
    index.last[id] = trigram.charCodeAt(2);
    let slot = hashOf(index.head[id]!, index.last[id]!) & index.mask;
    while (index.slots[slot] !== -1) slot = (slot + 1) & index.mask;
    index.slots[slot] = id;
    for (const [lang, rank] of list) {
      index.lang[n] = lang;
      index.rank[n++] = rank;
    }
    index.first[++id] = n;
  }
  return index;
}

/** Opens franc's tables; each script's when a text first needs it. */
export function openTrigrams(): Rank {
  const names = Object.keys(expressions);
  const tests = names.map((name) => new RegExp(expressions[name]!.source));
  /** Per unit which expressions it fits, as an index into `lists`; filled as units are met. */
  const fits = new Uint8Array(65_536).fill(unmet);
  const lists: number[][] = [];
  const sets = new Map<string, number>();
  const indexes = new Map<string, Index>();
  const counts = new Int32Array(names.length);
  // The distinct trigrams of the text at hand.
  const width = 8192;
  const slots = new Int16Array(width).fill(-1);
  const used = new Int32Array(longest * 3);
  const heads = new Int32Array(longest * 3);
  const lasts = new Uint16Array(longest * 3);
  const times = new Uint16Array(longest * 3);
  let nearness = new Int32Array(512);
  let clean = new Uint16Array(longest * 2);

  /** The expression that most units fit. */
  function topScript(text: string): string {
    counts.fill(0);
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      let set = fits[unit]!;
      if (set === unmet || (unit >= 0xd800 && unit <= 0xdfff)) {
        const character = String.fromCodePoint(text.codePointAt(i)!);
        i += character.length - 1;
        const key = tests.map((test) => (test.test(character) ? '1' : '0')).join('');
        if (!sets.has(key)) {
          sets.set(key, lists.length);
          lists.push(tests.flatMap((_, k) => (key[k] === '1' ? [k] : [])));
        }
        set = sets.get(key)!;
        if (character.length === 1) fits[unit] = set;
      }
      const list = lists[set]!;
      for (let k = 0; k < list.length; k++) counts[list[k]!]!++;
    }
    let top = 0;
    for (let k = 1; k < names.length; k++) if (counts[k]! > counts[top]!) top = k;
    return names[top]!;
  }

  /** Cleans a text as franc does (no signs, single spaces, one at either end, lower case) and collects its trigrams. */
  function distinct(text: string): number {
    const lower = text.toLowerCase();
    if (clean.length < lower.length + 2) clean = new Uint16Array(lower.length * 2);
    let length = 0;
    clean[length++] = 0x20;
    for (let i = 0; i < lower.length; i++) {
      const unit = lower.charCodeAt(i);
      if (unit > 0x40 && (unit < 0xa0 || !isSpace(unit))) clean[length++] = unit;
      else if (unit >= 0x20 || isSpace(unit)) {
        if (clean[length - 1] !== 0x20) clean[length++] = 0x20;
      } else clean[length++] = unit;
    }
    if (clean[length - 1] !== 0x20 || length === 1) clean[length++] = 0x20;
    let n = 0;
    for (let i = 0; i + 2 < length; i++) {
      const head = (clean[i]! << 16) | clean[i + 1]!;
      const last = clean[i + 2]!;
      let slot = hashOf(head, last) & (width - 1);
      let at = slots[slot]!;
      while (at !== -1 && (heads[at] !== head || lasts[at] !== last)) {
        slot = (slot + 1) & (width - 1);
        at = slots[slot]!;
      }
      if (at === -1) {
        slots[slot] = n;
        used[n] = slot;
        heads[n] = head;
        lasts[n] = last;
        times[n++] = 1;
      } else times[at]!++;
    }
    for (let i = 0; i < n; i++) slots[used[i]!] = -1;
    return n;
  }

  return (text, only, wanted = Number.POSITIVE_INFINITY) => {
    const value = text.slice(0, longest);
    if (value.length < shortest) return [['und', 1]];
    const script = topScript(value);
    const models = data[script];
    if (!models) return francAll(value, { minLength: shortest, ...(only && { only: [...only] }) });
    let index = indexes.get(script);
    if (!index) indexes.set(script, (index = indexOf(models)));
    const { langs, mask, first, lang, rank } = index;
    if (nearness.length < langs.length) nearness = new Int32Array(langs.length);
    nearness.fill(0, 0, langs.length);
    const count = distinct(value);
    for (let i = 0; i < count; i++) {
      let slot = hashOf(heads[i]!, lasts[i]!) & mask;
      let id = index.slots[slot]!;
      while (id !== -1 && (index.head[id] !== heads[i] || index.last[id] !== lasts[i])) {
        slot = (slot + 1) & mask;
        id = index.slots[slot]!;
      }
      if (id === -1) continue;
      for (let k = first[id]!; k < first[id + 1]!; k++)
        nearness[lang[k]!]! += absent - Math.abs(times[i]! - rank[k]! - 1);
    }
    const ranked: [string, number][] = [];
    for (let l = 0; l < langs.length; l++) {
      if (only && !only.includes(langs[l]!)) continue;
      const distance = count * absent - nearness[l]!;
      if (ranked.length >= wanted) {
        if (distance >= ranked.at(-1)![1]) continue;
        ranked.pop();
      }
      let at = ranked.length;
      while (at > 0 && ranked[at - 1]![1] > distance) at--;
      ranked.splice(at, 0, [langs[l]!, distance]);
    }
    if (ranked.length === 0) return [['und', 1]];
    const least = ranked[0]![1];
    const most = value.length * absent - least;
    for (const one of ranked) one[1] = 1 - (one[1] - least) / most || 0;
    return ranked;
  };
}
