import type { CueClass, Severity } from './types.js';

/** How the target stands to the attacking words. */
export type LinkKind = 'object' | 'subject' | 'attribute' | 'self' | 'event' | 'agent';
/** What makes a predicate a call, wish or threat rather than a report. */
export type Mood = 'call' | 'ought' | 'let_us' | 'want' | 'will' | 'deserve' | 'permission';

/**
 * A rule over cue classes. Rules are data: the engine computes who is spoken of, what is said, how the two are linked, in what mood
 * and with what polarity; a rule says which of these combinations is an attack of which kind. First match wins.
 */
export interface Rule {
  id: string;
  category: string;
  attack: CueClass[];
  sub?: string[];
  link: LinkKind[];
  /** One of these must hold; absent: any mood, none included. */
  mood?: Mood[];
  /** `even` (default): not negated or doubly so; `odd`: fires when negated, as in negated praise. */
  polarity?: 'even' | 'odd';
  /** Somebody must be at the other end: `us` for "they will kill us", `self` for "we will kill them". */
  other?: 'us' | 'self';
  /** Nothing may stand between the modality and the attack: "we must remember the genocide" is no call for one. */
  adjacent?: boolean;
  severity?: Severity;
  /** One sentence for the reviewer. */
  reason: string;
  /** English sentences that must and must not fire this rule; they are tests. */
  fires: string[];
  quiet: string[];
}

const callMoods: Mood[] = ['call', 'ought', 'let_us', 'want', 'deserve'];

export const rules: Rule[] = [
  {
    id: 'mirror', category: 'T05', attack: ['violence_predicate', 'sexual_violence_predicate', 'property_destruction_predicate'], link: ['agent'], other: 'us',
    reason: 'A group is said to plan against "us" what the speaker may be urging against them.',
    fires: ['The Hutu want to lynch us.'], quiet: ['The storm will kill us all.'],
  },
  {
    id: 'call-sexual', category: 'T15', attack: ['sexual_violence_predicate'], link: ['object', 'subject'], mood: [...callMoods, 'will', 'permission'],
    reason: 'Sexual violence against a group is urged or wished.',
    fires: ['Their women should be raped. The Tutsi deserve to be raped.'], quiet: ['Two Tutsi women were raped, the court heard.'],
  },
  {
    id: 'threat-kill', category: 'T12', attack: ['violence_predicate'], link: ['object'], mood: ['will'], other: 'self', severity: 5,
    reason: 'The speaker threatens a group with violence.',
    fires: ['We will kill every Muslim here.'], quiet: ['We will protect every Muslim here.'],
  },
  {
    id: 'call-kill', category: 'T08', attack: ['violence_predicate'], link: ['object', 'subject'], mood: [...callMoods, 'will', 'permission'],
    reason: 'Violence against a group is urged, wished or called deserved.',
    fires: ['Kill all Muslims.', 'Immigrants should be shot.'], quiet: ['Police said three Muslims were killed.', 'We must never kill Muslims.'],
  },
  {
    id: 'call-destroy', category: 'T08', attack: ['property_destruction_predicate'], link: ['object', 'subject'], mood: [...callMoods, 'will'], severity: 4,
    reason: 'The destruction of a group’s property is urged.',
    fires: ['We should burn down the homes of the Rohingya.'], quiet: ['The homes of the Rohingya were burned down.'],
  },
  {
    id: 'call-expel', category: 'T10', attack: ['expulsion_predicate'], link: ['object', 'subject', 'attribute'], mood: [...callMoods, 'will', 'permission'],
    reason: 'The removal of a group is urged.',
    fires: ['Deport all Muslims.', 'The Kikuyu must leave our land.'], quiet: ['The Kikuyu were driven out in 2008, historians say.'],
  },
  {
    id: 'call-exclude', category: 'T11', attack: ['exclusion_predicate'], link: ['object', 'subject', 'attribute'], mood: [...callMoods, 'will', 'permission'],
    reason: 'The exclusion of a group from work, trade, services or rights is urged.',
    fires: ['Do not hire Muslims.', 'Ban all immigrants from our schools.'], quiet: ['It is illegal to ban Muslims from schools.'],
  },
  {
    id: 'dehumanise-animal', category: 'T01', attack: ['dehumanising_noun'], sub: ['animal', 'vermin', 'object'], link: ['attribute'],
    reason: 'A group is presented as animals, vermin or things.',
    fires: ['Muslims are rats.', 'Immigrants are like cockroaches.'], quiet: ['Muslims are not rats.', 'My house is full of rats.'],
  },
  {
    id: 'dehumanise-disease', category: 'T02', attack: ['dehumanising_noun'], sub: ['disease', 'filth'], link: ['attribute'],
    reason: 'A group is presented as a disease or as filth.',
    fires: ['Jews are a cancer.'], quiet: ['Jews support cancer research.'],
  },
  {
    id: 'demonise', category: 'T03', attack: ['dehumanising_noun'], sub: ['demon'], link: ['attribute'],
    reason: 'A group is presented as evil by nature.',
    fires: ['Gay people are demons.'], quiet: ['Nobody believes that gay people are demons.'],
  },
  {
    id: 'dehumanise', category: 'T01', attack: ['dehumanising_noun'], link: ['attribute'],
    reason: 'A group is denied its humanity.', fires: [], quiet: ['Refugees are people like us.'],
  },
  {
    id: 'conspiracy', category: 'T21', attack: ['conspiracy_trope'], link: ['subject', 'attribute', 'object', 'self'],
    reason: 'A group is said to control or cause events in secret.',
    fires: ['Jews control the media.'], quiet: ['It is a lie that Jews control the media.'],
  },
  {
    id: 'disloyal', category: 'T07', attack: ['threat_claim'], sub: ['disloyal'], link: ['subject', 'attribute'],
    reason: 'A group is called disloyal for who they are.', fires: ['All Muslims are traitors.'], quiet: ['Muslims are not traitors.'],
  },
  {
    id: 'mirror-claim', category: 'T05', attack: ['threat_claim'], sub: ['mirror'], link: ['subject', 'attribute'],
    reason: 'A group is said to plan violence against "us".', fires: ['The Tutsi want to wipe us out.'], quiet: ['The Tutsi want peace.'],
  },
  {
    id: 'existential', category: 'T06', attack: ['threat_claim'], link: ['subject', 'attribute', 'object'],
    reason: 'A group is presented as a threat to our existence.', fires: ['Muslims are taking over our country.'], quiet: ['Floods are taking over our country.'],
  },
  {
    id: 'supremacy', category: 'T20', attack: ['supremacy_claim'], link: ['subject', 'attribute', 'self', 'object'],
    reason: 'One group is said to be superior by nature.', fires: ['The white race is superior to black people.'], quiet: ['No race is superior.'],
  },
  {
    id: 'hatred', category: 'T22', attack: ['hostile_emotion'], link: ['object', 'subject'], severity: 3,
    reason: 'Hatred or disgust at a group is expressed.',
    fires: ['I hate Muslims.', 'Immigrants disgust me.'], quiet: ['I hate traffic.', 'I do not hate Muslims.'],
  },
  {
    id: 'vilify', category: 'T22', attack: ['derogatory_attribute'], link: ['attribute'], severity: 3,
    reason: 'A group is called bad, stupid or criminal as such.',
    fires: ['Muslims are stupid.', 'All immigrants are thieves.'], quiet: ['My boss is stupid.', 'Muslims are not stupid.'],
  },
  {
    id: 'swear-at', category: 'T22', attack: ['profanity'], sub: ['verb'], link: ['object'], severity: 3,
    reason: 'Profanity is thrown at a group.', fires: ['Fuck Muslims.'], quiet: ['Fuck this weather.'],
  },
  {
    id: 'swear-about', category: 'T22', attack: ['profanity'], link: ['attribute'], severity: 3,
    reason: 'A group is called names with profanity.', fires: ['Immigrants are assholes.'], quiet: ['My neighbour is an asshole.'],
  },
  {
    id: 'negated-praise', category: 'T22', attack: ['praise', 'counter_speech'], link: ['subject', 'attribute', 'object'], polarity: 'odd', severity: 3,
    reason: 'Humanity, worth or decency is denied to a group.',
    fires: ['Muslims are not human.', 'Gay people do not deserve respect.'], quiet: ['Muslims deserve respect.'],
  },
  {
    id: 'deny', category: 'T17', attack: ['denial'], link: ['event'],
    reason: 'A proven atrocity against a group is denied.', fires: ['The genocide against the Tutsi never happened.'], quiet: ['Nobody should say that the genocide against the Tutsi never happened.'],
  },
  {
    id: 'call-atrocity', category: 'T08', attack: ['atrocity_event'], link: ['event'], mood: callMoods, adjacent: true,
    reason: 'An atrocity against a group is called for.', fires: [], quiet: ['We must remember the genocide against the Tutsi.'],
  },
  {
    id: 'justify', category: 'T18', attack: ['justification'], link: ['subject', 'attribute', 'object', 'event'],
    reason: 'Harm done to a group is called deserved or necessary.', fires: ['The Tutsi had it coming.'], quiet: ['Nobody had it coming.'],
  },
  {
    id: 'glorify', category: 'T19', attack: ['glorification'], link: ['subject', 'attribute', 'object', 'self', 'event'],
    reason: 'Perpetrators or crimes against a group are praised.', fires: ['Finish the job on the Tutsi.'], quiet: ['We honour the victims.'],
  },
];

/** Attack classes that some rule knows. */
export const attackClasses: ReadonlySet<CueClass> = new Set(rules.flatMap((rule) => rule.attack));
