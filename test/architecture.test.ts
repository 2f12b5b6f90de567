import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { arrows, circles, imports, readsProcess, violations } from './support/architecture.js';

const root = join(import.meta.dirname, '..', '..');
const sources = new Map(
  readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => path.replaceAll('\\', '/'))
    .map((path) => [path, readFileSync(join(root, 'src', path), 'utf8')]),
);

const house = (files: Record<string, string>) => new Map(Object.entries(files));

const ofHttp = (source: string) => violations(house({ 'http/a.ts': source, 'store/port.ts': '', 'store/open.ts': '' }));

describe('the house plan', () => {
  it('finds the sources', () => {
    expect([...sources.keys()]).toEqual(
      expect.arrayContaining(['app.ts', 'main.ts', 'engine/index.ts', 'http/server.ts']),
    );
  });

  it('has no arrow that is not permitted', () => {
    expect(violations(sources)).toEqual([]);
  });

  it('has no circle', () => {
    expect(circles(sources)).toEqual([]);
  });

  it('reads the process only where it starts', () => {
    expect(readsProcess(sources)).toEqual([]);
  });
});

describe('the test of the house plan', () => {
  it.each([
    ['a static import', `import { Store } from '../store/port.js';`],
    ['a type import', `import type { Store } from '../store/port.js';`],
    ['an import over several lines', `import {\n  Store,\n} from '../store/port.js';`],
    ['an export from', `export { open } from '../store/port.js';`],
    ['a bare import', `import '../store/port.js';`],
    ['a dynamic import', `const port = await import('../store/port.js');`],
    ['a worker', `new Worker(new URL('../store/port.js', import.meta.url));`],
  ])('sees %s', (_name, source) => {
    expect(imports('engine/compile.ts', source)).toEqual(['store/port.ts']);
    expect(violations(house({ 'engine/compile.ts': source, 'store/port.ts': '' }))).toEqual([
      'engine/compile.ts → store/port.ts',
    ]);
  });

  it('does not take a comment or a string for an import', () => {
    const source = `// import { x } from '../store/port.js';\n/* import '../store/port.js' */\nconst s = "import x from '../store/port.js'";`;
    expect(imports('engine/compile.ts', source)).toEqual([]);
  });

  it.each([
    ['intake', 'review'],
    ['stream', 'intake'],
    ['base', 'contract'],
    ['store', 'intake'],
    ['http', 'lexicon'],
    ['classify', 'http'],
    ['console', 'base'],
    ['lexicon', 'contract'],
  ])('forbids %s → %s', (from, to) => {
    const files = { [`${from}/a.ts`]: `import { b } from '../${to}/b.js';`, [`${to}/b.ts`]: '' };
    expect(violations(house(files))).toEqual([`${from}/a.ts → ${to}/b.ts`]);
  });

  it('permits what the plan permits', () => {
    for (const [from, tos] of Object.entries(arrows))
      for (const to of tos) {
        const path = to.includes('/') ? to : `${to}/b`;
        const inRoom = !['app', 'main', 'cli', 'config'].includes(from);
        const file = inRoom ? `${from}/a.ts` : `${from}.ts`;
        const target = ['app', 'config', 'main'].includes(to) ? to : path;
        const source = `import type { b } from '${inRoom ? '../' : './'}${target}.js';`;
        expect(violations(house({ [file]: source, [`${target}.ts`]: '' }))).toEqual([]);
      }
  });

  it('permits the port of the store to http as a type, and not its drivers or values', () => {
    expect(ofHttp(`import type { Store } from '../store/port.js';`)).toEqual([]);
    expect(ofHttp(`import { Store } from '../store/port.js';`)).toEqual(['http/a.ts → store/port.ts']);
    expect(ofHttp(`import type { Store } from '../store/open.js';`)).toEqual(['http/a.ts → store/open.ts']);
  });

  it('forbids to import a package in a room that must stay pure', () => {
    expect(violations(house({ 'engine/a.ts': `import { z } from 'zod';` }))).toEqual(['engine/a.ts → zod']);
    expect(violations(house({ 'engine/a.ts': `import { readFileSync } from 'node:fs';` }))).toEqual([
      'engine/a.ts → node:fs',
    ]);
    expect(violations(house({ 'contract/a.ts': `import { z } from 'zod';` }))).toEqual([]);
    expect(violations(house({ 'contract/a.ts': `import { join } from 'node:path';` }))).toEqual([
      'contract/a.ts → node:path',
    ]);
  });

  it('finds circles, inside a room too', () => {
    const files = {
      'intake/a.ts': `import { b } from './b.js';`,
      'intake/b.ts': `import { c } from './c.js';`,
      'intake/c.ts': `import { a } from './a.js';`,
      'intake/d.ts': `import { a } from './a.js';`,
    };
    expect(circles(house(files))).toEqual(['intake/a.ts → intake/b.ts → intake/c.ts → intake/a.ts']);
  });

  it.each([
    ['the environment', `const home = process.env['HOME'];`],
    ['the exit', `process.exit(1);`],
    ['the process by import', `import process from 'node:process';`],
    ['the process by name', `import { env } from 'node:process';`],
  ])('finds a use of %s', (_name, source) => {
    expect(readsProcess(house({ 'http/a.ts': source }))).toEqual(['http/a.ts']);
    expect(
      readsProcess(house({ 'main.ts': source, 'config.ts': source, 'cli.ts': source, 'cli/a.ts': source })),
    ).toEqual([]);
  });

  it('does not take a word or a comment for the process', () => {
    const source = `// process.env is read elsewhere\nconst preprocess = { env: 1 }; preprocess.env; const text = 'as process.env';`;
    expect(readsProcess(house({ 'http/a.ts': source }))).toEqual([]);
  });
});
