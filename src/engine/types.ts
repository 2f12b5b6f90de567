/**
 * Every shape that goes into or comes out of the engine. Values only: no I/O, no classes, no clock.
 * Offsets are half-open `[start, end)` in UTF-16 units of the text as given.
 */

/** The closed list of cue classes; `lexicons/README.md` explains each with examples. */
export const cueClasses = [
  'slur',
  'group_term',
  'group_noun',
  'dehumanising_noun',
  'violence_predicate',
  'expulsion_predicate',
  'exclusion_predicate',
  'hostile_emotion',
  'derogatory_attribute',
  'threat_claim',
  'conspiracy_trope',
  'atrocity_event',
  'denial',
  'justification',
  'glorification',
  'sexual_violence_predicate',
  'property_destruction_predicate',
  'supremacy_claim',
  'coded_term',
  'event_code',
  'profanity',
  'negation',
  'modality',
  'pronoun',
  'quotation',
  'reporting',
  'condemnation',
  'counter_speech',
  'question',
  'hypothetical',
  'reclaimed',
  'object_noun',
  'nonprotected_noun',
  'individual_noun',
  'function_noun',
  'praise',
  'quantifier',
  'comparison',
  'copula',
  'conjunction',
  'opinion',
] as const;
export type CueClass = (typeof cueClasses)[number];

/** What one written form of a cue is, where the grammar needs to know. */
export const formFeatures = [
  'base',
  'call',
  'past',
  'present',
  'participle',
  'gerund',
  'noun',
  'obj3pl',
  'obj3sg',
  'obj2',
  'neg',
  'plural',
  'singular',
  'address',
  'person',
] as const;
export type FormFeature = (typeof formFeatures)[number];

/** With a space, without one, or either way. */
export type Join = 'apart' | 'glued' | 'either';

/** The places of a form with choices: what may stand in each, and how each follows the one before it (the first one's is of no account). */
export interface Row {
  slots: string[][];
  joins: Join[];
}

export interface Form {
  t: string;
  f: FormFeature[];
  /** For a form with choices: what may stand in each of its places; `t` is the first of all it stands for. */
  slots?: Row['slots'];
  joins?: Row['joins'];
  /** The choices of a form in two parts, of the first and of the second: each of these with each of those. */
  halves?: [heads: string[], tails: string[]];
  /** … and second parts that have choices of their own, place by place. */
  tails?: Row[];
}

export type Level = 'none' | 'bottom' | 'intermediate' | 'top-candidate';
export type Severity = 1 | 2 | 3 | 4 | 5;
export type Grade = 0 | 1 | 2 | 3 | 4 | 'U';
export type Ambiguity = 'none' | 'low' | 'medium' | 'high';
export type PackStatus = 'draft' | 'reviewed' | 'active';

export interface SourceRef {
  /** Id in `lexicons/_shared/sources.jsonl`. */
  id: string;
  /** What this source says of the term, in our words. */
  claim: string;
}

/** One cue of a pack as the engine reads it: a lexicon term, a group name or a grammatical cue. */
export interface Entry {
  id: string;
  class: CueClass;
  /** Finer kind within the class, e.g. `animal`, `ought`, `they`. */
  sub?: string;
  forms: Form[];
  /** Name of an affix class of the pack: which letters may stand before and after a form inside one word. */
  affix?: string;
  /** `token` (default): both ends on word or segment boundaries; `substring`: anywhere. */
  match?: 'token' | 'substring';
  /** How strong the word is, 1–3. */
  intensity?: 1 | 2 | 3;
  /** Group ids (taxonomy) that the term means. */
  targets?: string[];
  /** Protected functions (`pf.…`), for `function_noun`. */
  functions?: string[];
  severity?: Severity;
  /** May flag alone, without another hostile cue about a group. */
  standalone?: boolean;
  ambiguity?: Ambiguity;
  /** Longer harmless expressions that contain a form: a hit inside one of them does not count. */
  exclude?: string[];
  /** Words near which the word means something harmless: gravy beside faggots. */
  context?: string[];
  /** Typology id when the entry decides it, e.g. T21 for a conspiracy trope. */
  category?: string;
  regions?: string[];
  // What a reviewer reads; the engine only passes it on.
  term?: string;
  meaning?: string;
  why?: string;
  benignSenses?: string[];
  advice?: string;
  alternative?: string;
  sources?: SourceRef[];
  /** Its sources could not be checked: shown as such, never flags alone. */
  unverified?: boolean;
}

export interface AffixClass {
  /** Alternatives per slot, read outwards-in: every combination may stand before the form. `''` makes a slot optional. */
  prefixes?: string[][];
  /** Alternatives per slot after the form. */
  suffixes?: string[][];
}

export interface Grammar {
  /** Does an adjective or insult stand before ("dirty G") or after the noun, or both. */
  attributive: 'before' | 'after' | 'both';
  /** Where the negation of a predicate stands: before it, after it, around it (ne … pas), or inside the word. */
  negation: ('before' | 'after' | 'around' | 'inside')[];
  /** `base`: a base form at the start of a clause is an imperative; `marked`: only forms with feature `call` are. */
  imperative: 'base' | 'marked';
  /** `command`: an infinitive behind its object is a command ("Ausländer abschieben!"). */
  infinitive?: 'command' | undefined;
  /** `required`: "G are X"; `optional`: "G X" can mean the same. */
  copula: 'required' | 'optional';
  order: 'SVO' | 'VSO' | 'SOV';
}

export interface Pack {
  /** ISO 639-3. */
  lang: string;
  name: string;
  /** ISO 15924. */
  scripts: string[];
  status: PackStatus;
  countries: string[];
  /** Languages whose words its texts are full of: their packs read them too. */
  also?: string[];
  /** The language it is taken for: words common in one of the two and not in the other decide between them. */
  neighbour?: string;
  /** Where accents are typed they say which word it is; else they are folded away. */
  accents?: 'distinct';
  grammar: Grammar;
  affixes: Record<string, AffixClass>;
  entries: Entry[];
  /** SHA-256 over the files it was read from. */
  revision: string;
  /** Its commonest words, by which it is known from others. */
  frequent?: string[];
  /** Words as chats shorten them, each with what it is written out. */
  shorthand?: Record<string, string>;
  /** Word forms of the language that must never be taken for a misspelt cue. */
  ordinary?: string[];
}

export interface Group {
  /** e.g. `RWA.eth.tutsi`, `X.rel.muslim`. */
  id: string;
  /** e.g. `pc.ethnicity`. */
  ground: string;
  country?: string;
  parent?: string;
  /** Display names by ISO 639-3. */
  names: Record<string, string>;
}

export interface Ground {
  id: string;
  /** Covered by ICCPR art. 20(2) / the Genocide Convention: decides how far a level may be proposed. */
  article20: boolean;
  names: Record<string, string>;
}

export interface Taxonomy {
  grounds: Ground[];
  groups: Group[];
  functions: { id: string; names: Record<string, string> }[];
  revision: string;
}

/** One kind of finding: `data/levels/categories.json`. */
export interface Category {
  id: string;
  name: string;
  definition: string;
  severity: Severity;
  /** Rabat content-and-form grade. */
  content: Exclude<Grade, 'U'>;
  /** Proposed level on a ground that ICCPR art. 20(2) covers … */
  level: Exclude<Level, 'none'>;
  /** … and on any other ground. */
  levelOther: Exclude<Level, 'none'>;
  indicators: string[];
}

/** How sure a finding is before its own doubts are taken off: `data/levels/confidence.json`. */
export interface Confidence {
  rules: Record<string, number>;
  otherwise: number;
}

export interface Rubric {
  categories: Category[];
  confidence: Confidence;
  revision: string;
}

export interface LanguageGuess {
  /** ISO 639-3, or `und`. */
  code: string;
  confidence: number;
}

/** Language identification, injected: `lexicon/` adapts franc. Returns guesses, best first. */
export interface Detect {
  (text: string, among?: readonly string[]): LanguageGuess[];
  /** False for a language it has not learnt: it names a neighbour instead. Absent: it knows all. */
  knows?: (code: string) => boolean;
}
/** Stemming, injected: `lexicon/` adapts natural. `undefined` where the language has no stemmer. */
export type Stem = (lang: string) => ((word: string) => string) | undefined;

/** What is known besides the text. Everything is optional; what is missing stays unknown (`U`), never zero. */
export interface Context {
  /** ISO 639-3 hint of whoever sent it. */
  language?: string | undefined;
  /** ISO 3166-1 alpha-3 of the place. */
  country?: string | undefined;
  /** Text of the post this one answers. */
  parent?: string | undefined;
  speaker?: SpeakerClass | undefined;
  reach?: { followers?: number | undefined; views?: number | undefined; shares?: number | undefined } | undefined;
  medium?: string | undefined;
}

export const speakerClasses = [
  'state_head',
  'state_official',
  'security',
  'legislator',
  'candidate',
  'party',
  'religious',
  'traditional',
  'media',
  'influencer',
  'armed_group',
  'business',
  'diaspora',
  'ordinary',
  'bot_suspected',
  'unknown',
] as const;
export type SpeakerClass = (typeof speakerClasses)[number];

export interface Span {
  start: number;
  end: number;
}

export const stances = [
  'asserted',
  'negated',
  'quoted',
  'reported',
  'condemned',
  'questioned',
  'hypothetical',
  'reclaimed',
] as const;
export type Stance = (typeof stances)[number];

/** Ids of `data/levels/cues.json` that a text can show: news, quotation, counter-speech, scholarship, satire, reclaimed, testimony, negation. */
export const protectingCues = ['N01', 'N02', 'N03', 'N04', 'N05', 'N06', 'N07', 'N13'] as const;
export type ProtectingCue = (typeof protectingCues)[number];

export interface Evidence extends Span {
  class: CueClass;
  /** Entry id, which begins with the pack's language. */
  entry: string;
  /** The words as written in the text. */
  text: string;
  term?: string;
  meaning?: string;
  why?: string;
  benignSenses?: string[];
  advice?: string;
  sources?: SourceRef[];
  unverified?: boolean;
  /** Found only in the evasion view: letters were disguised. */
  obfuscated?: boolean;
}

export type TargetVia = 'term' | 'name' | 'pronoun' | 'parent' | 'function' | 'individual' | 'none';

export interface Finding extends Span {
  rule: string;
  /** Typology id T01–T27, or `harassment` for a threat at one person. */
  category: string;
  groups: string[];
  grounds: string[];
  functions: string[];
  via: TargetVia;
  stance: Stance;
  /** True when the stance clears it: kept for the explanation, does not flag. */
  cleared: boolean;
  /** The protecting cue of `data/levels/cues.json` that was seen: why it is cleared, or, for satire, why a second reader should look. */
  protects?: ProtectingCue;
  severity: Severity;
  level: Exclude<Level, 'none'>;
  confidence: number;
  obfuscated: boolean;
  /** One sentence: why this rule fired. */
  reason: string;
  evidence: Evidence[];
}

export interface Graded {
  grade: Grade;
  reason: string;
}

export interface Rabat {
  context: Graded;
  speaker: Graded;
  intent: Graded;
  content: Graded;
  extent: Graded;
  likelihood: Graded;
}

export interface PriorityPart {
  part: 'severity' | 'confidence' | 'reach' | 'imminence' | 'speaker';
  /** 0–1. */
  value: number;
  weight: number;
  reason: string;
}

/** One line of the explanation: `code` and `params` let a console say it in its own language, `text` is the English. */
export interface Step {
  code: string;
  params: Record<string, string | number>;
  text: string;
}

export interface Assessment {
  /** Engine, packs, taxonomy and rubric: the same text under the same revision gives the same bytes. */
  revision: string;
  language: { code: string; script: string; confidence: number; alternatives: LanguageGuess[] };
  coverage: { covered: boolean; packs: { lang: string; status: PackStatus }[] };
  /** At least one finding, not cleared by its stance, that attacks people on a protected ground. */
  flagged: boolean;
  level: Level;
  severity: 0 | Severity;
  groups: string[];
  grounds: string[];
  functions: string[];
  categories: string[];
  /** Strongest first; cleared ones last. */
  findings: Finding[];
  rabat: Rabat;
  confidence: number;
  priority: { score: number; parts: PriorityPart[] };
  explanation: Step[];
}

export interface Engine {
  assess(text: string, context?: Context): Assessment;
  readonly revision: string;
}
