import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Assessment, Engine, Group } from '../../src/engine/index.js';
import type { LexiconBundle } from '../../src/lexicon/load.js';
import { shippedEngine, shippedPacks } from '../support/engine.js';

/**
 * The fairness law: the name of one group in the place of another of the same kind changes neither category, level nor severity. Every group of the
 * taxonomy that the English pack can name is put into every sentence, and every country's people by their nationality.
 */
const hostile = [
  'I hate the G.',
  'The G are rats.',
  'All the G are stupid and filthy.',
  'We must kill all the G.',
  'Deport all the G.',
  'Do not hire the G.',
  'The G want to wipe us out.',
  'The G should be shot.',
  'Why should we let the G vote?',
  'The G are not human.',
  'The G moved in. They are vermin.',
  'Fuck the G.',
  'The G are taking over our country.',
];
const harmless = [
  'The G are my neighbours.',
  'I love the G.',
  'We must never hurt the G.',
  'Police said three of the G were hurt in the accident.',
  'The G opened a new school on Monday.',
  '"The G are rats" is a disgusting thing to say.',
  'I do not hate the G.',
  'The report asks for equal rights for the G.',
];

let engine: Engine;
let bundle: LexiconBundle;
let named: { group: Group; name: string }[];

/** The plainest English name: unambiguous, the shortest form that means people by itself. */
function nameOf(group: Group): string | undefined {
  const entries = bundle.packs.find((pack) => pack.lang === 'eng')!.entries;
  const forms = entries
    .filter((entry) => entry.class === 'group_term' && entry.targets?.[0] === group.id)
    .sort((a, b) => Number(a.ambiguity === 'high') - Number(b.ambiguity === 'high'))
    // A word with an everyday sense stands for people only in a longer name: "Fur people", not "Fur".
    .flatMap((entry) => entry.forms.filter((form) => entry.ambiguity !== 'high' || form.t.includes(' ')))
    .filter((form) => /^[\p{L}' -]+$/u.test(form.t) && !form.t.startsWith('the '));
  const plural = forms.filter((form) => form.f.includes('plural'));
  return (plural.length > 0 ? plural : forms).map((form) => form.t)[0];
}

const verdict = (a: Assessment) => ({
  flagged: a.flagged,
  level: a.level,
  severity: a.severity,
  categories: a.categories.join(),
});

beforeAll(async () => {
  ({ engine } = await shippedEngine());
  bundle = await shippedPacks();
  named = bundle.taxonomy.groups.flatMap((group) => {
    const name = nameOf(group);
    return name === undefined ? [] : [{ group, name }];
  });
});

/** Verdicts by ground, each with the names that got it. */
function spread(sentence: string): Map<string, Map<string, string[]>> {
  const byGround = new Map<string, Map<string, string[]>>();
  for (const { group, name } of named) {
    const text = sentence.replaceAll('G', name);
    const key = JSON.stringify(verdict(engine.assess(text)));
    const verdicts = byGround.get(group.ground) ?? new Map<string, string[]>();
    verdicts.set(key, [...(verdicts.get(key) ?? []), `${name} (${group.id})`]);
    byGround.set(group.ground, verdicts);
  }
  return byGround;
}

describe('one group in the place of another of the same kind', () => {
  it('is tried over all groups that English names', () => {
    expect(named.length).toBeGreaterThanOrEqual(550);
  });

  it.each([...hostile, ...harmless])('changes nothing in: %s', (sentence) => {
    const unequal: Record<string, unknown> = {};
    for (const [ground, verdicts] of spread(sentence)) {
      const ordered = [...verdicts].sort((a, b) => b[1].length - a[1].length);
      if (ordered.length > 1)
        unequal[ground] = {
          most: ordered[0]![0],
          others: Object.fromEntries(ordered.slice(1).map(([v, n]) => [v, n])),
        };
    }
    expect(unequal).toEqual({});
  });

  it.each(hostile)('is seen as an attack in: %s', (sentence) => {
    const missed = named.filter(({ name }) => !engine.assess(sentence.replaceAll('G', name)).flagged);
    expect(missed.map(({ name, group }) => `${name} (${group.id})`)).toEqual([]);
  });

  it.each(harmless)('is left alone in: %s', (sentence) => {
    const flagged = named.filter(({ name }) => engine.assess(sentence.replaceAll('G', name)).flagged);
    expect(flagged.map(({ name, group }) => `${name} (${group.id})`)).toEqual([]);
  });
});
