import type { AssessmentWire } from '../../../contract/assessment.js';

export type FindingWire = AssessmentWire['findings'][number];
export type EvidenceWire = FindingWire['evidence'][number];
export type Role = 'attack' | 'target' | 'cue';

/** What a marked word does in its sentence: names who is meant, attacks, or turns the meaning (negation, quotation, modality …). */
const roles: Record<EvidenceWire['class'], Role> = {
  group_term: 'target',
  group_noun: 'target',
  function_noun: 'target',
  individual_noun: 'target',
  nonprotected_noun: 'target',
  pronoun: 'target',
  slur: 'attack',
  dehumanising_noun: 'attack',
  violence_predicate: 'attack',
  expulsion_predicate: 'attack',
  exclusion_predicate: 'attack',
  hostile_emotion: 'attack',
  derogatory_attribute: 'attack',
  threat_claim: 'attack',
  conspiracy_trope: 'attack',
  denial: 'attack',
  justification: 'attack',
  glorification: 'attack',
  sexual_violence_predicate: 'attack',
  property_destruction_predicate: 'attack',
  supremacy_claim: 'attack',
  coded_term: 'attack',
  profanity: 'attack',
  atrocity_event: 'cue',
  event_code: 'cue',
  negation: 'cue',
  modality: 'cue',
  quotation: 'cue',
  reporting: 'cue',
  condemnation: 'cue',
  counter_speech: 'cue',
  question: 'cue',
  hypothetical: 'cue',
  reclaimed: 'cue',
  object_noun: 'cue',
  praise: 'cue',
  quantifier: 'cue',
  comparison: 'cue',
  copula: 'cue',
  conjunction: 'cue',
  opinion: 'cue',
};

export const roleOf = (evidence: EvidenceWire): Role => roles[evidence.class];

/** Words that hurt by being read: hidden until the moderator asks to see them. */
const hurtful: ReadonlySet<EvidenceWire['class']> = new Set([
  'slur',
  'dehumanising_noun',
  'profanity',
  'coded_term',
  'sexual_violence_predicate',
]);

/** `hurtful`: only the words that hurt by themselves; `attacks`: every attacking word, for lists that are only glanced at. */
export type Mask = 'none' | 'hurtful' | 'attacks';

export const isMasked = (evidence: EvidenceWire, mask: Mask): boolean =>
  (mask === 'hurtful' && hurtful.has(evidence.class)) || (mask === 'attacks' && roleOf(evidence) === 'attack');

/** As many dots as the word has letters, but never so many or so few that it can be told by its length. */
export const dots = (word: string): string => '•'.repeat(Math.min(8, Math.max(4, word.length)));
