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
    hau: 'ɓɗƙƴ',
    yor: 'ẹṣ',
    ibo: 'ịụṅ',
    deu: 'ß',
    tur: 'ğı',
    pol: 'łąęśź',
    ron: 'țș',
    por: 'ãõ',
    hbs: 'ćđ',
    vie: 'ơưạảấầẩậắằặẻẽếềểễệỉốồổộớờởợủứừửựỳỵỷỹ',
  },
};

const langsOf = new Map<string, Map<number, string>>();
for (const [script, langs] of Object.entries(own)) {
  const letters = new Map<number, string>();
  for (const [lang, list] of Object.entries(langs!)) for (const letter of list) letters.set(letter.charCodeAt(0), lang);
  langsOf.set(script, letters);
}

/** Letters of a script that a language does not have: many of them in a text, and it is another. */
const lacking: Partial<Record<string, Record<string, string>>> = {
  Cyrl: { hbs: 'йюящъыьэёїєіґў', rus: 'їєіґўћђџѓќѕ', ukr: 'ыэъёўћђџѓќѕ' },
};

/** Figures that stand for sounds of Arabic where it is written in Latin letters: "3" for ayn, "7", "9". */
const arabicFigure = (unit: number): boolean => unit === 0x33 || unit === 0x37 || unit === 0x39;
const isLatin = (unit: number): boolean => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;

/** Two languages of one region that are spelt alike but for a few pairs of letters. */
const spellings: readonly Record<string, readonly string[]>[] = [
  { kin: ['cy', 'by', 'jy', 'shy'], run: ['vy', 'co', 'ca'] },
];

/** True for a language that has such a neighbour. */
export const near = (lang: string): boolean => spellings.some((pairs) => lang in pairs);

/** A language and those spelt nearly alike; none where it has no such neighbour. */
export const nearOnes = (lang: string): readonly string[] =>
  Object.keys(spellings.find((pairs) => lang in pairs) ?? {});

/** Which of two near languages the pairs of letters in a folded text speak for: how much more of its own than of the other's. */
export function nearLanguages(folded: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const pairs of spellings)
    for (const [lang, list] of Object.entries(pairs)) {
      let count = 0;
      for (const pair of list) for (let at = folded.indexOf(pair); at >= 0; at = folded.indexOf(pair, at + 1)) count++;
      if (count > 0) found.set(lang, count);
    }
  return found;
}

/** Letters of a text, at most `most` units of it, that only one language of its script has, by language. */
export function ownLetters(text: string, script: string, most: number): Map<string, number> {
  const found = new Map<string, number>();
  const letters = langsOf.get(script);
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
  for (let i = 0; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    const lang = letters.get(unit);
    if (lang !== undefined) found.set(lang, (found.get(lang) ?? 0) + 1);
  }
  return found;
}

/** Languages of a script that lack some of a text's letters, with how many of these it holds. */
export function lackedLetters(text: string, script: string, most: number): Map<string, number> {
  const found = new Map<string, number>();
  const folded = lacking[script] ? text.slice(0, most).toLowerCase() : '';
  for (const [lang, letters] of Object.entries(lacking[script] ?? {})) {
    let count = 0;
    for (const letter of folded) if (letters.includes(letter)) count++;
    if (count > 0) found.set(lang, count);
  }
  return found;
}
