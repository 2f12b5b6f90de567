import { resolve } from './antecedents.js';
import type { CompiledLexicon } from './compile.js';
import { has, is } from './cues.js';
import { firstFrom } from './cues.js';
import type { Cue } from './cues.js';
import { groupOf } from './groups.js';
import type { Ref, RefKind } from './ref.js';
import { clauseOf, sameSentence } from './structure.js';
import type { Structure } from './structure.js';
import type { Context, CueClass, TargetVia } from './types.js';

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
      } else if (
        owned &&
        isThing(owned) &&
        !(has(cue, 'plural', 'group_term') && verbLast(cue, compiled) && followed(owned, cues, s))
      ) {
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
              is(previous, 'pronoun', 'you_pl') ||
              (cue.sign && aimedAt(previous))));
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
    if (ref.kind === 'protected' && !ref.slur && isPerson(ref, cues, s, compiled)) ref.person = true;
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

/** "the 🇲🇽", "kill all 🇲🇽": countries are neither counted nor killed. */
const aimedAt = (before: Cue): boolean =>
  is(before, 'quantifier') || is(before, 'violence_predicate') || is(before, 'expulsion_predicate');

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

/**
 * "my gay brother", "a white bitch": one of the group, told by whom they belong to or by a coarse word for a person. Where names stand before what they
 * describe and verbs before their objects: elsewhere "I" may be the subject.
 */
function isPerson(ref: Ref, cues: readonly Cue[], s: Structure, compiled: CompiledLexicon): boolean {
  if (ref.number === 'many' || ref.held) return false;
  const at = firstFrom(cues, ref.from);
  const before = cues[at - 1];
  const near = before && ref.from === before.to && sameSentence(s, before, ref) ? before : undefined;
  // The pack says that the word is a possessive of one.
  if (near && is(near, 'pronoun', 'i') && has(near, 'singular', 'pronoun')) return true;
  const own = ref.cue.readings[0]!.entry.lang;
  const grammar = compiled.packs.find(({ lang }) => lang === own)?.grammar;
  if (grammar?.attributive !== 'before' || grammar.order !== 'SVO') return false;
  if (near && (is(near, 'pronoun', 'i') || is(near, 'pronoun', 'he_she'))) return true;
  // "that Muslim guy", where the name says that one person is meant.
  if (near && is(near, 'quantifier', 'article') && has(near, 'singular', 'quantifier') && ref.to - ref.from > 1)
    return true;
  const next = cues[firstFrom(cues, ref.to)];
  return (
    next !== undefined &&
    next.from === ref.to &&
    is(next, 'profanity', 'insult') &&
    has(next, 'singular', 'profanity') &&
    !(near && (is(near, 'pronoun', 'you') || is(near, 'pronoun', 'you_pl')))
  );
}

/** "tiendas judías": property named before its people, in a language that says so. */
const theirs = (thing: Cue, cue: Cue, compiled: CompiledLexicon): boolean =>
  is(thing, 'object_noun', 'property') && cueGrammarAfter(cue, compiled);

/** Where the verb comes last, "G car driving" has the people for its subject: what is theirs would be joined by a case. */
const verbLast = (cue: Cue, compiled: CompiledLexicon): boolean =>
  compiled.packs.some(({ lang, grammar }) => lang === cue.readings[0]!.entry.lang && grammar.order === 'SOV');

/** A word that no pack knows stands behind it, which tells what is done with it. */
const followed = ({ to }: Cue, cues: readonly Cue[], { starts, ends, clause }: Structure): boolean =>
  to < starts.length &&
  clause[to] === clause[to - 1] &&
  ends[to]! - starts[to]! > 3 &&
  !cues.some((other) => other.from <= to && other.to > to);

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

/** Takes the country's own group where the word means a cross-border one and the place is known. */
function refine(groups: string[], compiled: CompiledLexicon, context: Context): string[] {
  if (!context.country) return groups;
  return unique(
    groups.map(
      (id) => compiled.groups.find((group) => group.parent === id && group.country === context.country)?.id ?? id,
    ),
  );
}
