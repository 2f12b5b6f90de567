import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Post } from '../../src/contract/post.js';
import type { PostFilter, Store } from '../../src/store/port.js';
import { assessed, idsOf, received } from '../support/posts.js';

const texts: Record<string, string> = {
  english: 'The market opens at eight; don’t be late for the MARKET.',
  french: 'Le marché ouvre à huit heures, près de la forêt.',
  german: 'Der Markt liegt in der Hauptstraße.',
  turkish: 'İstanbul pazarı sabah açılır.',
  russian: 'Рынок открывается ёлкой и чаем.',
  greek: 'Η ΑΓΟΡΑΣ ανοίγει στις οκτώ.',
  arabic: 'السُّوقُ مفتوحٌ فى الصباح، والمدرســــة قريبة',
  persian: 'بازار می‌گشاید و کتاب‌ها ارزان است',
  hebrew: 'הַשּׁוּק פתוח בבוקר',
  hindi: 'बाज़ार में टिप्पणी लिखना',
  bengali: 'বাজার সকালে খোলে',
  tamil: 'சந்தை காலையில் திறக்கும்',
  chinese: '市场早上八点开门，我们去市场买菜。',
  japanese: '市場は朝八時に開きます。カタカナも。',
  korean: '시장은 아침 여덟 시에 엽니다',
  thai: 'ตลาดเปิดแปดโมงเช้าเราไปกินข้าว',
  burmese: 'ဈေးသည် မနက်ရှစ်နာရီတွင် ဖွင့်သည်',
  khmer: 'ផ្សារបើកម៉ោងប្រាំបីព្រឹក',
  lao: 'ຕະຫຼາດເປີດແປດໂມງເຊົ້າ',
  amharic: 'ገበያው ጠዋት ይከፈታል',
  wide: 'ＭＡＲＫＥＴ ２０２６ ｶﾀｶﾅ',
  odd: 'hidden\u200Bjoin soft\u00ADhyphen \ud800 "quoted" OR NOT near* col:x 🙂',
};

const cases: [string, string, string[]][] = [
  ['a word, whatever its case', 'Market', ['english', 'wide']],
  ['a word once for all its accents', 'marche foret', ['french']],
  ['an accented word in a text with it', 'forêt', ['french']],
  ['all words, in any order', 'late market', ['english']],
  ['no text that lacks one of them', 'market forest', []],
  ['a word only whole', 'mark', []],
  ['German sharp s', 'HAUPTSTRASSE', ['german']],
  ['the Turkish capital I', 'istanbul', ['turkish']],
  ['Cyrillic, ё as е', 'ЕЛКОЙ рынок', ['russian']],
  ['the Greek final sigma', 'αγορας', ['greek']],
  ['Arabic without vowel marks', 'السوق', ['arabic']],
  ['Arabic without the stretching line', 'والمدرسه', ['arabic']],
  ['Arabic ya for alef maqsura', 'في', ['arabic']],
  ['Persian with Arabic letters', 'كتابها', ['persian']],
  ['Hebrew without points', 'השוק', ['hebrew']],
  ['Hindi, a word with vowel signs whole', 'टिप्पणी', ['hindi']],
  ['no Hindi word by its letters alone', 'टपपण', []],
  ['Bengali', 'সকালে', ['bengali']],
  ['Tamil', 'காலையில்', ['tamil']],
  ['a Chinese word within a sentence', '早上', ['chinese']],
  ['one Chinese letter', '菜', ['chinese']],
  ['a longer Chinese phrase', '去市场买菜', ['chinese']],
  ['what Chinese and Japanese share', '八', ['chinese', 'japanese']],
  ['Katakana, of half width too', 'カタカナ', ['japanese', 'wide']],
  ['Korean', '아침', ['korean']],
  ['a Thai word within a run', 'กินข้าว', ['thai']],
  ['Thai with another in front', 'แปดโมงเช้า ตลาด', ['thai']],
  ['Burmese', 'မနက်', ['burmese']],
  ['Khmer', 'ព្រឹក', ['khmer']],
  ['Lao', 'ເຊົ້າ', ['lao']],
  ['Amharic', 'ጠዋት', ['amharic']],
  ['numbers of full width', '2026', ['wide']],
  ['words with invisible letters in them', 'hiddenjoin softhyphen', ['odd']],
  ['what a query language would take for its own', '"quoted" OR NOT near* col:x', ['odd']],
  ['a quote that never ends', '"quoted', ['odd']],
];

/** Text search: the same answers from every driver. */
export function searchSuite(store: () => Store): void {
  describe('text search', () => {
    const insert = async (posts: Post[]) =>
      store().posts.save(posts.map((doc) => ({ doc: { ...doc, version: 1 }, expectedVersion: 0, events: [] })));
    const find = async (filter: PostFilter) =>
      idsOf((await store().posts.page({ filter, order: 'newest', limit: 100 })).items).toSorted();

    // One store for all questions, because opening one costs more than asking.
    it('finds the posts that have every word, in every script', async () => {
      await insert(Object.entries(texts).map(([id, text], n) => received(id, n, { text })));
      const answers: typeof cases = [];
      for (const [what, q] of cases) answers.push([what, q, await find({ q })]);
      expect(answers).toEqual(cases.map(([what, q, ids]) => [what, q, ids.toSorted()]));
    });

    it.each([
      ['nothing', ''],
      ['no letter and no number', ' ?! 🙂 '],
      ['more words than anybody means', Array.from({ length: 65 }, (_, n) => `w${n}`).join(' ')],
    ])('refuses a question with %s', async (_, q) => {
      await expect(store().posts.page({ filter: { q }, order: 'newest', limit: 1 })).rejects.toMatchObject({
        code: 'invalid_input',
        fields: [{ field: 'q', expected: expect.any(String) }],
      });
    });

    describe('with other filters', () => {
      beforeEach(() =>
        insert([
          assessed(received('A', 1, { text: 'red green' }), { score: 0.2, groups: ['G'] }),
          assessed(received('B', 2, { text: 'red blue' }), { score: 0.9, groups: ['G'] }),
          assessed(received('C', 3, { text: 'red' }), { score: 0.5, groups: ['H'] }),
          received('D', 4, { text: 'red', workspace: 'demo' }),
        ]),
      );

      it('keeps both orders, page by page', async () => {
        const pages = async (order: 'newest' | 'priority', filter: PostFilter) => {
          const seen: string[] = [];
          for (let cursor: string | undefined; ;) {
            const page = await store().posts.page({
              filter,
              order,
              limit: 1,
              ...(cursor === undefined ? {} : { cursor }),
            });
            seen.push(...idsOf(page.items));
            if (page.next === undefined) return seen.join('');
            cursor = page.next;
          }
        };
        expect(await pages('newest', { q: 'red' })).toBe('DCBA');
        expect(await pages('priority', { q: 'red' })).toBe('BCAD');
        expect(await pages('priority', { q: 'red', group: ['G'] })).toBe('BA');
        expect(await pages('newest', { q: 'red', status: ['open'], minSeverity: 2 })).toBe('CBA');
        expect(await pages('newest', { q: 'red blue', workspace: 'main' })).toBe('B');
        expect(await pages('newest', { q: 'red', workspace: 'demo', group: ['G'] })).toBe('');
      });

      it('follows a text that was changed, and forgets one that was removed', async () => {
        const [post] = await store().posts.getMany(['A']);
        await store().posts.save([{ doc: { ...post!, version: 2, text: 'yellow' }, expectedVersion: 1, events: [] }]);
        expect(await find({ q: 'green' })).toEqual([]);
        expect(await find({ q: 'yellow' })).toEqual(['A']);
        await store().posts.removeWorkspace('demo', []);
        expect(await find({ q: 'red' })).toEqual(['B', 'C']);
      });
    });
  });
}
