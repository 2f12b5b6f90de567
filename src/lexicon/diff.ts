import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { packLanguages } from './load.js';

/** What is different in one field of an entry; of lists what went and what came. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

export interface EntryChange {
  lang: string;
  /** The file below the pack's folder, and the line in the newer set; in the older one for an entry that is gone. */
  file: string;
  line: number;
  /** Id of the entry; "" for a file that is one object or list. */
  id: string;
  kind: 'added' | 'removed' | 'changed';
  /** What a reader knows the entry by. */
  title: string;
  fields: FieldChange[];
}

interface Entry {
  line: number;
  value: Record<string, unknown>;
}

/** Whole files and files of entries of a pack. */
const whole = ['pack.json', 'frequent.json', 'shorthand.json'];
const ofEntries = ['terms.jsonl', 'groups.jsonl', 'cues.jsonl'];

/** What changed from one folder of packs to another, by language, file and entry. Lines that are no JSON objects are left to `packs check`. */
export async function diffPacks(before: string, after: string): Promise<EntryChange[]> {
  const languages = [...new Set([...(await packLanguages(before)), ...(await packLanguages(after))])].sort();
  const changes = await Promise.all(
    languages.map(async (lang) => {
      const files = await Promise.all(
        [...whole, ...ofEntries].map(async (file) =>
          compare(lang, file, await readEntries(before, lang, file), await readEntries(after, lang, file)),
        ),
      );
      return files.flat();
    }),
  );
  return changes.flat();
}

async function readEntries(lexicons: string, lang: string, file: string): Promise<Map<string, Entry>> {
  const path = join(lexicons, lang, file);
  const entries = new Map<string, Entry>();
  if (!existsSync(path)) return entries;
  const text = await readFile(path, 'utf8');
  if (whole.includes(file)) {
    const value = parsed(text);
    // A list of words changes by its words.
    if (value !== undefined) entries.set('', { line: 1, value: Array.isArray(value) ? { words: value } : value });
    return entries;
  }
  text.split('\n').forEach((raw, i) => {
    const value = parsed(raw);
    if (value !== undefined && !Array.isArray(value))
      entries.set(typeof value['id'] === 'string' ? value['id'] : `line ${i + 1}`, { line: i + 1, value });
  });
  return entries;
}

function parsed(text: string): Record<string, unknown> | unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function compare(lang: string, file: string, before: Map<string, Entry>, after: Map<string, Entry>): EntryChange[] {
  const changes: EntryChange[] = [];
  for (const [id, { line, value }] of after) {
    const old = before.get(id);
    const at = { lang, file, line, id, title: titleOf(value) };
    if (!old) changes.push({ ...at, kind: 'added', fields: [] });
    else if (!isDeepStrictEqual(old.value, value))
      changes.push({ ...at, kind: 'changed', fields: fieldsOf(old.value, value) });
  }
  for (const [id, { line, value }] of before)
    if (!after.has(id)) changes.push({ lang, file, line, id, title: titleOf(value), kind: 'removed', fields: [] });
  return changes;
}

function fieldsOf(before: Record<string, unknown>, after: Record<string, unknown>): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !isDeepStrictEqual(before[field], after[field]))
    .map((field) => {
      const [old, now] = [before[field], after[field]];
      if (!Array.isArray(old) || !Array.isArray(now)) return { field, before: old, after: now };
      const lacks = (list: unknown[]) => (one: unknown) => !list.some((other) => isDeepStrictEqual(one, other));
      return { field, before: old.filter(lacks(now)), after: now.filter(lacks(old)) };
    });
}

function titleOf(value: Record<string, unknown>): string {
  const forms = Array.isArray(value['forms']) ? (value['forms'] as unknown[]) : [];
  const [first] = forms.map((form) =>
    typeof form === 'object' && form !== null && 't' in form ? String(form.t) : String(form),
  );
  const what = [value['class'] ?? value['group'], value['sub']].filter((part) => typeof part === 'string').join('/');
  const name = typeof value['term'] === 'string' ? value['term'] : first;
  return [name === undefined ? '' : `"${name}"`, what === '' ? '' : `(${what})`].filter(Boolean).join(' ');
}
