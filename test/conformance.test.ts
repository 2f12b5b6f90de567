import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Engine, Taxonomy } from '../src/engine/index.js';
import { rules } from '../src/engine/index.js';
import { related } from '../src/lexicon/check.js';
import type { ConformanceCase } from '../src/lexicon/schema.js';
import { root, shippedEngine } from './support/engine.js';

let engine: Engine;
let taxonomy: Taxonomy;

beforeAll(async () => {
  ({ engine, taxonomy } = await shippedEngine());
});

const folder = join(root, 'test', 'conformance');
for (const file of readdirSync(folder)
  .filter((name) => /^[a-z]{3}\.jsonl$/.test(name))
  .sort()) {
  const cases = readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as ConformanceCase);
  describe(`sentences of the ${file.slice(0, 3)} pack get the verdict their writers meant`, () => {
    it.each(cases.map((one) => [one.id, one.capability, one.text, one] as const))(
      '%s %s: %s',
      (_id, _capability, text, one) => {
        const verdict = engine.assess(text, { country: one.country, parent: one.parent });
        expect({ text, flagged: verdict.flagged }).toEqual({ text, flagged: one.flagged });
        if (!one.flagged) return;
        const parents = new Map(taxonomy.groups.map((group) => [group.id, group.parent]));
        for (const group of one.groups ?? [])
          expect({ text, group, found: verdict.groups.some((got) => related(group, got, parents)) }).toEqual({
            text,
            group,
            found: true,
          });
      },
    );
  });
}

describe('the examples of every rule', () => {
  it.each(rules.flatMap((rule) => rule.fires.map((text) => [rule.id, text] as const)))('%s fires: %s', (id, text) => {
    const counting = engine
      .assess(text)
      .findings.filter((finding) => !finding.cleared)
      .map((finding) => finding.rule);
    expect({ text, rules: counting }).toEqual({ text, rules: expect.arrayContaining([id]) });
  });

  it.each(rules.flatMap((rule) => rule.quiet.map((text) => [rule.id, text] as const)))(
    '%s stays quiet: %s',
    (id, text) => {
      const counting = engine
        .assess(text)
        .findings.filter((finding) => !finding.cleared)
        .map((finding) => finding.rule);
      expect(counting).not.toContain(id);
      expect(engine.assess(text).flagged).toBe(false);
    },
  );
});
