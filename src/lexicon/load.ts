import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../base/ids.js';
import type { Pack, Rubric, Taxonomy } from '../engine/index.js';
import { readJson, readJsonl } from './jsonl.js';
import type { Problem } from './jsonl.js';
import { ordinaryWords } from './ordinary.js';
import { readPack } from './read-pack.js';

export interface LexiconBundle {
  packs: Pack[];
  taxonomy: Taxonomy;
  rubric: Rubric;
}

export interface Folders {
  lexicons: string;
  data: string;
}

/** Something in the data files is wrong; `problems` says where and what was expected. */
export class LexiconError extends Error {
  readonly problems: Problem[];

  constructor(problems: Problem[]) {
    const [first] = problems;
    super(
      `${problems.length} problem(s) in the lexicons or reference data; the first: ${first ? `${first.file}:${first.line} ${first.field}: expected ${first.message}` : ''}`,
    );
    this.name = 'LexiconError';
    this.problems = problems;
  }
}

const names = z.record(z.string(), z.string());
const ground = z.looseObject({ id: z.string(), article20: z.boolean(), names });
const fn = z.looseObject({ id: z.string(), names });
const group = z.looseObject({
  id: z.string().regex(/^(X|[A-Z]{3})\.[a-z]{2,4}\.[a-z0-9_]+$/, 'an id like "RWA.eth.tutsi"'),
  ground: z.string(),
  country: z.string().optional(),
  parent: z.string().optional(),
  names,
});
const level = z.enum(['bottom', 'intermediate', 'top-candidate']);
const small = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
const category = z.looseObject({
  id: z.string(),
  name: z.string(),
  definition: z.string(),
  severity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
  content: small,
  level,
  levelOther: level,
  indicators: z.array(z.string()),
});

const share = z.number().gt(0).lte(1);
const confidence = z.looseObject({ rules: z.record(z.string(), share), otherwise: share });

const plain = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;

/** Reads grounds, groups and functions, and checks that their references hold. */
export async function readTaxonomy(data: string): Promise<{ taxonomy: Taxonomy; problems: Problem[] }> {
  const file = (name: string) => `data/taxonomy/${name}`;
  const path = (name: string) => join(data, 'taxonomy', name);
  const grounds = await readJson(path('grounds.json'), file('grounds.json'), z.array(ground));
  const functions = await readJson(path('functions.json'), file('functions.json'), z.array(fn));
  const groups = await readJsonl(path('groups.jsonl'), file('groups.jsonl'), group);
  const problems = [...grounds.problems, ...functions.problems, ...groups.problems];
  const groundIds = new Set((grounds.value ?? []).map((g) => g.id));
  const groupIds = new Set(groups.lines.map(({ value }) => value.id));
  const seen = new Set<string>();
  for (const { value, line } of groups.lines) {
    const wrong = (field: string, message: string) =>
      problems.push({ file: file('groups.jsonl'), line, field, message });
    if (seen.has(value.id)) wrong('id', `an id of its own; "${value.id}" is there twice`);
    seen.add(value.id);
    if (!groundIds.has(value.ground)) wrong('ground', `a ground of grounds.json, not "${value.ground}"`);
    if (value.parent !== undefined && !groupIds.has(value.parent))
      wrong('parent', `the id of a group, not "${value.parent}"`);
    if (!value.names['eng']) wrong('names.eng', 'an English name');
  }
  const taxonomy: Taxonomy = {
    grounds: (grounds.value ?? []).map(({ id, article20, names: n }) => ({ id, article20, names: n })),
    functions: (functions.value ?? []).map(({ id, names: n }) => ({ id, names: n })),
    groups: groups.lines.map(
      ({ value: { id, ground: g, country, parent, names: n } }) =>
        plain({ id, ground: g, country, parent, names: n }) as Taxonomy['groups'][number],
    ),
    revision: sha256([grounds.bytes, functions.bytes, groups.bytes].join('\0')).slice(0, 16),
  };
  return { taxonomy, problems };
}

export async function readRubric(data: string): Promise<{ rubric: Rubric; problems: Problem[] }> {
  const { value, problems, bytes } = await readJson(
    join(data, 'levels', 'categories.json'),
    'data/levels/categories.json',
    z.array(category),
  );
  const categories = (value ?? []).map(
    ({ id, name, definition, severity, content, level: l, levelOther, indicators }) => ({
      id,
      name,
      definition,
      severity,
      content,
      level: l,
      levelOther,
      indicators,
    }),
  );
  const sure = await readJson(join(data, 'levels', 'confidence.json'), 'data/levels/confidence.json', confidence);
  return {
    rubric: {
      categories,
      confidence: sure.value ?? { rules: {}, otherwise: 0.5 },
      revision: sha256(`${bytes}\0${sure.bytes}`).slice(0, 16),
    },
    problems: [...problems, ...sure.problems],
  };
}

/** The languages that have a folder. */
export async function packLanguages(lexicons: string): Promise<string[]> {
  const found = await readdir(lexicons, { withFileTypes: true });
  return found
    .filter((entry) => entry.isDirectory() && /^[a-z]{3}$/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** Reads and validates every pack, the taxonomy and the rubric. Throws `LexiconError` naming file, line, field and what was expected. */
export async function loadLexicon(folders: Folders): Promise<LexiconBundle> {
  const languages = await packLanguages(folders.lexicons);
  const read = await Promise.all(languages.map((lang) => readPack(folders.lexicons, lang)));
  const { taxonomy, problems: inTaxonomy } = await readTaxonomy(folders.data);
  const { rubric, problems: inRubric } = await readRubric(folders.data);
  const problems = [...read.flatMap((r) => r.problems), ...inTaxonomy, ...inRubric];
  const groupIds = new Set(taxonomy.groups.map((g) => g.id));
  for (const { pack, where } of read) {
    for (const entry of pack?.entries ?? [])
      for (const target of entry.targets ?? [])
        if (!groupIds.has(target))
          problems.push({
            ...where.get(entry.id)!,
            field: entry.class === 'group_term' ? 'group' : 'targets',
            message: `a group id of data/taxonomy/groups.jsonl, not "${target}"`,
          });
  }
  if (problems.length > 0) throw new LexiconError(problems);
  const packs = await Promise.all(read.map(({ pack }) => withOrdinaryWords(pack!)));
  return { packs, taxonomy, rubric };
}

/** The pack with the ordinary words of its language, where a list of them is at hand. */
export async function withOrdinaryWords(pack: Pack): Promise<Pack> {
  const ordinary = await ordinaryWords(pack.lang);
  return ordinary ? { ...pack, ordinary } : pack;
}
