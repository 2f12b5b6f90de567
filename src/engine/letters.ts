/**
 * Letters that one language of a script has and its neighbours have not, as they are written before anything is folded. They tell languages apart on a
 * few words, where a detector guesses.
 */
const own: Partial<Record<string, Record<string, string>>> = {
  Ethi: { tir: 'ቐቑቒቓቔቕቖቘቚቛቜቝኣዀዂዃዄዅ', amh: 'ኘኙኚኛኜኝኞሿ' },
  Arab: { urd: 'ٹڈڑےںۓ', pus: 'ښځڅږډټڼړېۍ', ckb: 'ڕڵۆێ', uig: 'ۇۈۋ' },
  Cyrl: { hbs: 'ћђџ', mkd: 'ѓќѕ', ukr: 'їєґ', bel: 'ў', mon: 'өү', kaz: 'әғқңұ' },
  Beng: { asm: 'ৰৱ' },
  Latn: {
    // Fulfulde shares three of them.
    hau: 'ɓɗƙƴ',
    ful: 'ɓɗƴ',
    yor: 'ẹṣ',
    ibo: 'ịụṅ',
    deu: 'ß',
    aze: 'ə',
    tur: 'ğı',
    pol: 'łąęśź',
    ron: 'țș',
    por: 'ãõ',
    hbs: 'ćđ',
    vie: 'ơưạảấầẩậắằặẻẽếềểễệỉốồổộớờởợủứừửựỳỵỷỹ',
  },
};

/** Letters of a script that a language does not have: many of them in a text, and it is another. */
const lacking: Partial<Record<string, Record<string, string>>> = {
  Cyrl: { hbs: 'йюящъыьэёїєіґў', rus: 'їєіґўћђџѓќѕ', ukr: 'ыэъёўћђџѓќѕ' },
};

/** Of one script: the languages, and per unit as it is written a bit for each of them. */
interface Letters {
  langs: readonly string[];
  bits: Uint16Array;
}

/** `cased`: capitals count as their small letters do. */
function lettersOf(scripts: Partial<Record<string, Record<string, string>>>, cased: boolean): Map<string, Letters> {
  const all = new Map<string, Letters>();
  for (const [script, lists] of Object.entries(scripts)) {
    const langs = Object.keys(lists!);
    const bits = new Uint16Array(65_536);
    langs.forEach((lang, i) => {
      const list = lists![lang]!;
      for (const letter of cased ? list + list.toUpperCase() : list) bits[letter.charCodeAt(0)]! |= 1 << i;
    });
    all.set(script, { langs, bits });
  }
  return all;
}

const owned = lettersOf(own, false);
const missing = lettersOf(lacking, true);

/** Per unit as it is written: 1 where it is in one of the lists above. A text without any need not be searched. */
export const telling = new Uint8Array(65_536);
for (const { bits } of [...owned.values(), ...missing.values()])
  for (let unit = 0; unit < 65_536; unit++) if (bits[unit] !== 0) telling[unit] = 1;

/** How many letters of the text each language of the list has; none with none. */
function counted({ langs, bits }: Letters, text: string, end: number, found: Map<string, number>): void {
  const counts = new Uint16Array(langs.length);
  let any = 0;
  for (let i = 0; i < end; i++) {
    const of = bits[text.charCodeAt(i)]!;
    if (of === 0) continue;
    any |= of;
    for (let lang = 0; lang < langs.length; lang++) if ((of & (1 << lang)) !== 0) counts[lang]!++;
  }
  if (any !== 0) langs.forEach((lang, i) => counts[i]! > 0 && found.set(lang, counts[i]!));
}

/** Figures that stand for sounds of Arabic where it is written in Latin letters: "3" for ayn, "7", "9". */
const arabicFigure = (unit: number): boolean => unit === 0x33 || unit === 0x37 || unit === 0x39;
const isLatin = (unit: number): boolean => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;

/** Two languages of one region that are spelt alike but for a few pairs of letters; first the one that more is written in. */
const spellings: readonly Record<string, readonly string[]>[] = [
  {
    kin: ['cy', 'by', 'jy', 'shy', 'fite', 'ngufu', 'anga '],
    // Future in -zo-, 'mine' in -nje, "cane", "vyose", "mw'igihugu".
    run: [
      'vy',
      ' ca',
      ' co ',
      ' cos',
      ' cok',
      'ico ',
      'aco ',
      'ezwa',
      ' bazo',
      ' tuzo',
      ' muzo',
      'zoba',
      " mw'",
      'anka ',
      'anje ',
      'fise',
      'nguvu',
      'beshi ',
      'kenyez',
    ],
  },
];

/** Letters in which spelling shows which of them a text is in. */
export const showsSpelling = 80;
/** What is said for the one that more is written in, in pairs of letters: by a few words, and by so many that the other would have shown itself. */
const faint = { few: 0.5, many: 1.5 };

/** True for a language that has such a neighbour. */
export const near = (lang: string): boolean => spellings.some((pairs) => lang in pairs);

/** A language and those spelt nearly alike; none where it has no such neighbour. */
export const nearOnes = (lang: string): readonly string[] =>
  Object.keys(spellings.find((pairs) => lang in pairs) ?? {});

/**
 * Which of two near languages the spelling of a text in small letters speaks for: by how many pairs of letters more than for the other; with nothing
 * to tell, faintly for the one that more is written in.
 */
export function nearLanguages(text: string): Map<string, number> {
  const found = new Map<string, number>();
  const padded = ` ${text} `;
  for (const pairs of spellings) {
    const counts = Object.entries(pairs).map(([lang, list]) => {
      let count = 0;
      for (const pair of list) for (let at = padded.indexOf(pair); at >= 0; at = padded.indexOf(pair, at + 1)) count++;
      return { lang, count };
    });
    counts.sort((one, other) => other.count - one.count);
    const lead = counts[0]!.count - counts[1]!.count;
    found.set(counts[0]!.lang, Math.max(lead, text.length < showsSpelling ? faint.few : faint.many));
  }
  return found;
}

/** Letters of a text, at most `most` units of it, that only one language of its script has, by language. */
export function ownLetters(text: string, script: string, most: number): Map<string, number> {
  const found = new Map<string, number>();
  const letters = owned.get(script);
  if (!letters) return found;
  const end = Math.min(text.length, most);
  if (script === 'Latn') {
    let figures = 0;
    for (let i = 1; i + 1 < end; i++) {
      const unit = text.charCodeAt(i);
      if (arabicFigure(unit) && isLatin(text.charCodeAt(i - 1)) && isLatin(text.charCodeAt(i + 1))) figures++;
    }
    if (figures > 0) found.set('ara', figures);
  }
  counted(letters, text, end, found);
  return found;
}

/** Languages of a script that lack some of a text's letters, with how many of these it holds. */
export function lackedLetters(text: string, script: string, most: number): Map<string, number> {
  const found = new Map<string, number>();
  const letters = missing.get(script);
  if (letters) counted(letters, text, Math.min(text.length, most), found);
  return found;
}
