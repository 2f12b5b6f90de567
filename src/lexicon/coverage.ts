import type { CueClass, Group, Pack } from '../engine/index.js';
import type { LexiconBundle } from './load.js';

export interface PackStats {
  lang: string;
  name: string;
  status: string;
  /** Entries, and the forms they stand for as they are kept. */
  entries: number;
  forms: number;
  /** Names of groups; terms that name whom they attack; predicates of attack; other cues, by which grammar is read. */
  groups: number;
  terms: number;
  unverified: number;
  predicates: number;
  cues: number;
  /** Different sources cited. */
  sources: number;
}

const predicates: ReadonlySet<CueClass> = new Set([
  'violence_predicate',
  'expulsion_predicate',
  'exclusion_predicate',
  'sexual_violence_predicate',
  'property_destruction_predicate',
  'hostile_emotion',
  'derogatory_attribute',
  'dehumanising_noun',
  'threat_claim',
  'conspiracy_trope',
]);
const isTerm = (id: string) => /-t-/.test(id);

/** What is in each pack, in the order of their codes. */
export function statsOf({ packs }: LexiconBundle): PackStats[] {
  return [...packs].sort((a, b) => (a.lang < b.lang ? -1 : 1)).map((pack) => statsOfPack(pack));
}

function statsOfPack({ lang, name, status, entries }: Pack): PackStats {
  const terms = entries.filter(({ id }) => isTerm(id));
  const names = entries.filter((entry) => entry.class === 'group_term');
  const attacks = entries.filter((entry) => !isTerm(entry.id) && predicates.has(entry.class));
  return {
    lang,
    name,
    status,
    entries: entries.length,
    forms: entries.reduce((sum, { forms }) => sum + forms.length, 0),
    groups: names.length,
    terms: terms.length,
    unverified: terms.filter(({ unverified }) => unverified).length,
    predicates: attacks.length,
    cues: entries.length - terms.length - names.length - attacks.length,
    sources: new Set(entries.flatMap(({ sources }) => sources?.map((source) => source.id) ?? [])).size,
  };
}

export interface GroupCoverage {
  group: Group;
  /** Names for it, and terms that attack it, in the packs of the country. */
  names: number;
  terms: number;
  /** A group of the country without a term, though another of the same ground has five and more. Its cross-border parent is shown, and never a gap beside it. */
  gap: boolean;
  /** The group of its ground that most terms are held against, when there are many. */
  counterpart?: { group: string; terms: number };
}

/** From so many terms against one group its counterparts must not stand at none without a reason. */
const many = 5;

/**
 * Names and terms for each group of a country in the packs that are run there: the country's own groups, and those that its packs hold a term against.
 * `country`: ISO 3166-1 alpha-3. `undefined` when no pack says that it is for the country.
 */
export function coverageOf(
  { packs, taxonomy }: Pick<LexiconBundle, 'packs' | 'taxonomy'>,
  country: string,
): GroupCoverage[] | undefined {
  const read = packs.filter((pack) => pack.countries.includes(country));
  if (read.length === 0) return undefined;
  const names = new Map<string, number>();
  const terms = new Map<string, number>();
  const count = (map: Map<string, number>, id: string) => map.set(id, (map.get(id) ?? 0) + 1);
  for (const { entries } of read)
    for (const { id, class: of, targets } of entries)
      for (const target of targets ?? []) count(of === 'group_term' ? names : isTerm(id) ? terms : new Map(), target);
  const own = (group: Group) => group.country === country || group.id.startsWith(`${country}.`);
  const parents = new Set(taxonomy.groups.filter(own).flatMap(({ parent }) => parent ?? []));
  const rows = taxonomy.groups
    .filter((group) => own(group) || (parents.has(group.id) && !group.country))
    .map((group) => {
      const ids = [group.id, ...(group.parent === undefined ? [] : [group.parent])];
      const sum = (map: Map<string, number>) => ids.reduce((total, id) => total + (map.get(id) ?? 0), 0);
      return { group, names: sum(names), terms: sum(terms) };
    });
  const most = new Map<string, { group: string; terms: number }>();
  for (const { group, terms: n } of rows)
    if (n > (most.get(group.ground)?.terms ?? many - 1)) most.set(group.ground, { group: group.id, terms: n });
  return rows
    .map((row) => {
      const counterpart = most.get(row.group.ground);
      const gap = own(row.group) && row.terms === 0 && counterpart !== undefined;
      return { ...row, gap, ...(counterpart && { counterpart }) };
    })
    .sort((a, b) => (a.group.ground < b.group.ground ? -1 : a.group.ground > b.group.ground ? 1 : b.terms - a.terms));
}
