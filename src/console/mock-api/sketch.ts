import type { AssessmentWire } from '../../contract/assessment.js';
import type { Post } from '../../contract/post.js';

type Finding = AssessmentWire['findings'][number];
type Evidence = Finding['evidence'][number];

/** What one marked word is: `{d|rats}` in a text is a dehumanising noun. A digit gives it to a later finding: `{d2|rats}`. */
const classes: Record<string, Evidence['class']> = {
  t: 'group_term',
  g: 'group_noun',
  s: 'slur',
  d: 'dehumanising_noun',
  v: 'violence_predicate',
  x: 'expulsion_predicate',
  e: 'exclusion_predicate',
  h: 'hostile_emotion',
  b: 'derogatory_attribute',
  m: 'threat_claim',
  j: 'justification',
  w: 'conspiracy_trope',
  z: 'supremacy_claim',
  f: 'function_noun',
  i: 'individual_noun',
  o: 'modality',
  n: 'negation',
  p: 'pronoun',
  q: 'quotation',
  k: 'condemnation',
  r: 'reporting',
  l: 'praise',
  y: 'sexual_violence_predicate',
  u: 'profanity',
};

/** One invented post, as short as it can be said. */
export interface Sketch {
  /** Text with marked words, e.g. `Those {t|Marovi} are {d|rats}.` */
  text: string;
  language: string;
  script?: string;
  confidence?: number;
  country?: string;
  place?: string;
  source: [name: string, kind: NonNullable<Post['source']>['kind']];
  speaker?: Post['speaker'];
  reach?: Post['reach'];
  parent?: string;
  findings?: {
    rule: string;
    groups?: string[];
    functions?: string[];
    stance?: Finding['stance'];
    cleared?: boolean;
    via?: Finding['via'];
    category?: string;
  }[];
  /** What marked words mean, for words that are not plain English. */
  gloss?: Record<string, string>;
  covered?: boolean;
  draft?: boolean;
  workspace?: Post['workspace'];
  status?: Post['status'];
  /** How long before now it came in. */
  minutesAgo: number;
}

export interface Mark {
  start: number;
  end: number;
  class: Evidence['class'];
  finding: number;
}

/** Takes the marks out of a text and says where they stood, in UTF-16 units of what is left. */
export function readMarks(marked: string): { text: string; marks: Mark[] } {
  const marks: Mark[] = [];
  let text = '';
  for (const part of marked.split(/(\{[a-z]\d?\|[^}]*\})/u)) {
    const mark = /^\{([a-z])(\d?)\|([^}]*)\}$/u.exec(part);
    if (!mark) {
      text += part;
      continue;
    }
    const [, letter, number, word] = mark as unknown as [string, string, string, string];
    const of = classes[letter];
    if (!of) throw new Error(`unknown mark {${letter}|…} in: ${marked}`);
    marks.push({ start: text.length, end: text.length + word.length, class: of, finding: Number(number || 1) - 1 });
    text += word;
  }
  return { text, marks };
}
