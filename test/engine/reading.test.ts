import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TracingEngine } from '../../src/engine/index.js';
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

describe('a form with choices', () => {
  it('is found with any of them, its first and last word included in the evidence', () => {
    const { flagged: rung, findings } = engine.assess('Women should lose the vote.');
    expect(rung).toBe(true);
    expect(findings[0]!.evidence.map(({ text }) => text)).toContain('should lose the vote');
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
    ['the name of a region stands for its people, not for its weather', '河南满地都是骗子', '北京的天气真恶心'],
  ])('%s', (_, hostile, harmless) => {
    expect([flagged(hostile), flagged(harmless)]).toEqual([true, false]);
  });
});

describe('a bare infinitive', () => {
  it.each([
    ['Ausländer abschieben!', 'Frauen schlagen Alarm wegen der Mieten'],
    ['Muzułmanów deportować', 'Uchodźców przyjąć'],
    ['Мусульман расстрелять', 'Мигрантов накормить и обогреть'],
  ])('behind its people is a call: %s', (call, harmless) => {
    expect([flagged(call), flagged(harmless)]).toEqual([true, false]);
  });
});

describe('a form in two parts', () => {
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
