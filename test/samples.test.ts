import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { postInput } from '../src/contract/post.js';
import type { Engine } from '../src/engine/index.js';
import { root, shippedEngine } from './support/engine.js';

const folder = join(root, 'data', 'samples');
const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
const rowsOf = (file: string) =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as { expect: { flagged: boolean }; text: string });

let engine: Engine;
beforeAll(async () => {
  ({ engine } = await shippedEngine());
});

describe('the invented posts of the demo', () => {
  it('are at least two hundred, in five languages and more', () => {
    expect(files).toEqual(expect.arrayContaining(['ara.jsonl', 'eng.jsonl', 'fra.jsonl', 'kin.jsonl', 'swa.jsonl']));
    expect(files.flatMap(rowsOf).length).toBeGreaterThanOrEqual(200);
  });

  it.each(files)('of %s are posts that the API takes', (file) => {
    for (const { expect: _expect, ...row } of rowsOf(file)) {
      const parsed = postInput.safeParse(row);
      expect({ text: row.text, issues: parsed.error?.issues }).toEqual({ text: row.text, issues: undefined });
    }
  });

  it.each(files)('of %s ring the alarm exactly where their writers meant', (file) => {
    const wrong = rowsOf(file).filter((row) => {
      const { expect: _expect, ...input } = row;
      const post = postInput.parse(input);
      return (
        engine.assess(row.text, { country: post.place?.country, language: post.language, parent: post.parent?.text })
          .flagged !== row.expect.flagged
      );
    });
    expect(wrong.map((row) => row.text)).toEqual([]);
  });
});
