import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TracingEngine } from '../../src/engine/index.js';
import { nearLanguages, ownLetters } from '../../src/engine/letters.js';
import { shippedEngine } from '../support/engine.js';

let engine: TracingEngine;

beforeAll(async () => {
  ({ engine } = await shippedEngine());
});

describe('the language of a text', () => {
  it.each([
    ['eng', 'The bus was late again and nobody told us why.'],
    ['eng', 'omg 😂😂 this is sooo cute 💕💕'],
    ['eng', "lol y'all are wild 🔥🔥🔥 #friday @sam"],
    ['eng', 'why are they like this?? 🙄'],
    ['fra', 'Le train était encore en retard et personne ne nous a dit pourquoi.'],
    ['swa', 'Basi lilichelewa tena na hakuna mtu aliyetuambia kwa nini.'],
    ['hau', 'Mutane sun taru a kasuwa jiya amma ba wanda ya sayi komai.'],
    ['kin', 'Imvura yaguye cyane ejo kandi byatumye tutajya ku isoko.'],
    ['run', 'Imvura yaguye cane ejo kandi vyatumye tutaja kw’isoko.'],
    // No word or spelling is of one of the two: more is written in the first.
    ['kin', 'Abana benshi bari bateraniye hano ejo kugira ngo bumve uko umuririmbyi mushya aririmba neza'],
    ['run', 'Abana benshi bari bateraniye ngaha ejo kugira ngo bumve uko umuririmvyi musha aririmba neza'],
    ['som', 'Baska ayaa mar kale soo daahay, qofna nooma sheegin sababta.'],
    ['orm', 'Konkolaataan har’as boodatti hafe, namni nutti himes hin jiru.'],
    ['amh', 'አውቶቡሱ እንደገና ዘገየ፣ ለምን እንደሆነ ማንም አልነገረንም።'],
    ['tir', 'እታ ኣውቶቡስ ከም ብሓድሽ ደንጒያ፣ ስለምንታይ ምዃኑ ዝነገረና ሰብ የለን።'],
    ['pcm', 'Abeg, wetin dey happen for dat una side? I no sabi o.'],
    ['pcm', 'Happy birthday my guy, na you biko, more life and money'],
    ['pcm', 'You sef know say this match no go easy but we go win am'],
    [
      'pcm',
      'The price of everything don go up again for the market this week and nobody wants to tell us why it happened',
    ],
    ['yor', 'Awon omo mi ti lo si ile iwe loni sugbon iya won wa ni oja'],
    ['aze', 'Sabah məktəbdə yığıncaq olacaq, hamı gəlsin'],
    ['kor', '안녕하세요'],
    ['msa', 'Syarikat tersebut merancang membuka kilang baharu di Johor tahun depan.'],
    ['msa', 'Beliau berkata pihak polis sedang menyiasat kes kemalangan itu yang berlaku pagi tadi.'],
    ['tir', 'ንሱ ድማ ምስ ሓዉ ናብ ዕዳጋ ከይዱ ነበረ'],
    ['kin', 'Ikipe yacu yatsinze umukino wa nyuma abafana barishima.'],
    ['ara', 'bghit nchouf had lfilm m3a drari ghadda'],
    ['ara', 'wach khoya, 3lach makach el bus lyoum'],
    ['ibo', 'Nwa m i mara mma, keep it up'],
    ['lin', 'Bato nyonso bakendaki na zando lobi mpo na kosomba bilei.'],
    ['hbs', 'Аутобус је опет каснио и нико нам није рекао зашто.'],
    ['hbs', 'Autobus je opet kasnio i nitko nam nije rekao zašto.'],
    ['urd', 'بس پھر دیر سے آئی اور کسی نے نہیں بتایا کیوں۔'],
    ['hin', 'बस फिर देर से आई और किसी ने नहीं बताया क्यों।'],
    ['ben', 'বাসটি আবার দেরি করল এবং কেউ আমাদের বলল না কেন।'],
    ['ara', 'تأخرت الحافلة مرة أخرى ولم يخبرنا أحد بالسبب.'],
    ['ara', 'wach rak khoya, 3lach makach el bus lyoum, rani n9ol lik'],
    ['heb', 'האוטובוס איחר שוב ואף אחד לא אמר לנו למה.'],
    ['ind', 'Bus itu terlambat lagi dan tidak ada yang memberi tahu kami.'],
    ['ukr', 'Автобус знову запізнився, і ніхто не сказав нам чому.'],
    ['rus', 'Автобус опять опоздал, и никто не сказал нам почему.'],
    ['tur', 'Otobüs yine geç kaldı ve kimse bize nedenini söylemedi.'],
    ['kmr', 'Otobus dîsa dereng ma û kesî ji me re negot çima.'],
    ['ckb', 'پاسەکە دیسان درەنگ کەوت و کەس پێی نەوتین بۆچی.'],
    ['aze', 'Avtobus yenə gecikdi və heç kim bizə səbəbini demədi.'],
    ['hye', 'Ավտոբուսը նորից ուշացավ, և ոչ ոք մեզ չասաց, թե ինչու։'],
    ['tgl', 'Nahuli na naman ang bus at walang nagsabi sa amin kung bakit.'],
    ['vie', 'Xe buýt lại đến muộn và không ai nói cho chúng tôi biết tại sao.'],
    ['tha', 'รถเมล์มาสายอีกแล้วและไม่มีใครบอกเราว่าทำไม'],
    ['khm', 'ឡានក្រុងយឺតម្តងទៀត ហើយគ្មាននរណាប្រាប់យើងថាហេតុអ្វីទេ។'],
    ['hat', 'Bis la an reta ankò epi pèsonn pa di nou poukisa.'],
  ])('%s: %s', (lang, text) => expect(engine.assess(text).language.code).toBe(lang));

  it.each([
    ['a few letters', 'ok 👍'],
    ['no letters', '12:30 !!!'],
    ['a name', 'Zzyx'],
  ])('is not known of %s', (_, text) => expect(engine.assess(text).language.code).toBe('und'));

  it.each([
    ['fin', 'Bussi oli taas myöhässä eikä kukaan kertonut meille miksi.'],
    ['slv', 'Avtobus je spet zamujal in nihče nam ni povedal, zakaj je tako.'],
    ['hun', 'A busz megint késett, és senki sem mondta meg nekünk, miért.'],
  ])('that no pack reads is named all the same, and not covered: %s', (lang, text) => {
    const { language, coverage } = engine.assess(text);
    expect(language.code).toBe(lang);
    expect(coverage.covered).toBe(false);
  });
});

describe('a text in two languages', () => {
  const read = (text: string, country?: string) =>
    engine.assess(text, { country }).coverage.packs.map(({ lang }) => lang);

  it('of a neighbour is not spoken by a text in letters that the neighbour does not have', () => {
    const { coverage } = engine.assess('Мир без войны нужен всем, беженцы хотят мира и тишины.');
    expect(coverage.packs.map(({ lang }) => lang)).not.toContain('hbs');
  });

  it('is read by the packs of both', () => {
    expect(
      read('They went to the market and bought bread. Watu wengi walikuwa hapa jana kwa sababu ya sherehe.'),
    ).toEqual(expect.arrayContaining(['eng', 'swa']));
  });

  it.each([
    'Kill all Muslims. Le train part à neuf heures, et nous mangeons à midi avec les enfants.',
    'Le train part à neuf heures, et nous mangeons à midi avec les enfants. Kill all Muslims.',
    'Kill all Muslims. القطار يصل في التاسعة كل يوم وهذا جيد جدا لنا ولكل الناس هنا.',
    'Les réfugiés sont des rats. The train leaves at nine and we have lunch at noon with the children.',
  ])('is judged by each: %s', (text) => expect(engine.assess(text).flagged).toBe(true));

  it('reads the languages of a country more readily where the country is given', () => {
    const text = 'The meeting went on and on, watu kila pahali kweli, and then it rained.';
    expect(read(text, 'KEN')).toContain('swa');
  });
});

describe('letters that one language has', () => {
  it.each([
    ['Ethi', 'ኣብ ቐዳማይ', { tir: 2 }],
    ['Arab', 'یہ لڑکے ہیں', { urd: 3 }],
    ['Latn', 'ɗan ƙasa', { hau: 2, ful: 1 }],
    ['Latn', 'n9ol 3lik khoy3a', { ara: 2 }],
    ['Latn', 'covid19 mp3 b2b 7th', {}],
    ['Grek', 'και', {}],
  ])('%s: %s', (script, text, found) => expect(Object.fromEntries(ownLetters(text, script, 600))).toEqual(found));

  it('and spellings that tell two near ones apart', () => {
    expect([...nearLanguages('ibyo byose cyane')]).toEqual([['kin', 3]]);
    expect([...nearLanguages('ivyo vyose cane')]).toEqual([['run', 3]]);
  });
});

describe('a word that would be a name of another language if it were misspelt', () => {
  it.each(['chris is a bitch', 'no one likes i r e'])('names nobody: %s', (text) =>
    expect(engine.assess(text).groups).toEqual([]),
  );
});

describe('a hostile word of a language that has no other word in the text', () => {
  it.each([
    ['Polish "kill"', 'muslim ladki ne top kiya'],
    ['a Fulfulde insult', 'El caballo árabe ganó la carrera.'],
  ])('does not act: %s', (_, text) => expect(engine.assess(text).flagged).toBe(false));

  it('acts where it is more than one word, or the text is in its language', () => {
    expect(engine.assess('El caballo negro y los gitanos: fuera todos los gitanos.').flagged).toBe(true);
    expect(engine.assess('Topić muzułmanów, wszystkich!').flagged).toBe(true);
  });
});
