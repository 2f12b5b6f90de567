import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { iso6393 } from 'iso-639-3';
import { AppError } from '../base/errors.js';
import { guideOf } from './scaffold-guide.js';
import { manifest } from './schema.js';

/** What a new pack begins with. */
export interface NewPack {
  /** ISO 639-3. */
  lang: string;
  /** English; the standard's reference name when absent. */
  name?: string | undefined;
  /** ISO 15924. */
  scripts: string[];
  /** ISO 3166-1 alpha-3. */
  countries: string[];
}

/**
 * Writes an empty pack that `packs check` accepts: manifest, the three files of entries, a guide with lines to copy, and the file of its own
 * sentences. Overwrites nothing. Throws `invalid_input` naming what was expected, `duplicate` when there is such a pack.
 *
 * @param lexicons the folder of packs
 * @returns the files written
 */
export async function scaffoldPack(lexicons: string, { lang, name, scripts, countries }: NewPack): Promise<string[]> {
  const known = iso6393.find(({ iso6393: code }) => code === lang);
  if (!known)
    throw new AppError('invalid_input', {
      detail: `"${lang}": expected an ISO 639-3 code of three small letters, such as "hau"`,
    });
  const folder = join(lexicons, lang);
  if (existsSync(folder)) throw new AppError('duplicate', { detail: `There is a pack in ${folder}` });
  const head = manifest.safeParse({
    lang,
    name: name ?? known.name.replace(/ \(.*\)$/, ''),
    scripts,
    countries,
    status: 'draft',
    reviewers: [],
    grammar: { order: 'SVO', attributive: 'before', negation: ['before'], imperative: 'marked', copula: 'required' },
    affixes: {},
    note: 'Grammar is a first guess: correct it, then delete this note.',
  });
  if (!head.success)
    throw new AppError('invalid_input', {
      detail: head.error.issues.map(({ path, message }) => `${path.join('.')}: expected ${message}`).join('; '),
    });
  const cases = join(dirname(lexicons), 'test', 'conformance', `${lang}.jsonl`);
  const files: [path: string, content: string][] = [
    [join(folder, 'pack.json'), `${JSON.stringify(head.data, null, 2)}\n`],
    [join(folder, 'terms.jsonl'), ''],
    [join(folder, 'groups.jsonl'), ''],
    [join(folder, 'cues.jsonl'), ''],
    [join(folder, 'README.md'), guideOf(head.data.name, lang)],
    [
      cases,
      `${JSON.stringify({ id: `${lang}-001`, capability: 'neutral', text: `Put an ordinary sentence in ${head.data.name} here.`, flagged: false })}\n`,
    ],
  ];
  const written: string[] = [];
  for (const [path, content] of files) {
    await mkdir(dirname(path), { recursive: true });
    // Sentences may have been written before the pack.
    if (existsSync(path)) continue;
    await writeFile(path, content, { flag: 'wx' });
    written.push(path);
  }
  return written;
}
