import { posix } from 'node:path';

/**
 * Importer → imported: what the house plan permits between rooms. Every other arrow is a mistake. A name with a slash
 * permits that one file; `type` in front permits it as a type only. `node` and `npm` stand for the platform and for packages.
 */
export const arrows: Record<string, string[]> = {
  engine: [],
  base: [],
  contract: ['engine/types'],
  lexicon: ['engine', 'base'],
  store: ['contract', 'base'],
  intake: ['contract', 'store', 'base'],
  stream: ['contract', 'store', 'base'],
  review: ['contract', 'store', 'base'],
  warning: ['contract', 'store', 'base'],
  partners: ['contract', 'store', 'base'],
  reports: ['contract', 'store', 'base'],
  audit: ['contract', 'store', 'base'],
  evidence: ['contract', 'store', 'base'],
  privacy: ['contract', 'store', 'base'],
  classify: ['engine', 'lexicon', 'contract', 'store', 'base'],
  evaluation: ['engine', 'lexicon', 'base'],
  // Reading needs no room of its own: a route asks the store's port, which it is handed.
  http: [
    'contract',
    'base',
    'intake',
    'stream',
    'review',
    'warning',
    'partners',
    'reports',
    'audit',
    'evidence',
    'privacy',
    'classify',
    'type store/port',
  ],
  console: ['contract'],
  config: ['base'],
  app: [
    'config',
    'base',
    'engine',
    'contract',
    'lexicon',
    'store',
    'intake',
    'classify',
    'stream',
    'review',
    'warning',
    'partners',
    'reports',
    'audit',
    'evidence',
    'privacy',
    'http',
  ],
  main: ['config', 'app'],
  // The command line speaks in shapes of the wire, too; `serve` is main's. What only assesses need not load the service.
  cli: ['config', 'app', 'main', 'contract', 'base', 'classify/open', 'evaluation', 'type engine/types'],
};

/** Rooms that take nothing from outside, or only what is named. */
const outside: Record<string, RegExp> = { engine: /^$/, contract: /^zod$/ };

const processFiles = new Set(['main', 'cli', 'config']);

interface Import {
  target: string;
  typeOnly: boolean;
}

/** Files of ours that a source imports, as paths under `src` that end in `.ts`. */
export function imports(path: string, source: string): string[] {
  return parse(source)
    .filter(({ target }) => target.startsWith('.'))
    .map(({ target }) => resolve(path, target));
}

/** Arrows between rooms that nothing permits, and packages in rooms that take none. */
export function violations(sources: Map<string, string>): string[] {
  return [...sources].flatMap(([path, source]) =>
    parse(source)
      .map(({ target, typeOnly }) => ({
        target: target.startsWith('.') ? resolve(path, target) : target,
        own: target.startsWith('.'),
        typeOnly,
      }))
      .filter(
        ({ target, own, typeOnly }) =>
          !(own ? permitted(path, target, typeOnly) : (outside[room(path)]?.test(target) ?? true)),
      )
      .map(({ target }) => `${path} → ${target}`),
  );
}

/** Files that import one another in a circle, each circle once, from the file that comes first in the alphabet. */
export function circles(sources: Map<string, string>): string[] {
  const graph = new Map(
    [...sources].map(([path, source]) => [path, imports(path, source).map((target) => existing(sources, target))]),
  );
  const found = new Set<string>();
  const done = new Set<string>();
  const walk = (path: string, trail: string[]) => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      const circle = trail.slice(at);
      const first = circle.indexOf(circle.toSorted()[0]!);
      const turned = [...circle.slice(first), ...circle.slice(0, first)];
      found.add([...turned, turned[0]].join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return [...found].sort();
}

/** Files besides main, cli and config that touch the process they run in. */
export function readsProcess(sources: Map<string, string>): string[] {
  return [...sources]
    .filter(([path]) => !processFiles.has(room(path)) && room(path) !== 'console')
    .filter(([, source]) => {
      const bare = withoutComments(source);
      return (
        /(?<![\w.$])process\s*(\.|\[|\?\.)/.test(withoutStrings(bare)) ||
        parse(source).some(({ target }) => target === 'node:process' || target === 'process')
      );
    })
    .map(([path]) => path);
}

/** The first folder, or the name of a file at the top. */
function room(path: string): string {
  return path.split('/')[0]!.replace(/\.tsx?$/, '');
}

function permitted(from: string, to: string, typeOnly: boolean): boolean {
  const [here, there] = [room(from), room(to)];
  if (here === there) return true;
  const file = to.replace(/\.tsx?$/, '');
  return (arrows[here] ?? []).some((arrow) => {
    if (!arrow.startsWith('type ')) return arrow === there || arrow === file;
    return typeOnly && arrow.slice('type '.length) === file;
  });
}

function resolve(path: string, target: string): string {
  return posix.join(posix.dirname(path), target).replace(/\.js(x?)$/, '.ts$1');
}

/** A `.js` import may mean a `.tsx` file. */
function existing(sources: Map<string, string>, target: string): string {
  return sources.has(target) ? target : target.replace(/\.ts$/, '.tsx');
}

const statement = /(?:^|[\n;}])\s*(?:import|export)\s+(?:(type)\s+)?(?:[^'"`;]*?\bfrom\s*)?(['"])([^'"\n]+)\2/g;
const dynamic = /\bimport\s*\(\s*(['"])([^'"\n]+)\1/g;
const worker = /\bnew\s+URL\s*\(\s*(['"])(\.[^'"\n]+)\1\s*,\s*import\.meta\.url/g;

function parse(source: string): Import[] {
  const bare = withoutComments(source);
  return [
    ...[...bare.matchAll(statement)].map((match) => ({ target: match[3]!, typeOnly: match[1] === 'type' })),
    ...[...bare.matchAll(dynamic)].map((match) => ({ target: match[2]!, typeOnly: false })),
    ...[...bare.matchAll(worker)].map((match) => ({ target: match[2]!, typeOnly: false })),
  ].filter(({ target }) => /^[\w@.:/-]+$/.test(target));
}

/** Comments become blanks; strings, templates and regular expressions are stepped over, so that `//` inside them stays. */
function withoutComments(source: string): string {
  return source.replaceAll(
    /(\/\/[^\n]*|\/\*[\s\S]*?\*\/)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|(?<=[=(,:!&|?{};\n]\s*)\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/)/g,
    (_all, comment: string | undefined, literal: string | undefined) =>
      comment ? comment.replaceAll(/[^\n]/g, ' ') : (literal ?? ''),
  );
}

function withoutStrings(source: string): string {
  return source.replaceAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, "''");
}
