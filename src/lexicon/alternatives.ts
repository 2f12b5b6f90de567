const group = /\(([^()]*\|[^()]*)\)/;

/** Forms one written line may be written out to; more than that is a slip of the pen. */
export const mostAlternatives = 20_000;

/** How many forms `alternatives` makes of it. */
export function countAlternatives(form: string): number {
  let count = 1;
  for (let open = form.indexOf('('); open >= 0; open = form.indexOf('(', open + 1)) {
    let choices = 1;
    let at = open + 1;
    for (; at < form.length && form[at] !== ')' && form[at] !== '('; at++) if (form[at] === '|') choices++;
    if (form[at] === ')') count *= choices;
  }
  return count;
}

/**
 * Every form that a form with choices stands for: "(throw|kick) … (out|away)" is four. An empty choice leaves the words out: "go (back|) home". Brackets
 * without a bar are brackets.
 *
 * @throws RangeError when there are more than `mostAlternatives`
 */
export function alternatives(form: string): string[] {
  let all = [''];
  let rest = form;
  for (let found = group.exec(rest); found; found = group.exec(rest)) {
    const choices = found[1]!.split('|');
    const before = rest.slice(0, found.index);
    all = all.flatMap((head) => choices.map((choice) => head + before + choice));
    if (all.length > mostAlternatives) throw new RangeError(`at most ${mostAlternatives} forms a line`);
    rest = rest.slice(found.index + found[0].length);
  }
  return all.map((head) => (head + rest).replaceAll(/ {2,}/g, ' ').trim());
}

/**
 * From so many forms on a line is kept as the choices it is made of. Short forms are kept so only when there are very many: of forms written out the
 * engine also reads what is written without spaces.
 */
const worthwhile = { long: 12, short: 150 };
/** Words of a long form, one a choice at the least. */
const wordsOfLong = 4;

/**
 * The choices of a form, place by place, without writing them out: "should be (kept|shut) out" is [["should be"], ["kept", "shut"], ["out"]]. One row for
 * each way to leave out an empty choice. `undefined` where it is better written out: with few forms, with a gap ("…"), or where a choice is part of a word.
 */
export function choices(written: string): string[][][] | undefined {
  const form = spacedApart(written);
  if (form.includes('…') || countAlternatives(form) < worthwhile.long || /[^\s(]\(|\)[^\s)]/.test(form))
    return undefined;
  let rows: string[][][] = [[]];
  let rest = form.trim();
  while (rest !== '') {
    const found = group.exec(rest);
    const before = (found ? rest.slice(0, found.index) : rest).trim();
    if (before.includes('(') || before.includes(')')) return undefined;
    if (before !== '') rows = rows.map((row) => [...row, [before]]);
    if (!found) break;
    const some = found[1]!.split('|').map((choice) => choice.trim());
    const full = some.filter((choice) => choice !== '');
    rows = rows.flatMap((row) => (full.length < some.length ? [row, [...row, full]] : [[...row, full]]));
    rest = rest.slice(found.index + found[0].length).trim();
  }
  const words = Math.min(
    ...rows.map((row) => row.reduce((sum, some) => sum + Math.min(...some.map((one) => one.split(' ').length)), 0)),
  );
  if (words < wordsOfLong && countAlternatives(form) < worthwhile.short) return undefined;
  return rows.some((row) => row.length < 2) ? undefined : rows;
}

/** "(really |just |)(dirty|filthy)" with the space behind the choice instead of in it: "(really|just|) (dirty|filthy)". */
const spacedApart = (form: string): string =>
  // The bar is asked for afterwards: a pattern that asks for one tries every bar of a long list before it gives up.
  form.replaceAll(/\(([^()]*)\)(?=[^\s)])/g, (whole, some: string) => {
    const all = some.split('|');
    return all.length > 1 && all.every((choice) => choice === '' || choice.endsWith(' '))
      ? `(${all.map((choice) => choice.trimEnd()).join('|')}) `
      : whole;
  });

/**
 * The choices of a form in two parts, part by part: "(throw|kick) … (out|away)" is [["throw", "kick"], ["out", "away"]]. `undefined` for a form without
 * a gap, or where the gap is one of the choices.
 */
export function halves(form: string): [heads: string[], tails: string[]] | undefined {
  const parts = form.split('…');
  if (parts.length !== 2 || parts.some((part) => part.split('(').length !== part.split(')').length)) return undefined;
  if (parts.some((part) => /^[^(]*\)/.test(part) || countAlternatives(part) > mostAlternatives)) return undefined;
  return [alternatives(parts[0]!), alternatives(parts[1]!)];
}
