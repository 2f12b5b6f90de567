import { groupOf } from './groups.js';
import { has, is } from './cues.js';
import type { Cue } from './cues.js';
import { firstFrom } from './cues.js';
import type { Structure } from './structure.js';
import type { CompiledLexicon } from './compile.js';
import type { Context, CueClass, TargetVia } from './types.js';

export type RefKind = 'protected' | 'function' | 'nonprotected' | 'individual' | 'object' | 'self' | 'pronoun' | 'you';

/** Somebody or something that is spoken of. */
export interface Ref {
  kind: RefKind;
  /** Group ids; for a pronoun those of its antecedent, for a thing those whose it is as everybody knows: a mosque. */
  groups: string[];
  functions: string[];
  via: TargetVia;
  cue: Cue;
  /** Cues that belong to the name: "people" in "black people". */
  parts: Cue[];
  from: number;
  to: number;
  /** A slur, which attacks by itself. */
  slur: boolean;
  singular: boolean;
  /** Grammatical number, where the words show it. */
  number?: 'one' | 'many';
  /** Something of theirs is spoken of ("their villages"), which can be attacked but not insulted. */
  held?: boolean;
  /** How sure we are that these people are meant, 0–1. */
  certainty: number;
  /** What a pronoun stands for. */
  antecedent?: Ref;
}

/** Classes whose words name people when they have targets. */
const naming: ReadonlySet<CueClass> = new Set(['slur', 'coded_term', 'dehumanising_noun', 'event_code']);
const governing = new Set(['government', 'office', 'party', 'company', 'army', 'ideology', 'fans']);

/** Finds everybody who is spoken of, in order, pronouns resolved to the nearest fitting antecedent. */
export function findRefs(
  cues: readonly Cue[],
  s: Structure,
  compiled: CompiledLexicon,
  context: Context,
  parentRefs: readonly Ref[],
): Ref[] {
  const refs: Ref[] = [];
  const used = new Set<Cue>();
  for (let i = 0; i < cues.length; i++) {
    const cue = cues[i]!;
    if (used.has(cue)) continue;
    const next = cues[i + 1];
    const before = cues[i - 1];
    const adjacent = next !== undefined && sameSentence(s, cue, next) && next.from - cue.to <= 0 ? next : undefined;
    const previous =
      before !== undefined && sameSentence(s, before, cue) && cue.from - before.to <= 0 ? before : undefined;
    const slurReading = cue.readings.find((r) => naming.has(r.entry.class) && (r.entry.targets?.length ?? 0) > 0);
    const groupReading = cue.readings.find((r) => r.entry.class === 'group_term');
    if (slurReading || groupReading) {
      const groups = refine(
        unique(
          cue.readings
            .filter(
              (r) => r.entry.class === 'group_term' || r.entry.class === 'slur' || (r.entry.targets?.length ?? 0) > 0,
            )
            .flatMap((r) => r.entry.targets ?? []),
        ),
        compiled,
        context,
      );
      const ref: Ref = {
        kind: 'protected',
        groups,
        functions: [],
        via: slurReading ? 'term' : 'name',
        cue,
        parts: [],
        from: cue.from,
        to: cue.to,
        slur: slurReading !== undefined,
        singular: false,
        certainty: 1,
      };
      // A word that friends use of one another: too little to take what else is said as said of the group.
      if (slurReading?.entry.sub === 'familiar') ref.certainty = 0.45;
      const noun =
        adjacent && (is(adjacent, 'group_noun') || is(adjacent, 'group_term'))
          ? adjacent
          : previous && is(previous, 'group_noun') && !is(previous, 'pronoun')
            ? previous
            : undefined;
      // "without G, our country would …": a thing that begins another clause is not theirs.
      const owned = adjacent && clauseOf(s, adjacent) === clauseOf(s, cue) ? adjacent : undefined;
      if (noun && is(noun, 'group_noun')) {
        ref.parts.push(noun);
        used.add(noun);
        ref.from = Math.min(ref.from, noun.from);
        ref.to = Math.max(ref.to, noun.to);
      } else if (owned && is(owned, 'object_noun', 'property')) {
        ref.held = true;
        ref.parts.push(owned);
        used.add(owned);
        ref.to = owned.to;
      } else if (owned && isThing(owned)) {
        ref.kind = is(owned, 'object_noun') ? 'object' : 'nonprotected';
        ref.parts.push(owned);
        used.add(owned);
        ref.to = owned.to;
      } else if (previous && refs.at(-1)?.cue === previous && theirs(previous, cue, compiled)) {
        refs.pop();
        ref.held = true;
        ref.parts.push(previous);
        ref.from = previous.from;
      } else if (previous && isThing(previous) && refs.at(-1)?.cue === previous && cueGrammarAfter(cue, compiled)) {
        ref.kind = is(previous, 'object_noun') ? 'object' : 'nonprotected';
      }
      if (
        groupReading &&
        !slurReading &&
        groupReading.entry.ambiguity === 'high' &&
        !noun &&
        !(ref.held && !colour(ref)) &&
        !has(cue, 'plural', 'group_term')
      ) {
        const quantified =
          (adjacent !== undefined && is(adjacent, 'quantifier') && !is(adjacent, 'quantifier', 'article')) ||
          (previous &&
            ((is(previous, 'quantifier') && !is(previous, 'quantifier', 'article')) ||
              is(previous, 'pronoun', 'you') ||
              is(previous, 'pronoun', 'you_pl')));
        // "The new neighbours are black": said of people.
        const ofPeople =
          previous !== undefined &&
          is(previous, 'copula') &&
          cues[i - 2] !== undefined &&
          (is(cues[i - 2]!, 'group_noun') || is(cues[i - 2]!, 'individual_noun')) &&
          sameSentence(s, cue, cues[i - 2]!);
        const theirs = ofPeople || insulted(cue, cues, i);
        if (!quantified)
          ref.certainty = theirs ? 0.8 : ref.kind === 'protected' && shamed(ref, cues, i, s, compiled) ? 0.6 : 0.3;
      }
      refs.push(ref);
      continue;
    }
    const simple = (kind: RefKind, via: TargetVia, functions: string[] = []): void => {
      refs.push({
        kind,
        groups: [],
        functions,
        via,
        cue,
        parts: [],
        from: cue.from,
        to: cue.to,
        slur: false,
        singular: kind === 'individual',
        certainty: 1,
      });
    };
    if (is(cue, 'function_noun'))
      simple('function', 'function', unique(cue.readings.flatMap((r) => r.entry.functions ?? [])));
    else if (is(cue, 'nonprotected_noun')) simple('nonprotected', 'none');
    else if (is(cue, 'individual_noun')) simple('individual', 'individual');
    else if (is(cue, 'object_noun')) {
      simple('object', 'none');
      refs.at(-1)!.groups = unique(
        cue.readings.flatMap(({ entry }) => (entry.class === 'object_noun' ? (entry.targets ?? []) : [])),
      );
    } else if (is(cue, 'pronoun')) {
      const sub =
        cue.readings.find(({ entry }) => entry.class === 'pronoun' && entry.sub !== 'contracted')?.entry.sub ?? '';
      if (sub === 'we' || sub === 'us' || sub === 'i') simple('self', 'none');
      else if (sub === 'you' || sub === 'you_pl') simple('you', 'pronoun');
      else if (sub === 'it') continue;
      // "them migrants": it points to the people named right behind it.
      else if (sub === 'them' && adjacent && (is(adjacent, 'group_term') || is(adjacent, 'slur'))) continue;
      else simple('pronoun', 'pronoun');
    } else if (is(cue, 'group_noun', 'demonstrative')) simple('pronoun', 'pronoun');
    // "those dogs", "that scum": an insult in the place of a pronoun.
    else if (
      previous &&
      pointing(previous) &&
      // "G all dogs are": the people are named already.
      !(refs.at(-1)?.kind === 'protected' && refs.at(-1)!.to === previous.from) &&
      (is(cue, 'dehumanising_noun') || is(cue, 'derogatory_attribute', 'noun'))
    )
      simple('pronoun', 'pronoun');
  }
  for (const ref of refs) {
    const number = numberOf(ref, cues);
    if (number) ref.number = number;
  }
  resolve(refs, s, parentRefs);
  return refs;
}

/** "Polish scum", "🇲🇽 = vermin": an insult right behind the word shows that people are meant. An animal does only behind a flag: there are white rats. */
function insulted(cue: Cue, cues: readonly Cue[], at: number): boolean {
  let next = cues[at + 1];
  if (next && is(next, 'copula') && next.from - cue.to <= 1) next = cues[at + 2];
  const flag = cue.sign;
  return (
    next !== undefined &&
    next.from - cue.to <= (flag ? 4 : 2) &&
    (is(next, 'dehumanising_noun', 'filth') ||
      is(next, 'dehumanising_noun', 'disease') ||
      is(next, 'dehumanising_noun', 'demon') ||
      is(next, 'derogatory_attribute', 'noun') ||
      is(next, 'profanity', 'insult') ||
      (flag && (is(next, 'dehumanising_noun') || is(next, 'derogatory_attribute'))))
  );
}

/** Words between the name of a place and what is said of its people, at the most. */
const reachOfShame = 10;

/** "Henan, full of swindlers": what is hostile in the sentence with the name of a region is meant for its people, unless a thing stands between. */
function shamed(ref: Ref, cues: readonly Cue[], at: number, s: Structure, compiled: CompiledLexicon): boolean {
  if (!ref.groups.every((id) => groupOf(compiled, id)?.ground === 'pc.origin_region')) return false;
  for (const step of [1, -1])
    for (let i = at + step; i >= 0 && i < cues.length; i += step) {
      const other = cues[i]!;
      const gap = step > 0 ? other.from - ref.to : ref.from - other.to;
      if (
        gap > reachOfShame ||
        !sameSentence(s, ref, other) ||
        is(other, 'object_noun') ||
        is(other, 'nonprotected_noun')
      )
        break;
      const said =
        is(other, 'derogatory_attribute', 'adjective') ||
        is(other, 'derogatory_attribute', 'noun') ||
        is(other, 'hostile_emotion');
      if (said) return true;
    }
  return false;
}

/** One or many, by the words' own form and the quantifier before them; undefined where they do not tell. */
function numberOf(ref: Ref, cues: readonly Cue[]): Ref['number'] {
  if (is(ref.cue, 'pronoun', 'he_she')) return 'one';
  if (is(ref.cue, 'pronoun', 'they') || is(ref.cue, 'pronoun', 'them') || is(ref.cue, 'group_noun', 'demonstrative'))
    return 'many';
  const named = [ref.cue, ...ref.parts];
  if (named.some((cue) => has(cue, 'plural'))) return 'many';
  if (named.some((cue) => has(cue, 'singular'))) return 'one';
  if (ref.kind === 'object') return 'one';
  if (named.some((cue) => is(cue, 'group_noun', 'community'))) return undefined;
  const first = named.reduce((a, b) => (a.from < b.from ? a : b));
  let at = firstFrom(cues, first.from);
  while (cues[at] !== first) at++;
  const before = cues[at - 1];
  if (!before || ref.from - before.to > 1) return undefined;
  if (is(before, 'quantifier', 'one') || before.readings.some((r) => r.features.includes('singular'))) return 'one';
  return before.readings.some((r) => r.entry.class === 'quantifier' && r.features.includes('plural'))
    ? 'many'
    : undefined;
}

const agree = (a: Ref, b: Ref) => a.number === undefined || b.number === undefined || a.number === b.number;

/** "tiendas judías": property named before its people, in a language that says so. */
const theirs = (thing: Cue, cue: Cue, compiled: CompiledLexicon): boolean =>
  is(thing, 'object_noun', 'property') && cueGrammarAfter(cue, compiled);

/** A colour that is not meant for people: "the white house". */
const colour = (ref: Ref): boolean => ref.groups.every((id) => id.startsWith('X.race.'));

const pointing = (cue: Cue) =>
  (is(cue, 'quantifier') && !is(cue, 'quantifier', 'article')) || is(cue, 'group_noun', 'demonstrative');

const isThing = (cue: Cue) =>
  is(cue, 'object_noun') ||
  cue.readings.some((r) => r.entry.class === 'nonprotected_noun' && governing.has(r.entry.sub ?? ''));

const cueGrammarAfter = (cue: Cue, compiled: CompiledLexicon) =>
  cue.readings.some((r) => compiled.packs.find((pack) => pack.lang === r.entry.lang)?.grammar.attributive === 'after');

const unique = (list: string[]) => [...new Set(list)];

export const sameSentence = (s: Structure, a: { from: number }, b: { from: number }): boolean =>
  sentenceOf(s, a) === sentenceOf(s, b);
export const sentenceOf = (s: Structure, at: { from: number }): number =>
  s.sentence[Math.min(at.from, s.sentence.length - 1)] ?? 0;
export const clauseOf = (s: Structure, at: { from: number }): number =>
  s.clause[Math.min(at.from, s.clause.length - 1)] ?? 0;

/** Takes the country's own group where the word means a cross-border one and the place is known. */
function refine(groups: string[], compiled: CompiledLexicon, context: Context): string[] {
  if (!context.country) return groups;
  return unique(
    groups.map(
      (id) => compiled.groups.find((group) => group.parent === id && group.country === context.country)?.id ?? id,
    ),
  );
}

/** "G complain about the police, yet they …": a subject pronoun goes on with the subject rather than with what was said of it. */
function subjectBefore(at: number, refs: readonly Ref[], s: Structure, pronoun: Ref): Ref | undefined {
  const sentence = sentenceOf(s, refs[at]!);
  for (let i = at - 1; i >= 0 && at - i <= farthest && sentenceOf(s, refs[i]!) === sentence; i--) {
    const other = refs[i]!;
    const first =
      i === 0 || sentenceOf(s, refs[i - 1]!) !== sentence || clauseOf(s, refs[i - 1]!) !== clauseOf(s, other);
    if (first && other.kind === 'protected' && other.certainty >= 0.5 && agree(other, pronoun)) return other;
  }
  return undefined;
}

/** "Send them all back, every refugee": the people are named behind the pronoun, alone in a clause of their own. */
function namedBehind(at: number, refs: readonly Ref[], s: Structure): Ref | undefined {
  const next = refs[at + 1];
  if (!next || next.kind !== 'protected' || next.certainty < 0.5 || !sameSentence(s, refs[at]!, next)) return undefined;
  const clause = clauseOf(s, next);
  if (clause === clauseOf(s, refs[at]!)) return undefined;
  const alone = s.clause[next.to] !== clause && (next.from < 3 || s.clause[next.from - 3] !== clause);
  return alone ? next : undefined;
}

/** "G, you are …", "you will pay for it, G": right before, or alone in a clause. */
function addressedBy(you: Ref, named: Ref, s: Structure): boolean {
  if (is(named.cue, 'pronoun') || named.kind === 'pronoun' || you.from - named.to <= 1) return true;
  const clause = clauseOf(s, named);
  return clause !== clauseOf(s, you) && (named.from < 2 || s.clause[named.from - 2] !== clause);
}

/** How many of those spoken of are looked through for the one that a pronoun means. */
const farthest = 100;

/** Pronouns take the nearest person-like reference before them, in this or the two previous sentences, or in the parent post. */
function resolve(refs: Ref[], s: Structure, parentRefs: readonly Ref[]): void {
  /** The first that is a group, pronouns before the one at hand included. */
  let named = refs.findIndex((ref) => ref.kind === 'protected');
  if (named < 0) named = refs.length;
  for (let i = 0; i < refs.length; i++) {
    const ref = refs[i]!;
    if (ref.kind !== 'pronoun' && ref.kind !== 'you') continue;
    const sentence = sentenceOf(s, ref);
    let found: Ref | undefined;
    let foundAt = -1;
    /** One of a group was met, and "they" are spoken of: all of the group. */
    let oneOf: Ref | undefined;
    for (let k = i - 1; k >= 0 && i - k <= farthest && sentence - sentenceOf(s, refs[k]!) <= 2; k--) {
      const other = refs[k]!;
      if (
        other.kind === 'self' ||
        (other.kind === 'you' && other.groups.length === 0) ||
        (other.kind === 'pronoun' && other.groups.length === 0)
      )
        continue;
      if (other.kind === 'object' && s.sentence[other.from] === sentence && named < k) continue;
      if (other.certainty < 0.5) continue;
      if (!agree(ref, other)) {
        if (ref.number === 'many' && other.kind === 'protected') oneOf ??= other;
        continue;
      }
      // Nobody speaks to things; and some languages have a pronoun for them.
      if (other.kind === 'object' && (ref.kind === 'you' || has(ref.cue, 'person', 'pronoun'))) continue;
      // "If you think G are dirty you are …", "mocking G makes you …": who is spoken of in the same breath is not spoken to.
      if (ref.kind === 'you' && sameSentence(s, ref, other) && !addressedBy(ref, other, s)) continue;
      found = other;
      foundAt = k;
      break;
    }
    if (found && found.kind !== 'protected' && is(ref.cue, 'pronoun', 'they'))
      found = subjectBefore(foundAt, refs, s, ref) ?? found;
    const addressed = ref.kind === 'you' ? refs[i + 1] : undefined;
    if (addressed && addressed.kind === 'protected' && addressed.from - ref.to <= 1 && sameSentence(s, ref, addressed))
      found = addressed;
    if (!found && ref.kind === 'pronoun')
      found = oneOf ?? parentRefs.findLast((other) => other.kind === 'protected') ?? namedBehind(i, refs, s);
    if (!found) continue;
    ref.antecedent = found;
    ref.groups = found.kind === 'object' ? [] : found.groups;
    ref.functions = found.functions;
    ref.certainty = found.certainty * (ref.kind === 'you' ? 0.8 : 0.9);
    if (found.kind !== 'protected')
      ref.kind =
        found.kind === 'pronoun' || found.kind === 'you'
          ? found.groups.length > 0
            ? 'protected'
            : ref.kind
          : found.kind;
    else ref.kind = 'protected';
    if (ref.kind === 'protected') named = Math.min(named, i);
    ref.via = parentRefs.includes(found) ? 'parent' : 'pronoun';
  }
}
