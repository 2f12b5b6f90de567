import { arms } from './arms.js';
import type { Answers, ArmResult } from './child.js';
import { median } from './measure.js';
import type { Cell, Goal } from './goals.js';
import type { LengthResult, StartResult, WorstResult } from './probes.js';

export interface Report {
  date: string;
  machine: string;
  cpu: string;
  node: string;
  peers: Record<string, string>;
  rounds: number;
  milliseconds: number;
  goals: Goal[];
  cells: Cell[];
  faults: string[];
}

const whole = (value: number) => Math.round(value).toLocaleString('en');
const short = (value: number) => (Math.abs(value) >= 100 ? whole(value) : String(Number(value.toPrecision(3))));
const row = (...cells: (string | number)[]) => `| ${cells.join(' | ')} |`;
const table = (head: string[], rows: string[]) => [row(...head), row(...head.map(() => '---')), ...rows].join('\n');
const found = (answers: readonly Answers[]) =>
  answers.flatMap((a) => Object.values(a.recall)).reduce(([f, o], [g, p]) => [f + g, o + p], [0, 0]);

/** Everything wrong with the answers of a cell: an arm that answers wrongly has no speed. */
export function faultsOf({ what, arm, size, rounds }: Cell): string[] {
  if (what !== 'arm') return [];
  const faults: string[] = [];
  const { expects, reported } = arms[arm]!;
  for (const { answers } of rounds as ArmResult[]) {
    if (!answers || expects === 'report' || expects === 'language' || expects === 'none' || reported) continue;
    for (const [texts, a] of Object.entries(answers)) {
      if (a.wrong > 0)
        faults.push(`${arm}, ${size} terms: ${a.wrong} ${texts} with other matches than plain search finds`);
      for (const [script, [got, of]] of Object.entries(a.recall))
        if (got < of) faults.push(`${arm}, ${size} terms: ${got} of ${of} terms found in ${texts} in ${script}`);
      if (expects === 'verdict' && a.falseAlarms > 0)
        faults.push(`${arm}, ${size} terms: ${a.falseAlarms} false alarms in ${texts}`);
    }
  }
  return faults;
}

/** Of an arm that names languages: the share of right ones. */
function rightOf(answers: ArmResult['answers']): string {
  const [right, of] = answers?.posts.languages ?? [0, 0];
  return of > 0 ? `${(right / of).toFixed(3)} of ${whole(of)}` : '';
}

function armRows(cells: readonly Cell[]): string[] {
  return cells
    .filter((cell) => cell.what === 'arm')
    .map(({ arm, size, rounds }) => {
      const results = rounds as ArmResult[];
      const { expects } = arms[arm]!;
      const rate = (of: 'posts' | 'articles' | 'clean' | 'carrying') =>
        results[0]![of] ? whole(median(results.map((result) => result[of]!.perSecond))) : '';
      const megabytes = (of: 'posts' | 'articles') =>
        short(median(results.map((result) => (result[of].perSecond * result.bytes[of]) / 1e6)));
      const answers = results.find((result) => result.answers)?.answers;
      const [got, of] = answers ? found([answers.posts, answers.articles]) : [0, 0];
      return row(
        arm,
        whole(size),
        rate('posts'),
        megabytes('posts'),
        rate('articles'),
        megabytes('articles'),
        rate('clean'),
        rate('carrying'),
        of > 0 ? `${(got / of).toFixed(3)} of ${whole(of)}` : rightOf(answers),
        answers && expects !== 'language'
          ? `${answers.posts.falseAlarms + answers.articles.falseAlarms} of ${whole(answers.posts.texts + answers.articles.texts)}`
          : '',
      );
    });
}

/** The results as a page of Markdown. */
export function markdown(report: Report): string {
  const { goals, cells } = report;
  const probe = (what: Cell['what']) => cells.find((cell) => cell.what === what)?.rounds;
  const worst = probe('worst') as WorstResult[] | undefined;
  const length = probe('length')?.at(-1) as LengthResult | undefined;
  const start = probe('start') as StartResult[] | undefined;
  const times = (name: string) => median(worst!.map((result) => result.times.find(([other]) => other === name)![1]));
  return [
    `# Benchmark of ${report.date} on ${report.machine}`,
    `${report.cpu}, Node ${report.node}; ${report.rounds} rounds, each cell in a process of its own, ${report.milliseconds} ms a stretch, medians. Rates are texts a second of processor time (all threads). Peers: ${Object.entries(
      report.peers,
    )
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.`,
    report.faults.length > 0
      ? `**Wrong answers:**\n\n${report.faults.map((fault) => `* ${fault}`).join('\n')}`
      : 'Every answer was checked; none was wrong.',
    '## Goals',
    table(
      ['goal', 'target', 'median', 'range', ''],
      goals.map((g) =>
        row(
          g.name,
          g.target,
          short(g.value),
          `${short(g.range[0])} to ${short(g.range[1])}`,
          g.met ? 'met' : '**missed**',
        ),
      ),
    ),
    '## Stages and peers',
    table(
      [
        'arm',
        'terms',
        'posts/s',
        'MB/s',
        'articles/s',
        'MB/s',
        'posts without a term/s',
        'posts with one/s',
        'found',
        'false alarms',
      ],
      armRows(cells),
    ),
    ...(start
      ? [
          `First answer over the shipped packs, from the start of the process: ${short(median(start.map(({ compiledMs }) => compiledMs)))} ms when they are compiled, ${short(median(start.map(({ startMs }) => startMs)))} ms from the kept tables.`,
        ]
      : []),
    ...(length
      ? [
          '## Cost by length',
          table(
            ['characters', 'microseconds a character'],
            Object.entries(length.perUnit).map(([n, value]) => row(whole(Number(n)), short(value))),
          ),
        ]
      : []),
    ...(worst
      ? [
          '## Texts made to be slow',
          table(
            ['text', 'cost a character against the mean'],
            worst[0]!.times
              .map(([name]) => name)
              .sort((a, b) => times(b) - times(a))
              .map((name) => row(name, short(times(name)))),
          ),
        ]
      : []),
    '',
  ].join('\n\n');
}
