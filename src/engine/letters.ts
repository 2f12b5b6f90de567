/**
 * Letters that one language of a script has and its neighbours have not, as they are written before anything is folded. They tell languages apart on a
 * few words, where a detector guesses.
 */
const own: Partial<Record<string, Record<string, string>>> = {
  Ethi: { tir: 'ቐቑቒቓቔቕቖቘቚቛቜቝኣዀዂዃዄዅ', amh: 'ኘኙኚኛኜኝኞሿ' },
  Arab: { urd: 'ٹڈڑےںۓ', pus: 'ښځڅږډټڼړېۍ', kur: 'ڕڵۆێ', uig: 'ۇۈۋ' },
  Cyrl: { hbs: 'ћђџ', mkd: 'ѓќѕ', ukr: 'їєґ', bel: 'ў', rus: 'ыэё', kaz: 'әғқңұ' },
  Beng: { asm: 'ৰৱ' },
  Latn: {
    hau: 'ɓɗƙƴ',
    deu: 'ß',
    tur: 'ğış',
    pol: 'łąęśź',
    ron: 'țăș',
    por: 'ãõ',
    hbs: 'ćđ',
    vie: 'ơưạảấầẩậắằặẹẻẽềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ',
  },
};

const langsOf = new Map<string, Map<number, string>>();
for (const [script, langs] of Object.entries(own)) {
  const letters = new Map<number, string>();
  for (const [lang, list] of Object.entries(langs!)) for (const letter of list) letters.set(letter.charCodeAt(0), lang);
  langsOf.set(script, letters);
}

/** Letters of a text, at most `most` units of it, that only one language of its script has, by language. */
export function ownLetters(text: string, script: string, most: number): Map<string, number> {
  const found = new Map<string, number>();
  const letters = langsOf.get(script);
  if (!letters) return found;
  const end = Math.min(text.length, most);
  for (let i = 0; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    const lang = letters.get(unit);
    if (lang !== undefined) found.set(lang, (found.get(lang) ?? 0) + 1);
  }
  return found;
}
