import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

type Tree = { [key: string]: string | Tree };

const read = (name: string): Map<string, string> =>
  flatten(JSON.parse(readFileSync(`src/console/i18n/${name}.json`, 'utf8')) as Tree);

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

const plural = /_(zero|one|two|few|many|other)$/u;
const stem = (key: string) => key.replace(plural, '');
const fields = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/gu) ?? [])].sort();

describe.each([
  ['fra', 'fr'],
  ['ara', 'ar'],
])('the strings in %s', (name, tag) => {
  const english = read('eng');
  const other = read(name);

  it('are all there, and no others', () => {
    expect([...new Set([...other.keys()].map(stem))].sort()).toEqual(
      [...new Set([...english.keys()].map(stem))].sort(),
    );
  });

  it('have every plural form of the language', () => {
    const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    for (const key of new Set([...english.keys()].filter((candidate) => plural.test(candidate)).map(stem))) {
      expect(
        [...other.keys()]
          .filter((candidate) => stem(candidate) === key && plural.test(candidate))
          .map((candidate) => candidate.slice(key.length + 1))
          .sort(),
      ).toEqual([...categories].sort());
    }
  });

  it('use no field that the English does not give', () => {
    for (const [key, text] of other) {
      const given = [...english]
        .filter(([candidate]) => stem(candidate) === stem(key))
        .flatMap(([, value]) => fields(value));
      expect({ key, unknown: fields(text).filter((field) => !given.includes(field)) }).toEqual({ key, unknown: [] });
      if (!plural.test(key))
        expect({ key, fields: fields(text) }).toEqual({ key, fields: fields(english.get(key) ?? '') });
    }
  });

  it('are translated', () => {
    const same = [...other]
      .filter(([key, text]) => english.get(key) === text && /\p{L}{4}/u.test(text.replaceAll(/\{\{\w+\}\}/gu, '')))
      .map(([key]) => key);
    // Words that are the same in French, names, and codes.
    const allowed =
      /^(app\.name|keys\.short\..*|.*\.title|nav\.label|role\.legend|class\..*|sourceKind\..*|decide\.note(Label)?|context\.source|keys\.secret|rabat\.(title|intent)|upload\.column\.(sourceName)|account\.role\..*)$/u;
    expect(same.filter((key) => !allowed.test(key))).toEqual([]);
  });
});
