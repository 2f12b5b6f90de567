import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { arms } from './arms.js';
import type { Runner } from './arms.js';
import { readCorpus } from './corpus.js';
import type { Corpus } from './corpus.js';
import { answersOf, rateOf } from './measure.js';
import type { Rate } from './measure.js';
import { compileProbe, lengthProbe, startProbe, worstProbe } from './probes.js';
import type { CompileResult, LengthResult, StartResult, WorstResult } from './probes.js';
import type { Counts, Reference } from './reference.js';
import type { Text } from './texts.js';

/** What a child process is asked to measure: an arm of `arms.ts`, or one of the probes. */
export interface Task {
  what: 'arm' | 'length' | 'worst' | 'compile' | 'start';
  arm: string;
  /** How many terms. */
  size: number;
  corpus: string;
  reference: string;
  root: string;
  /** Of each measured stretch. */
  milliseconds: number;
  /** Compare the answers too: once is enough, they do not change from round to round. */
  check: boolean;
}

export interface Answers {
  /** Texts looked at. */
  texts: number;
  matches: number;
  /** Per script: carried terms found, of how many. */
  recall: Record<string, [found: number, of: number]>;
  falseAlarms: number;
  /** Right languages, of how many in a language that every library under test knows. */
  languages: [right: number, of: number];
  /** Texts whose number of matches is not that of plain search. */
  wrong: number;
}

export interface ArmResult {
  /** UTF-8 bytes of a post and of an article in the mean. */
  bytes: { posts: number; articles: number };
  posts: Rate;
  articles: Rate;
  /** Posts that carry no term, and those that do. */
  clean?: Rate;
  carrying?: Rate;
  answers?: { posts: Answers; articles: Answers };
}

export type Result = ArmResult | LengthResult | WorstResult | CompileResult | StartResult;

/** Time for looking at answers: ours are all looked at, those of slow libraries until it is over. */
const answerMs = { own: 3_000, peers: 600 };
/** Languages of the corpus that eld does not have. */
const unknownToEld = new Set(['swa', 'kin', 'hau', 'som', 'ind', 'mya']);
const textOf = ({ text }: Text) => text;

function compare(
  runner: Runner,
  texts: readonly Text[],
  corpus: Corpus,
  expected: readonly number[] | undefined,
  milliseconds: number,
): Answers {
  const counts = answersOf(runner, texts.map(textOf), milliseconds);
  const answers: Answers = {
    texts: counts.length,
    matches: counts.reduce((sum, n) => sum + n, 0),
    recall: {},
    falseAlarms: 0,
    languages: [0, 0],
    wrong: 0,
  };
  counts.forEach((count, i) => {
    const { text, term, script, lang } = texts[i]!;
    if (runner.language) {
      if (!unknownToEld.has(lang)) {
        answers.languages[1]++;
        if (runner.language(text) === lang) answers.languages[0]++;
      }
      return;
    }
    if (expected && count !== expected[i]) answers.wrong++;
    if (term >= 0 && runner.finds) {
      const of = (answers.recall[script] ??= [0, 0]);
      of[1]++;
      if (runner.finds(text, corpus.terms[term]!)) of[0]++;
    }
    if (term < 0 && (runner.alarms ? runner.alarms(text) : count > 0)) answers.falseAlarms++;
  });
  return answers;
}

async function measureArm(task: Task): Promise<ArmResult> {
  const corpus = await readCorpus(task.corpus);
  const arm = arms[task.arm]!;
  const runner = await arm.build(corpus.terms.slice(0, task.size), {
    lexicons: join(task.root, 'lexicons'),
    data: join(task.root, 'data'),
  });
  let answers: ArmResult['answers'];
  if (task.check && arm.expects !== 'none') {
    const reference = (JSON.parse(await readFile(task.reference, 'utf8')) as Reference)[task.size]!;
    const plain = new Set<string>(['everywhere', 'words', 'lower']);
    const expected = (texts: 'posts' | 'articles') =>
      plain.has(arm.expects) ? reference[texts][arm.expects as keyof Counts] : undefined;
    const time = arm.expects === 'report' ? answerMs.peers : answerMs.own;
    answers = {
      posts: compare(runner, corpus.posts, corpus, expected('posts'), time),
      articles: compare(runner, corpus.articles, corpus, expected('articles'), time),
    };
  }
  // The first stretch is the one in which the code is compiled: the compiler needs its time for what many functions do together.
  const rate = (texts: readonly Text[], warmUp: number) =>
    rateOf(runner.count, texts.map(textOf), task.milliseconds, warmUp);
  const posts = rate(corpus.posts, task.milliseconds * 6);
  const articles = rate(corpus.articles, task.milliseconds);
  // What the two kinds of post cost apart matters where a hit sets off further work.
  const apart = arm.expects === 'verdict' || arm.expects === 'words';
  const clean = apart
    ? rate(
        corpus.posts.filter(({ term }) => term < 0),
        task.milliseconds,
      )
    : undefined;
  const carrying = apart
    ? rate(
        corpus.posts.filter(({ term }) => term >= 0),
        task.milliseconds * 4,
      )
    : undefined;
  const meanBytes = (texts: readonly Text[]) =>
    texts.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / texts.length;
  const bytes = { posts: meanBytes(corpus.posts), articles: meanBytes(corpus.articles) };
  return { bytes, posts, articles, ...(clean && carrying && { clean, carrying }), ...(answers && { answers }) };
}

async function run(task: Task): Promise<Result> {
  if (task.what === 'start') return startProbe(task.root);
  if (task.what === 'arm') return measureArm(task);
  const corpus = await readCorpus(task.corpus);
  if (task.what === 'length') return lengthProbe(task.root, corpus, task.size);
  if (task.what === 'worst') return worstProbe(task.root, corpus, task.size);
  return compileProbe(task.root, corpus, task.size);
}

process.stdout.write(JSON.stringify(await run(JSON.parse(process.argv[2]!) as Task)));
