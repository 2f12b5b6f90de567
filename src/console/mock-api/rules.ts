import type { AssessmentWire } from '../../contract/assessment.js';

type Finding = AssessmentWire['findings'][number];

/** What a sketch may name: rules of the engine with what they usually lead to. */
export const rules: Record<
  string,
  { category: string; severity: Finding['severity']; level: Finding['level']; content: 1 | 2 | 3 | 4; reason: string }
> = {
  'call-kill': {
    category: 'T08',
    severity: 5,
    level: 'top-candidate',
    content: 4,
    reason: 'Violence against a group is urged, wished or called deserved.',
  },
  'threat-kill': {
    category: 'T12',
    severity: 5,
    level: 'intermediate',
    content: 3,
    reason: 'The speaker threatens a group with violence.',
  },
  'call-sexual': {
    category: 'T15',
    severity: 5,
    level: 'top-candidate',
    content: 4,
    reason: 'Sexual violence against a group is urged or wished.',
  },
  'call-expel': {
    category: 'T10',
    severity: 4,
    level: 'top-candidate',
    content: 3,
    reason: 'The removal of a group is urged.',
  },
  'call-exclude': {
    category: 'T11',
    severity: 4,
    level: 'top-candidate',
    content: 3,
    reason: 'The exclusion of a group from work, trade, services or rights is urged.',
  },
  'dehumanise-animal': {
    category: 'T01',
    severity: 4,
    level: 'intermediate',
    content: 2,
    reason: 'A group is presented as animals, vermin or things.',
  },
  'dehumanise-disease': {
    category: 'T02',
    severity: 4,
    level: 'intermediate',
    content: 2,
    reason: 'A group is presented as a disease or as filth.',
  },
  'mirror-claim': {
    category: 'T05',
    severity: 4,
    level: 'intermediate',
    content: 2,
    reason: 'A group is said to plan violence against "us".',
  },
  existential: {
    category: 'T06',
    severity: 4,
    level: 'intermediate',
    content: 2,
    reason: 'A group is presented as a threat to our existence.',
  },
  disloyal: {
    category: 'T07',
    severity: 3,
    level: 'intermediate',
    content: 2,
    reason: 'A group is called disloyal for who they are.',
  },
  conspiracy: {
    category: 'T21',
    severity: 3,
    level: 'intermediate',
    content: 2,
    reason: 'A group is said to control or cause events in secret.',
  },
  justify: {
    category: 'T18',
    severity: 4,
    level: 'intermediate',
    content: 3,
    reason: 'Harm done to a group is called deserved or necessary.',
  },
  supremacy: {
    category: 'T20',
    severity: 3,
    level: 'intermediate',
    content: 2,
    reason: 'One group is said to be superior by nature.',
  },
  hatred: {
    category: 'T22',
    severity: 3,
    level: 'bottom',
    content: 1,
    reason: 'Hatred or disgust at a group is expressed.',
  },
  vilify: {
    category: 'T22',
    severity: 3,
    level: 'bottom',
    content: 1,
    reason: 'A group is called bad, stupid or criminal as such.',
  },
  'negated-praise': {
    category: 'T22',
    severity: 3,
    level: 'bottom',
    content: 1,
    reason: 'Humanity, worth or decency is denied to a group.',
  },
  slur: { category: 'T22', severity: 3, level: 'bottom', content: 1, reason: 'A slur for a group is used.' },
};
