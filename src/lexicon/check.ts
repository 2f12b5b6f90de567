import { dirname, join } from 'node:path';
import { compileLexicon, createEngine } from '../engine/index.js';
import type { Pack, Rubric, Taxonomy } from '../engine/index.js';
import { openZawgyi } from './burmese.js';
import { collisionsOf } from './collisions.js';
import { checkCoverage, readReasons } from './coverage-reasons.js';
import { loadDetect } from './fasttext.js';
import { readJsonl } from './jsonl.js';
import type { Problem } from './jsonl.js';
import { packLanguages, readRubric, readTaxonomy, withOrdinaryWords } from './load.js';
import type { Folders } from './load.js';
import { naturalStem } from './natural.js';
import { readPack } from './read-pack.js';
import type { ReadPack } from './read-pack.js';
import { conformanceCase, sourceEntry } from './schema.js';

export interface PackSummary {
  lang: string;
  status: string;
  terms: number;
  forms: number;
  groups: number;
  cues: number;
  cases: number;
  failing: number;
}

export interface Checked {
  /** What has to be mended. */
  problems: Problem[];
  /** What a person should look at, and may leave as it is. */
  notes: Problem[];
  summary: PackSummary[];
}

/** The packs as they were read, with what is wrong in them. */
interface Read extends Omit<Checked, 'summary'> {
  languages: string[];
  read: ReadPack[];
  packs: Pack[];
  taxonomy: Taxonomy;
  rubric: Rubric;
}

/** What can be said of packs without running the engine: shapes, ids, sources, severity against sources, ambiguity against standalone, collisions, coverage. */
export async function checkEntries(folders: Folders): Promise<Read> {
  const problems: Problem[] = [];
  const languages = await packLanguages(folders.lexicons);
  const read = await Promise.all(languages.map((lang) => readPack(folders.lexicons, lang)));
  const { taxonomy, problems: inTaxonomy } = await readTaxonomy(folders.data);
  const { rubric, problems: inRubric } = await readRubric(folders.data);
  const sources = await readJsonl(
    join(folders.lexicons, '_shared', 'sources.jsonl'),
    'lexicons/_shared/sources.jsonl',
    sourceEntry,
  );
  problems.push(...inTaxonomy, ...inRubric, ...sources.problems);
  const sourceIds = new Set<string>();
  for (const { value, line } of sources.lines) {
    if (sourceIds.has(value.id))
      problems.push({
        file: 'lexicons/_shared/sources.jsonl',
        line,
        field: 'id',
        message: `an id of its own; "${value.id}" is there twice`,
      });
    sourceIds.add(value.id);
  }
  const groupIds = new Set(taxonomy.groups.map((group) => group.id));
  const functionIds = new Set(taxonomy.functions.map((fn) => fn.id));
  for (const pack of read) {
    problems.push(...pack.problems, ...checkTerms(pack, sourceIds), ...checkReferences(pack, groupIds, functionIds));
    if (pack.pack) problems.push(...checkNeighbours(pack.pack, languages));
  }
  const packs = read.map((r) => r.pack).filter((pack): pack is Pack => pack !== undefined);
  const collisions = collisionsOf(read);
  const reasons = await readReasons(folders.lexicons);
  const coverage = checkCoverage({ packs, taxonomy }, reasons.lines);
  problems.push(...collisions.problems, ...reasons.problems, ...coverage.problems);
  const notes = [...collisions.notes, ...coverage.notes];
  return { problems, notes, languages, read, packs, taxonomy, rubric };
}

/** Packs that another names must be there: a misspelt one would be passed over in silence. */
function checkNeighbours({ lang, also, neighbour }: Pack, languages: readonly string[]): Problem[] {
  const named = [
    ...(also ?? []).map((other) => ['also', other] as const),
    ...(neighbour ? [['neighbour', neighbour] as const] : []),
  ];
  return named
    .filter(([, other]) => other === lang || !languages.includes(other))
    .map(([field, other]) => ({
      file: `lexicons/${lang}/pack.json`,
      line: 1,
      field,
      message: `the language of another pack, not "${other}"`,
    }));
}

/**
 * Checks everything a linguist can get wrong: shapes, ids, sources, severity against sources, ambiguity against standalone, forms that
 * fold into one another, gaps of coverage without a reason, and the pack's own sentences run through the engine.
 */
export async function checkPacks(folders: Folders): Promise<Checked> {
  const { problems, notes, languages, read, packs, taxonomy, rubric } = await checkEntries(folders);
  const summary: PackSummary[] = [];
  const whole = await Promise.all(packs.map(withOrdinaryWords));
  const engine = createEngine({
    compiled: compileLexicon({ packs: whole, taxonomy, rubric }),
    detect: await loadDetect(),
    stem: naturalStem,
    zawgyi: openZawgyi(),
  });
  const parents = new Map(taxonomy.groups.map((group) => [group.id, group.parent]));
  for (const [i, lang] of languages.entries()) {
    const name = `test/conformance/${lang}.jsonl`;
    const cases = await readJsonl(join(dirname(folders.lexicons), name), name, conformanceCase);
    problems.push(...cases.problems);
    let failing = 0;
    for (const { value, line } of cases.lines) {
      const verdict = engine.assess(value.text, { country: value.country, parent: value.parent });
      const missing = value.flagged
        ? (value.groups ?? []).filter((id) => !verdict.groups.some((got) => related(id, got, parents)))
        : [];
      const wrong =
        verdict.flagged !== value.flagged
          ? `flagged ${value.flagged}, not ${verdict.flagged}`
          : missing.length > 0
            ? `groups ${missing.join(', ')} (found ${verdict.groups.join(', ') || 'none'})`
            : undefined;
      if (!wrong) continue;
      failing++;
      problems.push({ file: name, line, field: value.capability, message: `${wrong}: ${value.text}` });
    }
    const pack = read[i]!.pack;
    const entries = pack?.entries ?? [];
    summary.push({
      lang,
      status: pack?.status ?? 'unreadable',
      terms: read[i]!.terms.length,
      forms: entries.reduce((sum, entry) => sum + entry.forms.length, 0),
      groups: entries.filter((entry) => entry.class === 'group_term').length,
      cues: entries.filter((entry) => /-c-/.test(entry.id)).length,
      cases: cases.lines.length,
      failing,
    });
  }
  return { problems, notes, summary };
}

/** Two group ids mean the same people when they are equal or one is the other's cross-border parent. */
export function related(a: string, b: string, parents: ReadonlyMap<string, string | undefined>): boolean {
  return (
    a === b ||
    parents.get(a) === b ||
    parents.get(b) === a ||
    (parents.get(a) !== undefined && parents.get(a) === parents.get(b))
  );
}

function checkTerms({ terms, where }: ReadPack, sourceIds: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  for (const { value } of terms) {
    const at = where.get(value.id)!;
    const wrong = (field: string, message: string) => problems.push({ ...at, field, message });
    for (const source of value.sources)
      if (!sourceIds.has(source.id)) wrong('sources', `an id of lexicons/_shared/sources.jsonl, not "${source.id}"`);
    const distinct = new Set(value.sources.map((source) => source.id)).size;
    if (!value.unverified && distinct < 1) wrong('sources', 'at least one source, or "unverified": true');
    if (!value.unverified && value.severity >= 4 && distinct < 2)
      wrong('sources', `at least two sources for severity ${value.severity}`);
    if (value.ambiguity === 'high' && value.standalone) wrong('standalone', 'false when ambiguity is high');
    if (value.unverified && value.standalone) wrong('standalone', 'false when unverified');
  }
  return problems;
}

function checkReferences(
  { pack, where }: ReadPack,
  groups: ReadonlySet<string>,
  functions: ReadonlySet<string>,
): Problem[] {
  const problems: Problem[] = [];
  for (const entry of pack?.entries ?? []) {
    const at = where.get(entry.id)!;
    for (const target of entry.targets ?? [])
      if (!groups.has(target))
        problems.push({
          ...at,
          field: entry.class === 'group_term' ? 'group' : 'targets',
          message: `a group id of data/taxonomy/groups.jsonl, not "${target}"`,
        });
    for (const fn of entry.functions ?? [])
      if (!functions.has(fn))
        problems.push({
          ...at,
          field: 'functions',
          message: `a function id of data/taxonomy/functions.json, not "${fn}"`,
        });
  }
  return problems;
}
