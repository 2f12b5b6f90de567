import type { Pack } from '../../src/engine/index.js';
import { seededRandom } from '../support/random.js';

const length = 30_000;
const fill = (piece: string, units = length): string => piece.repeat(Math.ceil(units / piece.length)).slice(0, units);

/** Texts made to be slow, 30,000 units each unless the name says more. `words` are forms of the packs. */
export function worstTexts(packs: readonly Pack[]): Record<string, string> {
  const random = seededRandom(7);
  const forms = (test: (of: string) => boolean) =>
    packs.flatMap((pack) =>
      pack.entries.filter((entry) => test(entry.class)).flatMap((entry) => entry.forms.map((form) => form.t)),
    );
  const joined = (list: readonly string[], separator: string) => {
    const parts: string[] = [];
    for (let units = 0; units < length; units += parts.at(-1)!.length + separator.length) parts.push(random.pick(list));
    return parts.join(separator).slice(0, length);
  };
  const all = forms(() => true);
  const own = (lang: string) =>
    packs
      .filter((pack) => pack.lang === lang)
      .flatMap((pack) => pack.entries.flatMap((entry) => entry.forms.map((form) => form.t)));
  const longest = all.toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, 50);
  const groups = forms((of) => of === 'group_term');
  return {
    'one letter': fill('a'),
    'one space': fill(' '),
    'line breaks': fill('\n'),
    'a megabyte of one mark': fill('\u0301', 1_000_000),
    'a megabyte of zero-width signs': fill('\u200b', 1_000_000),
    'letters with ten marks each': fill(`e${'\u0301'.repeat(10)}`),
    'lone surrogates': fill('\ud800'),
    emoji: fill('👩🏿‍🦱'),
    'quotation marks': fill('"'),
    'nested quotations': fill('he said "she said \'they said “', length),
    apostrophes: fill("'a "),
    'at signs': fill('@'),
    'at names': fill('@a '),
    ampersands: fill('&'),
    'broken entities': fill('&#1234567'),
    'web addresses': fill('http://a '),
    'beginnings of addresses': fill('http:/'),
    stars: fill('*'),
    'starred letters': fill('k**l* '),
    'spaced letters': fill('k i l l '),
    'spaced letters, no word': fill('q x z '),
    leet: fill('k1ll 4ll '),
    'mixed scripts': fill('кill аll '),
    'full stops': fill('.'),
    questions: fill('why? '),
    commas: fill(','),
    'a long word': fill('killthemall'),
    'a long Arabic word': fill('وبالكافرين'),
    'unspaced Burmese': fill('လူတိုင်းသည်'),
    'unspaced Chinese': fill('人人生而自由'),
    'cues of all packs, no stop': joined(all, ' '),
    'cues of English, no stop': joined(own('eng'), ' '),
    'cues of English, stopped': joined(own('eng'), '. '),
    'cues of French, no stop': joined(own('fra'), ' '),
    'cues of Arabic, no stop': joined(own('ara'), ' '),
    'group names, no stop': joined(groups, ' '),
    'group names, joined': joined(groups, ' and '),
    'calls, no stop': fill('kill all Muslims and Jews '),
    'calls, one quotation': `"${fill('kill all Muslims and Jews ', length - 2)}"`,
    'calls, one a sentence': fill('Kill all Muslims. They are rats. '),
    pronouns: fill('they them their they '),
    'pronouns of one group': `Muslims ${fill('they hate them ', length - 8)}`,
    negations: fill('not never no '),
    conjunctions: fill('Muslims and Jews and Hindus and '),
    'misspelt words': fill('Muslims killl Jewws shold '),
    'halves of long terms': joined(
      longest.map((form) => form.slice(0, -1)),
      ' ',
    ),
    'long terms, ends cut, glued': joined(
      longest.map((form) => form.slice(0, -1)),
      '',
    ),
    events: fill('the genocide against the Tutsi never happened and '),
    insults: fill('Muslims are stupid filthy evil liars and '),
  };
}
