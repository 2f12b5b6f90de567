import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../base/ids.js';
import type { Entry, Form, Pack } from '../engine/index.js';
import { cueEntry, frequent, groupName, manifest, shorthand, term } from './schema.js';
import type { Term } from './schema.js';
import { readJson, readJsonl } from './jsonl.js';
import { alternatives, halves } from './alternatives.js';
import { choices } from './choices.js';
import type { Line, Problem } from './jsonl.js';

export interface ReadPack {
  pack: Pack | undefined;
  terms: Line<Term>[];
  /** File and line of every entry, for messages that name both sides. */
  where: Map<string, { file: string; line: number }>;
  problems: Problem[];
}

type RawForm = string | { t: string; f: Form['f'] };
const formsOf = (forms: RawForm[]): Form[] =>
  forms.flatMap((form) => {
    const { t, f } = typeof form === 'string' ? { t: form, f: [] } : form;
    const rows = choices(t);
    if (rows)
      return rows.flatMap(({ slots, joins }) =>
        slots.length < 2
          ? slots[0]!.map((one) => ({ t: one, f }))
          : [
              {
                t: slots.map(([one], i) => (i > 0 && joins[i] === 'apart' ? ` ${one}` : one)).join(''),
                f,
                slots,
                joins,
              },
            ],
      );
    const parts = halves(t);
    if (parts) return [{ t: `${parts[0][0]} … ${parts[1][0]}`, f, ...secondPartsOf(t, parts) }];
    return alternatives(t).map((one) => ({ t: one, f }));
  });
/** Second parts with many choices are kept as these. One that begins with a comma stands in the next clause, and is looked at whole. */
function secondPartsOf(written: string, [heads, tails]: [string[], string[]]): Pick<Form, 'halves' | 'tails'> {
  const second = written.slice(written.indexOf('…') + 1).trim();
  const rows = /^[(|\s]*[,،、，-]/.test(second) ? undefined : choices(second);
  if (!rows) return { halves: [heads, tails] };
  const whole = rows.filter(({ slots }) => slots.length < 2).flatMap(({ slots }) => slots[0]!);
  return { halves: [heads, whole], tails: rows.filter(({ slots }) => slots.length > 1) };
}
const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;

/** The commonest words of the language, where the pack lists them. */
async function readFrequent(path: string, name: string) {
  return existsSync(path) ? readJson(path, name, frequent) : { value: undefined, problems: [], bytes: '' };
}

/** How chats shorten words, where the pack lists it. */
async function readShorthand(path: string, name: string) {
  return existsSync(path) ? readJson(path, name, shorthand) : { value: undefined, problems: [], bytes: '' };
}

/** Reads one pack folder. What is wrong is collected, not thrown. */
export async function readPack(lexicons: string, lang: string): Promise<ReadPack> {
  const file = (name: string) => `lexicons/${lang}/${name}`;
  const path = (name: string) => join(lexicons, lang, name);
  const head = await readJson(path('pack.json'), file('pack.json'), manifest);
  const terms = await readJsonl(path('terms.jsonl'), file('terms.jsonl'), term);
  const groups = await readJsonl(path('groups.jsonl'), file('groups.jsonl'), groupName);
  const cues = await readJsonl(path('cues.jsonl'), file('cues.jsonl'), cueEntry);
  const common = await readFrequent(path('frequent.json'), file('frequent.json'));
  const short = await readShorthand(path('shorthand.json'), file('shorthand.json'));
  const problems = [head, terms, groups, cues, common, short].flatMap((part) => part.problems);
  const where = new Map<string, { file: string; line: number }>();
  const note = (id: string, name: string, line: number) => {
    const first = where.get(id);
    if (first)
      problems.push({
        file: file(name),
        line,
        field: 'id',
        message: `an id of its own: "${id}" is also in ${first.file}:${first.line}`,
      });
    if (!id.startsWith(`${lang}-`))
      problems.push({ file: file(name), line, field: 'id', message: `an id that begins with "${lang}-"` });
    where.set(id, { file: file(name), line });
  };
  const entries: Entry[] = [];
  for (const { value, line } of terms.lines) {
    note(value.id, 'terms.jsonl', line);
    if (value.status === 'retired') continue;
    const { forms, severityBasis: _basis, valid: _valid, status: _status, note: _note, ...rest } = value;
    entries.push(defined({ ...rest, forms: formsOf(forms) }) as Entry);
  }
  for (const { value, line } of groups.lines) {
    note(value.id, 'groups.jsonl', line);
    const { group, kind: _kind, forms, ambiguous, note: _note, ...rest } = value;
    entries.push(
      defined({
        ...rest,
        class: 'group_term',
        forms: formsOf(forms),
        targets: [group],
        ...(ambiguous && { ambiguity: 'high' as const }),
      }) as Entry,
    );
  }
  for (const { value, line } of cues.lines) {
    note(value.id, 'cues.jsonl', line);
    const { forms, note: _note, ...rest } = value;
    entries.push(defined({ ...rest, forms: formsOf(forms) }) as Entry);
  }
  if (head.value && head.value.lang !== lang)
    problems.push({ file: file('pack.json'), line: 0, field: 'lang', message: `"${lang}", the name of its folder` });
  const affixes = head.value?.affixes ?? {};
  for (const entry of entries) {
    const at = where.get(entry.id)!;
    if (entry.affix !== undefined && !affixes[entry.affix])
      problems.push({
        ...at,
        field: 'affix',
        message: `an affix class of pack.json (${Object.keys(affixes).join(', ') || 'there are none'}), not "${entry.affix}"`,
      });
  }
  const pack = head.value && {
    lang,
    name: head.value.name,
    scripts: head.value.scripts,
    status: head.value.status,
    countries: head.value.countries,
    ...(head.value.also && { also: head.value.also }),
    ...(head.value.neighbour && { neighbour: head.value.neighbour }),
    ...(head.value.accents && { accents: head.value.accents }),
    grammar: head.value.grammar,
    affixes: Object.fromEntries(
      Object.entries(affixes).map(([name, affix]) => [name, defined(affix)]),
    ) as Pack['affixes'],
    entries,
    ...(common.value && { frequent: common.value }),
    ...(short.value && { shorthand: short.value }),
    revision: sha256([head.bytes, terms.bytes, groups.bytes, cues.bytes, common.bytes, short.bytes].join('\0')).slice(
      0,
      16,
    ),
  };
  return { pack, terms: terms.lines, where, problems };
}
