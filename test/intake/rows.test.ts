import { describe, expect, it } from '@jest/globals';
import { recognise } from '../../src/contract/columns.js';
import { createJsonRows } from '../../src/intake/uploads/jsonl.js';
import { toInput } from '../../src/intake/uploads/rows.js';
import type { Values } from '../../src/intake/uploads/rows.js';
import { postInput } from '../../src/contract/post.js';

describe('columns are recognised', () => {
  it.each([
    [['text'], { text: 'text' }],
    [['Message', 'Date', 'Auteur'], { text: 'Message', publishedAt: 'Date', author: 'Auteur' }],
    [['Texte du message', 'TEXTE', 'Publié le'], { text: 'TEXTE', publishedAt: 'Publié le' }],
    [['النص', 'الكاتب', 'المصدر', 'البلد'], { text: 'النص', author: 'الكاتب', sourceName: 'المصدر', country: 'البلد' }],
    [['نصّ', 'اللُّغة'], { text: 'نصّ', language: 'اللُّغة' }],
    [['post_text', 'Source Name', 'view-count'], { text: 'post_text', sourceName: 'Source Name', views: 'view-count' }],
    [['content', 'message'], { text: 'message' }],
    [['id', 'col2'], {}],
  ])('%j', (columns, expected) => {
    expect(recognise(columns, {})).toEqual(expected);
  });

  it('but not those that the person left out', () => {
    expect(recognise(['message', 'user'], { author: '' })).toEqual({ text: 'message' });
  });

  it('after those that the person chose, none twice', () => {
    expect(recognise(['message', 'body', 'user'], { text: 'body', author: 'message' })).toEqual({
      text: 'body',
      author: 'message',
    });
  });
});

const read = (values: Values, chosen: (keyof Values)[] = [], defaults = {}) =>
  toInput({ text: 't', ...values }, { defaults, chosen: new Set(chosen) });

describe('a row becomes what postInput checks', () => {
  it.each<[string, Values, object]>([
    [
      'a full row',
      { sourceName: 'Radio', sourceKind: 'RADIO', country: 'ken', admin1: 'KE-30', placeName: 'Nairobi' },
      { source: { name: 'Radio', kind: 'radio' }, place: { country: 'KEN', admin1: 'KE-30', name: 'Nairobi' } },
    ],
    ['empty cells', { author: ' ', url: '', followers: '' }, {}],
    ['a two-letter language', { language: 'sw' }, { language: 'swa' }],
    ['a locale', { language: 'fr-CD' }, { language: 'fra' }],
    ['a language by its name', { language: 'English' }, {}],
    ['a country by its name', { country: 'Kenya' }, { place: { name: 'Kenya' } }],
    [
      'a place in a country by its name',
      { country: 'Kenya', placeName: 'Nakuru' },
      { place: { name: 'Nakuru, Kenya' } },
    ],
    ['a speaker who is no class of ours', { speaker: 'Mr Smith' }, {}],
    ['a kind without a source', { sourceKind: 'radio' }, {}],
    [
      'a number with blanks',
      { views: '12\u00a0345', followers: '1,234,567', shares: '7' },
      { reach: { views: 12345, followers: 1234567, shares: 7 } },
    ],
    ['a numeric id', { externalId: 17 }, { externalId: '17' }],
    ['a day', { publishedAt: '2026-03-01' }, { publishedAt: '2026-03-01T00:00:00Z' }],
    ['a day and time', { publishedAt: '2026-03-01 14:30' }, { publishedAt: '2026-03-01T14:30:00Z' }],
    [
      'a time with an offset',
      { publishedAt: '2026-03-01 14:30:05 +0300' },
      { publishedAt: '2026-03-01T14:30:05+03:00' },
    ],
    ['seconds since 1970', { publishedAt: '1772366400' }, { publishedAt: '2026-03-01T12:00:00.000Z' }],
    ['milliseconds since 1970', { publishedAt: 1772366400000 }, { publishedAt: '2026-03-01T12:00:00.000Z' }],
  ])('%s', (_, values, expected) => {
    const input = read(values);
    expect(input).toEqual({ text: 't', ...expected });
    expect(postInput.safeParse(input).error).toBeUndefined();
  });

  it.each<[string, Values, (keyof Values)[], string]>([
    ['a day in another order', { publishedAt: '01/03/2026' }, [], 'publishedAt'],
    ['a chosen language that is no code', { language: 'English' }, ['language'], 'language'],
    ['a chosen country that is no code', { country: 'Kenya' }, ['country'], 'place.country'],
    ['a chosen kind that is none', { sourceName: 's', sourceKind: 'blog' }, ['sourceKind'], 'source.kind'],
    ['a number in words', { views: 'many' }, [], 'reach.views'],
    ['a web address without a scheme', { url: 'example.org' }, [], 'url'],
    ['no text', { text: '' }, [], 'text'],
    ['text that is a number', { text: 5 }, [], 'text'],
  ])('so that %s is refused', (_, values, chosen, field) => {
    const fields = postInput.safeParse(read(values, chosen)).error?.issues.map(({ path }) => path.join('.'));
    expect(fields).toEqual([field]);
  });

  it('over the defaults', () => {
    const defaults = {
      language: 'swa',
      source: { name: 'SMS line', kind: 'sms' },
      place: { country: 'KEN' },
      reach: { views: 1 },
    };
    expect(read({ sourceName: 'Other', placeName: 'Kisumu', views: '2' }, [], defaults)).toEqual({
      text: 't',
      language: 'swa',
      source: { name: 'Other', kind: 'sms' },
      place: { country: 'KEN', name: 'Kisumu' },
      reach: { views: 2 },
    });
  });
});

describe('JSON lines', () => {
  it.each<[string, unknown, object]>([
    [
      'our own shape',
      { text: 'a', source: { name: 'S', kind: 'web' }, speaker: 'media', parent: { text: 'p' }, reach: { views: 3 } },
      { text: 'a', source: { name: 'S', kind: 'web' }, speaker: 'media', parent: { text: 'p' }, reach: { views: 3 } },
    ],
    [
      'a flat object of another tool',
      { message: 'a', user: 'u', likes: 4, created_at: '2026-03-01', source: 'S' },
      { text: 'a', author: 'u', publishedAt: '2026-03-01T00:00:00Z', source: { name: 'S' } },
    ],
    ['a null', { text: 'a', author: null }, { text: 'a' }],
    ['no text', { likes: 4 }, { text: '' }],
  ])('%s', (_, line, expected) => {
    expect(createJsonRows({}, {}).read(JSON.stringify(line))).toEqual(expected);
  });

  it.each(['', '[]', '"text"', '{', 'null'])('%j is no row', (line) => {
    expect(createJsonRows({}, {}).read(line)).toBeUndefined();
  });

  it('remember which keys were taken, of lines of several shapes', () => {
    const rows = createJsonRows({ text: 'quote' }, { source: { name: 'D', kind: 'web' } });
    expect(rows.read('{"quote":"a","text":"b"}')).toEqual({ text: 'a', source: { name: 'D', kind: 'web' } });
    expect(rows.read('{"text":"b","user":"u"}')).toMatchObject({ text: 'b', author: 'u' });
    expect(rows.mapping).toEqual({ text: 'quote', author: 'user' });
  });
});
