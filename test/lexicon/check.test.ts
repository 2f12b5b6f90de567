import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checkEntries, checkPacks } from '../../src/lexicon/check.js';
import { scaffoldPack } from '../../src/lexicon/scaffold.js';
import { testEnv } from '../support/app.js';
import { folders } from '../support/engine.js';

let root: string;
let lexicons: string;
const made: string[] = [];

/** A folder of packs with the one invented English pack, which each test changes. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tocsin-check-'));
  made.push(root);
  lexicons = join(root, 'lexicons');
  await cp(testEnv.TOCSIN_LEXICONS, lexicons, { recursive: true });
  await mkdir(join(root, 'test', 'conformance'), { recursive: true });
  await writeFile(join(root, 'test', 'conformance', 'eng.jsonl'), '');
});
afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

const path = (file: string) => join(lexicons, 'eng', file);
async function append(file: string, ...entries: object[]): Promise<void> {
  const old = await readFile(path(file), 'utf8');
  await writeFile(path(file), `${old}${entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')}`);
}
/** Changes the invented term. */
async function retell(changes: object): Promise<void> {
  const [line] = (await readFile(path('terms.jsonl'), 'utf8')).split('\n');
  await writeFile(
    path('terms.jsonl'),
    `${JSON.stringify({ ...(JSON.parse(line!) as object), ...changes }, (_key, value: unknown) => value)}\n`,
  );
}
const check = async () => {
  const { problems, notes } = await checkEntries({ lexicons, data: folders.data });
  const said = (list: typeof problems) =>
    list.map(({ file, line, field, message }) => `${file}:${line}: ${field}: ${message}`);
  return { problems: said(problems), notes: said(notes) };
};

describe('packs check', () => {
  it('has nothing to say of a pack that is right', async () =>
    expect(await check()).toEqual({ problems: [], notes: [] }));

  it('wants two sources for severity 4 and more, counting a source once', async () => {
    await retell({ sources: [{ id: 'nobody', claim: 'one' }] });
    const expected = ['lexicons/eng/terms.jsonl:1: sources: at least two sources for severity 4'];
    expect((await check()).problems).toEqual(expected);
    await retell({
      sources: [
        { id: 'nobody', claim: 'one' },
        { id: 'nobody', claim: 'the same' },
      ],
    });
    expect((await check()).problems).toEqual(expected);
    await retell({ severity: 3, sources: [{ id: 'nobody', claim: 'one' }] });
    expect((await check()).problems).toEqual([]);
  });

  it('names the line of a form in two parts that stands for too many', async () => {
    const twenty = `(${Array.from({ length: 20 }, (_, i) => `word${i}`).join('|')})`;
    await append('cues.jsonl', {
      id: 'eng-c-900',
      class: 'violence_predicate',
      forms: [`${twenty} ${twenty} ${twenty} … ${twenty}`],
    });
    expect((await check()).problems).toEqual([
      expect.stringMatching(/^lexicons\/eng\/cues\.jsonl:\d+: forms\.0: choices that make at most 20000 forms$/),
    ]);
  });

  it('names the line of a form with choices within choices, which would be read as no form at all', async () => {
    await append('cues.jsonl', {
      id: 'eng-c-900',
      class: 'violence_predicate',
      forms: ['(who gives a (damn|fig)|so what) if'],
    });
    expect((await check()).problems).toEqual([
      expect.stringMatching(
        /^lexicons\/eng\/cues\.jsonl:\d+: forms\.0: choices beside each other, "\(a\|b\) \(c\|d\)", none within another$/,
      ),
    ]);
  });

  it('names the line of a form with choices and brackets around what is no choice, which no text would hold', async () => {
    await append('cues.jsonl', {
      id: 'eng-c-900',
      class: 'violence_predicate',
      forms: ['(hopefully) they (drown|burn)'],
    });
    expect((await check()).problems).toEqual([
      expect.stringMatching(/^lexicons\/eng\/cues\.jsonl:\d+: forms\.0: brackets around choices only/),
    ]);
  });

  it('refuses choices that were cut into forms at their bars', async () => {
    await append('cues.jsonl', {
      id: 'eng-c-900',
      class: 'violence_predicate',
      forms: ['(just', 'only) lie', 'steal'],
    });
    expect((await check()).problems).toEqual([
      expect.stringMatching(/^lexicons\/eng\/cues\.jsonl:\d+: forms: choices on one line/),
    ]);
  });

  it('wants packs that another names to be there', async () => {
    const pack = JSON.parse(await readFile(path('pack.json'), 'utf8')) as object;
    await writeFile(path('pack.json'), JSON.stringify({ ...pack, also: ['xyz'], neighbour: 'eng' }));
    expect((await check()).problems).toEqual([
      'lexicons/eng/pack.json:1: also: the language of another pack, not "xyz"',
      'lexicons/eng/pack.json:1: neighbour: the language of another pack, not "eng"',
    ]);
  });

  it('wants a source that the register has', async () => {
    await retell({ severity: 3, sources: [{ id: 'hearsay', claim: 'one' }] });
    expect((await check()).problems).toEqual([
      'lexicons/eng/terms.jsonl:1: sources: an id of lexicons/_shared/sources.jsonl, not "hearsay"',
    ]);
  });

  it.each([
    ['an ambiguous word', { ambiguity: 'high' }, 'false when ambiguity is high'],
    ['an unverified one', { unverified: true, sources: [] }, 'false when unverified'],
  ])('lets %s never stand alone', async (_what, changes, message) => {
    await retell(changes);
    expect((await check()).problems).toEqual([`lexicons/eng/terms.jsonl:1: standalone: ${message}`]);
    await retell({ ...changes, standalone: false });
    expect((await check()).problems).toEqual([]);
  });

  it('names both entries whose forms fold into one within a class', async () => {
    await append('groups.jsonl', { id: 'eng-g-002', group: 'X.mig.refugee', kind: 'neutral', forms: ['Réfugée'] });
    expect((await check()).problems).toEqual([
      'lexicons/eng/groups.jsonl:2: forms: a form of its own: "Réfugée" reads the same as one of eng-g-001 (lexicons/eng/groups.jsonl:1, group_term)',
    ]);
  });

  it('notes a term that flags by itself and is spelt like a harmless word, in its pack and in another', async () => {
    await append('cues.jsonl', { id: 'eng-c-009', class: 'object_noun', forms: ['blorven'] });
    await scaffoldPack(lexicons, { lang: 'kau', scripts: ['Latn'], countries: [] });
    await writeFile(
      join(lexicons, 'kau', 'cues.jsonl'),
      `${JSON.stringify({ id: 'kau-c-001', class: 'praise', sub: 'adjective', forms: ['Blórven'] })}\n`,
    );
    const { problems, notes } = await check();
    expect(problems).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(/^lexicons\/eng\/terms\.jsonl:1: forms: eng-t-001: .*eng-c-009 \(lexicons\/eng\/cues/),
      expect.stringMatching(/^lexicons\/eng\/terms\.jsonl:1: forms: eng-t-001: .*kau-c-001 \(lexicons\/kau\/cues/),
    ]);
  });

  it('is silent about attacks that share a word', async () => {
    await append('cues.jsonl', { id: 'eng-c-009', class: 'derogatory_attribute', sub: 'noun', forms: ['blorven'] });
    expect(await check()).toEqual({ problems: [], notes: [] });
  });
});

describe('coverage of both sides', () => {
  /** Five invented terms against one people of a country, and none against the others. */
  async function oneSided(): Promise<void> {
    const manifest = JSON.parse(await readFile(path('pack.json'), 'utf8')) as object;
    await writeFile(path('pack.json'), JSON.stringify({ ...manifest, countries: ['RWA'] }));
    const [line] = (await readFile(path('terms.jsonl'), 'utf8')).split('\n');
    const term = JSON.parse(line!) as object;
    await append(
      'terms.jsonl',
      ...[2, 3, 4, 5, 6].map((n) => ({
        ...term,
        id: `eng-t-00${n}`,
        forms: [`glimmek${'a'.repeat(n)}x${n}`],
        targets: ['X.eth.tutsi'],
      })),
    );
  }
  const reasons = (...lines: object[]) =>
    writeFile(join(lexicons, '_shared', 'coverage.jsonl'), lines.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const reason = {
    country: 'RWA',
    status: 'open',
    reason: 'No source names one; it is to be sought.',
    on: '2026-11-28',
  };

  it('wants a term or a reason for each side that stands at none', async () => {
    await oneSided();
    const { problems } = await check();
    expect(problems).toContain(
      'lexicons/_shared/coverage.jsonl:0: RWA: a term against RWA.eth.hutu, or a line with the reason why there is none, as 5 are held against X.eth.tutsi',
    );
    const sides = problems.map((problem) => /against (RWA\S+),/.exec(problem)![1]!);
    await reasons({ ...reason, groups: sides });
    expect(await check()).toEqual({ problems: [], notes: [] });
  });

  it('notes a reason that nothing needs any more, and refuses one for nobody', async () => {
    await reasons({ ...reason, groups: ['RWA.eth.hutu', 'RWA.eth.nobody'] });
    const { problems, notes } = await check();
    expect(notes).toEqual([
      'lexicons/_shared/coverage.jsonl:1: groups: RWA.eth.hutu is no gap in RWA any more; this reason may go',
    ]);
    expect(problems).toEqual([
      'lexicons/_shared/coverage.jsonl:1: groups: a group id of data/taxonomy/groups.jsonl, not "RWA.eth.nobody"',
    ]);
  });

  it('refuses a reason that says nothing', async () => {
    await reasons({ ...reason, groups: ['RWA.eth.hutu'], reason: 'n/a' });
    expect((await check()).problems).toEqual(['lexicons/_shared/coverage.jsonl:1: reason: a reason in a sentence']);
  });
});

describe('packs new', () => {
  const pack = { lang: 'kau', scripts: ['Latn', 'Arab'], countries: ['NGA', 'NER'] };

  it('writes a pack that packs check accepts, named as the standard names the language', async () => {
    const written = await scaffoldPack(lexicons, pack);
    expect(written.map((file) => file.slice(root.length + 1))).toEqual([
      'lexicons/kau/pack.json',
      'lexicons/kau/terms.jsonl',
      'lexicons/kau/groups.jsonl',
      'lexicons/kau/cues.jsonl',
      'lexicons/kau/README.md',
      'test/conformance/kau.jsonl',
    ]);
    expect(JSON.parse(await readFile(written[0]!, 'utf8'))).toMatchObject({ name: 'Kanuri', ...pack, status: 'draft' });
    const { problems, notes, summary } = await checkPacks({ lexicons, data: folders.data });
    expect([problems, notes]).toEqual([[], []]);
    expect(summary).toContainEqual(expect.objectContaining({ lang: 'kau', status: 'draft', cases: 1, failing: 0 }));
  });

  it('shows lines that packs check accepts once a word stands in them', async () => {
    await scaffoldPack(lexicons, pack);
    const guide = await readFile(join(lexicons, 'kau', 'README.md'), 'utf8');
    const lines = [...guide.matchAll(/^ +(\{.*\})$/gm)].map(([, line]) => line!);
    for (const [part, file] of Object.entries({ t: 'terms', g: 'groups', c: 'cues' }))
      await writeFile(
        join(lexicons, 'kau', `${file}.jsonl`),
        `${lines
          .filter((line) => line.includes(`"kau-${part}-`))
          .map((line, i) => line.replaceAll('WORD', `kuro${part}${i}ma`).replace('an-id-of-the-register', 'nobody'))
          .join('\n')}\n`,
      );
    expect(lines.length).toBeGreaterThanOrEqual(7);
    expect(await check()).toEqual({ problems: [], notes: [] });
  });

  it('overwrites nothing, and keeps sentences that were written before', async () => {
    const cases = join(root, 'test', 'conformance', 'kau.jsonl');
    await writeFile(cases, '');
    expect(await scaffoldPack(lexicons, pack)).not.toContain(cases);
    await expect(scaffoldPack(lexicons, pack)).rejects.toMatchObject({ code: 'duplicate' });
  });

  it.each([
    ['a language that is none', { ...pack, lang: 'zzz' }, /"zzz": expected an ISO 639-3 code/],
    ['a path', { ...pack, lang: '../x' }, /expected an ISO 639-3 code/],
    ['a script that is none', { ...pack, scripts: ['latin'] }, /scripts\.0: expected an ISO 15924 code/],
    ['a country that is none', { ...pack, countries: ['ng'] }, /countries\.0: expected an ISO 3166-1/],
  ])('refuses %s and says what it expected', async (_what, wrong, message) => {
    await expect(scaffoldPack(lexicons, wrong)).rejects.toThrow(message);
  });
});
