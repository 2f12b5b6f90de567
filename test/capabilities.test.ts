import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Engine, Taxonomy } from '../src/engine/index.js';
import { related } from '../src/lexicon/check.js';
import { conformanceCase } from '../src/lexicon/schema.js';
import type { ConformanceCase } from '../src/lexicon/schema.js';
import { root, shippedEngine } from './support/engine.js';

/**
 * Sentences written from the definitions of the capabilities by somebody who had not seen the lexicon. Not all are right yet: the floors
 * say how many of each must be, and are raised, never lowered, as the engine learns.
 */
const cases = readFileSync(join(root, 'test', 'conformance', 'eng-capabilities.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => conformanceCase.parse(JSON.parse(line)));
const floors = JSON.parse(
  readFileSync(join(root, 'test', 'conformance', 'eng-capabilities.floors.json'), 'utf8'),
) as Record<string, number>;
const capabilities = [...new Set(cases.map((one) => one.capability))].sort();

let engine: Engine;
let taxonomy: Taxonomy;

beforeAll(async () => {
  ({ engine, taxonomy } = await shippedEngine());
});

function right(one: ConformanceCase): boolean {
  const verdict = engine.assess(one.text, { country: one.country, parent: one.parent });
  if (verdict.flagged !== one.flagged) return false;
  const parents = new Map(taxonomy.groups.map((group) => [group.id, group.parent]));
  return (
    !one.flagged || (one.groups ?? []).every((group) => verdict.groups.some((got) => related(group, got, parents)))
  );
}

describe('the capabilities, on sentences the lexicon was not written for', () => {
  it('are at least twenty-five sentences each, a thousand in all, with a floor', () => {
    expect(cases.length).toBeGreaterThanOrEqual(1_000);
    for (const capability of capabilities)
      expect(cases.filter((one) => one.capability === capability).length).toBeGreaterThanOrEqual(25);
    expect(Object.keys(floors).sort()).toEqual(capabilities);
  });

  it.each(capabilities)('%s does not fall below its floor', (capability) => {
    const passed = cases.filter((one) => one.capability === capability && right(one)).length;
    expect({ capability, passed, reached: passed >= floors[capability]! }).toEqual({
      capability,
      passed,
      reached: true,
    });
  });
});
