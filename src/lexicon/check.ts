import { dirname, join } from 'node:path';
import { compileLexicon, createEngine } from '../engine/index.js';
import type { Pack } from '../engine/index.js';
import { createFormFolder } from '../engine/normalise.js';
import { openZawgyi } from './burmese.js';
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

/**
 * Checks everything a linguist can get wrong: shapes, ids, sources, severity against sources, ambiguity against standalone, forms that
 * fold into one another, and the pack's own sentences run through the engine.
 */
export async function checkPacks(folders: Folders): Promise<{ problems: Problem[]; summary: PackSummary[] }> {
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
    problems.push(
      ...pack.problems,
      ...checkTerms(pack, sourceIds),
      ...checkReferences(pack, groupIds, functionIds),
      ...checkForms(pack),
    );
  }
  const summary: PackSummary[] = [];
  const whole = await Promise.all(
    read
      .map((r) => r.pack)
      .filter((pack): pack is Pack => pack !== undefined)
      .map(withOrdinaryWords),
  );
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
  return { problems, summary };
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

/** Forms that fold to nothing, and the same form twice in one class. */
function checkForms({ pack, where }: ReadPack): Problem[] {
  const problems: Problem[] = [];
  const foldForm = createFormFolder();
  const seen = new Map<string, string>();
  for (const entry of pack?.entries ?? []) {
    const at = where.get(entry.id)!;
    for (const form of entry.forms) {
      const folded = foldForm(form.t);
      if (folded.length === 0) {
        problems.push({ ...at, field: 'forms', message: `a form with letters or signs that count, not "${form.t}"` });
        continue;
      }
      const key = `${entry.class}/${entry.sub ?? ''}/${entry.class === 'group_term' ? (entry.targets?.[0] ?? '') : ''}/${folded}`;
      const other = seen.get(key);
      if (other && other !== entry.id)
        problems.push({
          ...at,
          field: 'forms',
          message: `a form of its own: "${form.t}" reads the same as one of ${other} (${where.get(other)!.file}:${where.get(other)!.line})`,
        });
      seen.set(key, entry.id);
    }
  }
  return problems;
}
