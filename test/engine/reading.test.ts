import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TracingEngine } from '../../src/engine/index.js';
import type { Cue } from '../../src/engine/cues.js';
import { around } from '../../src/engine/scene.js';
import type { Scene } from '../../src/engine/scene.js';
import { shippedEngine } from '../support/engine.js';

let engine: TracingEngine;

beforeAll(async () => {
  ({ engine } = await shippedEngine());
});

const flagged = (text: string, parent?: string) => engine.assess(text, parent === undefined ? {} : { parent }).flagged;

describe('shorthand', () => {
  it.each([
    ['The refugees shud be deported.', 'The refugees should be deported.'],
    ['Kurds r vermin n we shoulda gassed em', 'Kurds are vermin and we should have gassed them'],
    ['theyre all thieves, these Poles', "they're all thieves, these Poles"],
  ])('is read as it is written out: %s', (short, full) => {
    const [a, b] = [engine.assess(short), engine.assess(full)];
    expect([a.flagged, a.groups]).toEqual([true, b.groups]);
    expect(a.findings.some(({ obfuscated }) => obfuscated)).toBe(false);
  });

  it('is not seen in what only looks like it', () => {
    expect(flagged('The R and N trains meet the U line; Muslims and Christians travel on them.')).toBe(false);
  });
});

describe('a slip of the finger', () => {
  it.each(['Ukrainians deserv to choke to deth.', 'Trans folk should be murdred.', 'Chinese are digsusting.'])(
    'is read as what was meant, inside expressions too: %s',
    (text) => {
      const { flagged: rung, findings } = engine.assess(text);
      expect([rung, findings.some(({ obfuscated }) => obfuscated)]).toEqual([true, true]);
    },
  );
});

describe('one person of a group', () => {
  it.each([
    'My gay brother is so stupid sometimes.',
    'That black guy in accounting is an idiot.',
    'I hate my gay roommate, he never does the dishes.',
    'Mein schwuler Bruder ist manchmal echt dämlich.',
  ])('is not the group that is insulted with him: %s', (text) => {
    expect(flagged(text)).toBe(false);
  });

  it.each([
    'Gay people are so stupid.',
    'My Muslim neighbour moved in. They are all rats.',
    "I'm going to kill my Muslim neighbour.",
    'You black bitch.',
  ])('does not hide what is said of all of them, nor a threat: %s', (text) => {
    expect(flagged(text)).toBe(true);
  });
});

describe('a place of worship', () => {
  it.each([
    'We should burn down every mosque.',
    "We're going to burn your mosques to the ground.",
    "Let's set the synagogue on fire.",
  ])('is attacked whosesoever it is said to be: %s', (text) => {
    expect(flagged(text)).toBe(true);
  });

  it('is none of those who must burn less oil', () => {
    expect(flagged('Churches must burn less oil.')).toBe(false);
  });
});

describe('words written together', () => {
  it.each(['Muslims shouldbe shot.', 'I want tokill all Jews.', 'Get ridof the Jews.', 'Womenare trash.'])(
    'are read apart, inside expressions too: %s',
    (text) => {
      expect(flagged(text)).toBe(true);
    },
  );

  it('are a disguise', () => {
    expect(engine.assess('Womenare trash.').findings.map(({ obfuscated }) => obfuscated)).toContain(true);
  });
});

describe('an expression around people', () => {
  it('says the contrary of its first part', () => {
    expect(flagged("We don't want trans people here.")).toBe(true);
    expect(flagged("We don't want trans people to be afraid.")).toBe(false);
  });
});

describe('the flag of a country', () => {
  it('is its people where it is counted or killed, else the country', () => {
    expect(flagged('Kill all 🇲🇽')).toBe(true);
    expect(flagged('Kick the 🇲🇽 out')).toBe(true);
    expect(flagged('I hate 🇲🇽')).toBe(false);
  });
});

describe('a form with choices', () => {
  it('is found with any of them, its first and last word included in the evidence', () => {
    const { flagged: rung, findings } = engine.assess('Women should lose the vote.');
    expect(rung).toBe(true);
    expect(findings[0]!.evidence.map(({ text }) => text)).toContain('should lose the vote');
  });

  it('is found in a script without spaces with its words side by side, and not apart', () => {
    const { findings } = engine.assess('河南人跟素质两个字从来不沾边');
    expect(findings[0]!.evidence.map(({ text }) => text)).toContain('跟素质两个字从来不沾边');
    expect(flagged('河南人跟素质无关，两个字不沾边')).toBe(false);
  });

  it('is not found in parts, nor across a full stop', () => {
    expect(flagged('Women know what they should. The vote was counted twice.')).toBe(false);
  });
});

describe('a word with a harmless sense', () => {
  it.each(['My gran cooks faggots with peas.', 'Our van needs a new tranny, the gearbox is gone.'])(
    'is harmless beside what tells it: %s',
    (text) => expect(flagged(text)).toBe(false),
  );
});

describe('a cue with a context', () => {
  it('is harmless near its words', () => {
    expect(flagged('Gays are sick.')).toBe(true);
    expect(flagged('The refugees in the camp are sick and weak from hunger.')).toBe(false);
  });
});

describe('those who die', () => {
  it.each([
    'The Rohingya are drowning and we do nothing.',
    'Muslims in our town are suffering and we must help.',
    'My Somali mum would kill me if I came home late.',
  ])('are told from those who kill us: %s', (text) => expect(flagged(text)).toBe(false));

  it.each(['The Hutu will kill us all.', 'Muslims want to slaughter us and our children.'])(
    'and those are found: %s',
    (text) => expect(flagged(text)).toBe(true),
  );
});

describe('somebody in a relative clause', () => {
  it('is not whom the threat is for', () => {
    const { flagged: rung, groups } = engine.assess('The next Afghan who looks at my sister gets stabbed');
    expect([rung, groups]).toEqual([true, ['X.nat.afghan']]);
  });
});

describe('those who speak of attackers', () => {
  it.each([
    'Whoever says that Muslims are rats should be ashamed.',
    'If you think Mexicans are dirty, you are the problem.',
    'Telling gay people they should die is evil.',
    'Your post about Muslims is hateful, please take it down.',
  ])('are left alone: %s', (text) => expect(flagged(text)).toBe(false));

  it.each([
    'Whoever sells a house to Bosniaks should know they are the scum of Europe.',
    'People who are Muslim are rats.',
  ])('are told from those who attack: %s', (text) => expect(flagged(text)).toBe(true));
});

describe('"they"', () => {
  it.each([
    'A Somali family moved in. They are vermin.',
    'Found out my coach is a lesbian. Cannot stand those creatures.',
    'Send them all back, every refugee.',
  ])('are all of the group of which one was met, or which is named behind: %s', (text) =>
    expect(flagged(text)).toBe(true),
  );
});

describe('Chinese', () => {
  it.each([
    ['a negation denies the word behind it', '黑人不讲卫生，又脏又臭', '黑人并不脏'],
    ['a verb of saying quotes where its speaker is named', '说实话黑人真恶心', '老板说黑人都是懒鬼，我不同意'],
    ['what follows from a condition has a subject of its own', '女人就完了', '如果没有女人，世界就完了。'],
    ['the name of a region stands for its people, not for its weather', '河南满地都是骗子', '北京的天气真恶心'],
  ])('%s', (_, hostile, harmless) => {
    expect([flagged(hostile), flagged(harmless)]).toEqual([true, false]);
  });
});

describe('a bare infinitive', () => {
  it.each([
    ['Ausländer abschieben!', 'Frauen schlagen Alarm wegen der Mieten'],
    ['Muzułmanów deportować', 'Uchodźców przyjąć'],
    ['Uchodźców wystrzelać jak kaczki', 'Uchodźców nie wystrzelać jak kaczki'],
    ['Мусульман расстрелять', 'Мигрантов накормить и обогреть'],
  ])('behind its people is a call: %s', (call, harmless) => {
    expect([flagged(call), flagged(harmless)]).toEqual([true, false]);
  });
});

describe('a form in two parts', () => {
  it('has all meanings of its second part, which may have choices of its own', () => {
    // Two lines of the Oromo pack end alike: "whoever … must be punished", of which one speaks for those attacked.
    const { cues, assessment } = engine.trace('Namoonni dubartoota miidhan hidhamuu qabu');
    const classes = cues.find(({ text }) => text === 'Namoonni')!.readings.map(({ class: of }) => of);
    expect(classes).toEqual(expect.arrayContaining(['hypothetical', 'counter_speech']));
    expect(assessment.flagged).toBe(false);
  });

  it('may go on in the next clause where its second part begins with the comma', () => {
    expect(flagged("if it wasn't for immigrants, we'd all be better off")).toBe(true);
    expect(flagged('if it wasn’t for immigrants, our hospitals would close')).toBe(false);
  });
});

describe('Thai', () => {
  it('parts clauses by spaces', () => {
    expect(flagged('คนต่างด้าวออกไป แผ่นดินนี้ของคนไทย')).toBe(true);
    expect(flagged('คนเขมรไม่ได้โง่นะ เขาขยันด้วยซ้ำ')).toBe(false);
  });
});

describe('what goes without saying', () => {
  it.each([
    ['Saw the gypsies at the station again. Only know how to steal.', 'The Roma came to town. Politicians steal.'],
    ['Опять мигранты на площадке. Воняют как скот.', 'Мигранты приехали в город. Воняет мусор у нашего дома.'],
    ['Znowu Cyganie pod sklepem. Kradną wszystko.', 'Ukraińcy przyjechali do miasta. Śmierdzi z kanalizacji.'],
    ['Suriyeliler yine sokakta. Leş gibi kokuyorlar.', 'Suriyeliler bayramı kutluyor. Çöpler kokuyor.'],
  ])('the subject of a sentence that begins with its verb: %s', (hostile, harmless) => {
    expect([flagged(hostile), flagged(harmless)]).toEqual([true, false]);
  });

  it.each([
    ['If a Muslim comes to my door, I will shoot.', 'If refugees are deported, we will strike.'],
    ['Kalo ketemu orang Papua di jalan, gue hajar.', 'Kalau orang Papua butuh bantuan, gue bantu.'],
  ])('whom a threat is meant for, after a condition that names them: %s', (hostile, harmless) => {
    expect([flagged(hostile), flagged(harmless)]).toEqual([true, false]);
  });
});

describe('a word behind what was told', () => {
  it.each([
    'Muslims again at the bus stop. Disgusting.',
    'Gays kissing on TV now. Vile, just vile.',
    'Schon wieder Türken im Bus. Einfach widerlich.',
    'Refugees all over the park today. Makes me sick.',
    '在公交上遇到几个穆斯林，恶心死了',
  ])('is said of the people, and not of the place where they were: %s', (text) => expect(flagged(text)).toBe(true));

  it.each([
    'Jews were beaten in the street again. Disgusting.',
    'They fired her because she is a lesbian. Disgusting.',
    'They refused to rent to a Muslim family. Disgusting.',
    'Im Bus wurde eine Syrerin angespuckt. Widerlich.',
    'Refugees sleeping in the rain without a tent. Disgusting.',
    'Die Türken haben gegen unser Team gewonnen. Widerlich, dieses Wetter.',
    '河南人被地域黑，真恶心',
    'Los inmigrantes duermen en la calle. Me da mucha rabia.',
  ])('judges the wrong that was told, or what is named behind: %s', (text) => expect(flagged(text)).toBe(false));
});

describe('an adjective', () => {
  it('describes the animal behind it, and not the owner', () => {
    expect(flagged('Mein schwuler Nachbar hat einen dummen Hund.')).toBe(false);
    expect(flagged('Schwule sind dumme Hunde.')).toBe(true);
  });
});

describe('a text without a space', () => {
  it('is looked at a stretch at a time, however many words it repeats', () => {
    const cue = (i: number) => ({ start: 4 * i, end: 4 * i + 4, from: 0, to: 1, readings: [] }) as unknown as Cue;
    const cues = Array.from({ length: 5_000 }, (_, i) => cue(i));
    const scene = { cues, refs: [], s: { starts: [0] } } as unknown as Scene;
    const seen = around(scene, cues[2_500]!).cues;
    expect(seen).toContain(cues[2_500]);
    expect(seen.length).toBeLessThan(300);
  });
});
