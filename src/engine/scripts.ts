/**
 * Languages that write the same words in two alphabets, letter by letter: their forms are compiled in both, so that a pack need list them once.
 * Bosnian, Croatian, Montenegrin and Serbian: Latin, with its digraphs, and Cyrillic.
 */
const cyrillic = new Map(
  Object.entries({
    lj: 'љ',
    nj: 'њ',
    dž: 'џ',
    a: 'а',
    b: 'б',
    v: 'в',
    g: 'г',
    d: 'д',
    đ: 'ђ',
    e: 'е',
    ž: 'ж',
    z: 'з',
    i: 'и',
    j: 'ј',
    k: 'к',
    l: 'л',
    m: 'м',
    n: 'н',
    o: 'о',
    p: 'п',
    r: 'р',
    s: 'с',
    t: 'т',
    ć: 'ћ',
    u: 'у',
    f: 'ф',
    h: 'х',
    c: 'ц',
    č: 'ч',
    š: 'ш',
  }),
);
const latin = new Map([...cyrillic].map(([from, to]) => [to, from]));

/** Prefixes before j that are no digraph: "injekcija", "nadživeti", "konjunktura". */
const apart = ['inj', 'konjun', 'konjug', 'nadžive', 'nadžnj', 'tanjug'];

/** How else a form may be written, as packs list it; nothing where the language has one alphabet, or a letter is of neither. */
export function otherScript(lang: string, form: string): string[] {
  if (lang !== 'hbs') return [];
  const text = form.normalize('NFC').toLowerCase();
  const out = [...text].some((char) => latin.has(char)) ? inLatin(text) : inCyrillic(text);
  const spellings = out === undefined ? [] : [out];
  // Who has no đ on the keyboard writes dj.
  const withLetter = [text, out].find((spelling) => spelling?.includes('đ'));
  return withLetter === undefined ? spellings : [...spellings, withLetter.replaceAll('đ', 'dj')];
}

function inLatin(text: string): string | undefined {
  let out = '';
  for (const char of text) out += latin.get(char) ?? char;
  return out;
}

function inCyrillic(text: string): string | undefined {
  let out = '';
  for (let i = 0; i < text.length;) {
    const pair = text.slice(i, i + 2);
    const split = apart.some((prefix) => {
      const at = i + 2 - prefix.indexOf(pair) - 2;
      return prefix.includes(pair) && (at === 0 || text[at - 1] === ' ') && text.startsWith(prefix, at);
    });
    const digraph = split ? undefined : cyrillic.get(pair);
    if (pair.length === 2 && digraph !== undefined) {
      out += digraph;
      i += 2;
      continue;
    }
    const letter = cyrillic.get(text[i]!);
    if (letter === undefined && /\p{L}/u.test(text[i]!)) return undefined;
    out += letter ?? text[i]!;
    i++;
  }
  return out;
}
